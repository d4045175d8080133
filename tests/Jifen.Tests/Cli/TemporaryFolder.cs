namespace Jifen.Tests.Cli;

/// <summary>A folder of one test's own, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("jifen-测试 ").FullName;

    public string this[string file] => Path.Combine(FullName, file);

    public string Write(string file, string text)
    {
        File.WriteAllText(this[file], text);
        return this[file];
    }

    /// <summary>Names of everything in the folder, hidden files included.</summary>
    public IEnumerable<string> Names() => Directory.GetFileSystemEntries(FullName).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
