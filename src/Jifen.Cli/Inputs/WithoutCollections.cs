using System.Runtime;

namespace Jifen.Cli.Inputs;

/// <summary>
/// Puts garbage collections off while a college is scored. What is read is held to the end, so looking through it finds nothing to give
/// back; five looks took a quarter of the whole run.
/// </summary>
internal sealed class WithoutCollections : IDisposable
{
    private const long WorthIt = 32 << 20;
    private const long Most = 512 << 20;

    // A line of a roster as a person, and a line of facts, come to about so many bytes for each byte read.
    private const int OfRoster = 36;
    private const int FactsOf = 3;

    private readonly bool _started;

    private WithoutCollections(long bytes) => _started = GC.TryStartNoGCRegion(bytes);

    /// <returns>null when the files are small, or memory is</returns>
    public static WithoutCollections? For(BranchYearFiles files)
    {
        var wanted = (LengthOf(files.Members) * OfRoster) + (LengthOf(files.Facts) / FactsOf);
        return wanted is >= WorthIt and <= Most
            && wanted < GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4
            && GCSettings.LatencyMode != GCLatencyMode.NoGCRegion
            ? new WithoutCollections(wanted)
            : null;
    }

    public void Dispose()
    {
        // Over already when more was needed than was asked for.
        if (_started && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            GC.EndNoGCRegion();
        }
    }

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
