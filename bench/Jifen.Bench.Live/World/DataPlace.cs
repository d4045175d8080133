namespace Jifen.Bench.Live.World;

/// <summary>A data folder for one run, removed afterwards; or one that is kept, so that the next run finds it filled.</summary>
internal sealed class DataPlace(string? kept = null) : IDisposable
{
    // Not CreateTempSubdirectory: the server's own user must pass through it.
    public string Folder { get; } = Directory.CreateDirectory(kept ?? Path.Combine(Path.GetTempPath(), $"jifen-live-{Guid.CreateVersion7():N}")).FullName;

    public void Dispose()
    {
        if (kept is null)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
