using Microsoft.Win32.SafeHandles;

namespace Jifen.Documents.Imports;

/// <summary>Bytes that can be read from any place by several threads: a file, or memory when the file had to be transcoded or is a pipe.</summary>
internal abstract class ByteSource : IDisposable
{
    public abstract long Length { get; }

    /// <returns>how many bytes were read; 0 only at the end</returns>
    public abstract int Read(long offset, Span<byte> into);

    public byte[] First(int count)
    {
        var bytes = new byte[(int)Math.Min(count, Length)];
        var read = ReadFully(0, bytes);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    public int ReadFully(long offset, Span<byte> into)
    {
        var total = 0;
        while (total < into.Length && Read(offset + total, into[total..]) is > 0 and var read)
        {
            total += read;
        }

        return total;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <returns>null, with a problem, when the file cannot be opened</returns>
    public static ByteSource? Open(InputFile file, ImportProblems problems)
    {
        if (file.Bytes is { } bytes)
        {
            return new MemoryBytes(bytes);
        }

        try
        {
            if (Directory.Exists(file.Path))
            {
                problems.Error(CellPlace.WholeFile, "这是一个文件夹", "写文件的名字");
                return null;
            }

            using var probe = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            return probe.CanSeek ? new FileBytes(file.Path) : MemoryBytes.Drain(probe, problems);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Error(CellPlace.WholeFile, "找不到这个文件", "看看名字和所在文件夹写得对不对");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problems.Error(CellPlace.WholeFile, $"打不开这个文件（{fault.Message}）", "看看有没有读它的权限，或是不是正被别的程序占着");
        }

        return null;
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    private sealed class FileBytes(string path) : ByteSource
    {
        private readonly SafeFileHandle _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, FileOptions.None);

        public override long Length => RandomAccess.GetLength(_handle);

        public override int Read(long offset, Span<byte> into) => RandomAccess.Read(_handle, into, offset);

        protected override void Dispose(bool disposing)
        {
            _handle.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>A text held whole in memory.</summary>
internal sealed class MemoryBytes(ReadOnlyMemory<byte> bytes) : ByteSource
{
    private const int MostFromPipe = 1 << 30;

    public override long Length => bytes.Length;

    public override int Read(long offset, Span<byte> into)
    {
        if (offset >= bytes.Length)
        {
            return 0;
        }

        var count = (int)Math.Min(into.Length, bytes.Length - offset);
        bytes.Span.Slice((int)offset, count).CopyTo(into);
        return count;
    }

    internal static MemoryBytes? Drain(Stream pipe, ImportProblems problems)
    {
        using var all = new MemoryStream();
        var block = new byte[1 << 16];
        while (pipe.Read(block) is > 0 and var read)
        {
            if (all.Length + read > MostFromPipe)
            {
                problems.Error(CellPlace.WholeFile, "从管道来的数据超过 1 GiB", "先存成文件再读");
                return null;
            }

            all.Write(block, 0, read);
        }

        return new MemoryBytes(all.ToArray());
    }
}
