namespace Jifen.Documents;

/// <summary>A file the user named. Its kind is read from its first bytes, never from its ending.</summary>
/// <param name="Path">as the user typed it; this is how problems name the file</param>
/// <param name="Bytes">what was sent, where the file does not lie on this machine</param>
public sealed record InputFile(string Path, ReadOnlyMemory<byte>? Bytes = null)
{
    /// <summary>What problems call the file.</summary>
    public string Name => Path;
}
