namespace Jifen.Store;

/// <summary>A file with a secret: readable by its owner only from its first byte on, and whole or not there.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="create">what is written when the file is not there</param>
    public static string ReadOrCreate(string file, Func<string> create)
    {
        if (!File.Exists(file))
        {
            Write(file, create());
        }

        return File.ReadAllText(file);
    }

    public static void Write(string file, string text)
    {
        var draft = $"{file}.new-{Guid.CreateVersion7():N}";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerReadsAndWrites,
        };
        using (var stream = new FileStream(draft, options))
        {
            using (var writer = new StreamWriter(stream, leaveOpen: true))
            {
                writer.Write(text);
            }

            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, file, overwrite: true);
    }
}
