namespace Jifen.Documents;

/// <summary>A file the user named. Its kind is read from its first bytes, never from its ending.</summary>
/// <param name="Path">as the user typed it; this is how problems name the file</param>
public sealed record InputFile(string Path)
{
    /// <summary>What problems call the file.</summary>
    public string Name => Path;
}
