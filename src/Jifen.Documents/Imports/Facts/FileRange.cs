using Jifen.Documents.Imports.Csv;

namespace Jifen.Documents.Imports.Facts;

/// <summary>A stretch of a file that begins and ends with a row.</summary>
internal readonly record struct FileRange(long Start, long End)
{
    private const int LookAhead = 4096;

    public CsvCursor Cursor(ByteSource source, bool quoted) =>
        quoted ? new QuotedCursor(source, Start, End) : new BlockCursor(source, Start, End);

    /// <summary>
    /// Cuts behind line ends, so only for text without line ends inside quotes. Each stretch is half of what would be a thread's share of the
    /// rest: few of them, and small ones at the end, where otherwise one thread would wait for the other.
    /// </summary>
    /// <param name="threads">take the stretches one after the other; for one thread nothing is cut</param>
    /// <param name="least">bytes of a stretch, but for the last</param>
    public static List<FileRange> Split(ByteSource source, long start, int threads, long least)
    {
        var ranges = new List<FileRange>();
        var end = source.Length;
        var from = start;
        while (threads > 1)
        {
            var border = AfterLineEnd(source, from + Math.Max(least, (end - from) / (2 * threads)));
            if (border >= end)
            {
                break;
            }

            ranges.Add(new FileRange(from, border));
            from = border;
        }

        ranges.Add(new FileRange(from, end));
        return ranges;
    }

    private static long AfterLineEnd(ByteSource source, long from)
    {
        Span<byte> ahead = stackalloc byte[LookAhead];
        while (source.Read(from, ahead) is > 0 and var read)
        {
            var at = ahead[..read].IndexOf((byte)'\n');
            if (at >= 0)
            {
                return from + at + 1;
            }

            from += read;
        }

        return source.Length;
    }
}
