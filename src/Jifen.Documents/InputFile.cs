namespace Jifen.Documents;

/// <summary>A file the user named. Its kind is read from its first bytes, not from its ending.</summary>
/// <param name="Path">as the user typed it; this is how problems name the file</param>
public sealed record InputFile(string Path)
{
    public string Name => Path;
}
