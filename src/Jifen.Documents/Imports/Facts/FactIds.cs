using System.Runtime.InteropServices;
using System.Text;
using Jifen.Documents.Imports.Csv;
using Jifen.Scoring;

namespace Jifen.Documents.Imports.Facts;

/// <summary>
/// Finds ids of facts that are there twice, where they do not ascend. First every id of the file is hashed to 64 bits, and each thread
/// looks for equal hashes in its share of them; only then are the rows of those few hashes read again and compared byte by byte.
/// </summary>
internal sealed class FactIds(ByteSource source, IReadOnlyList<FileRange> ranges, bool quoted, int idColumn, int linesBefore)
{
    public void Report(int threads, ImportProblems problems)
    {
        var hashes = new List<ulong>[ranges.Count];
        SideBySide.Each(ranges.Count, threads, i => hashes[i] = HashesOf(ranges[i]));
        var suspects = new HashSet<ulong>();
        SideBySide.Run(threads, share =>
        {
            var twice = Twice(hashes, share, threads);
            lock (suspects)
            {
                suspects.UnionWith(twice);
            }
        });
        if (suspects.Count > 0)
        {
            Compare(suspects, problems);
        }
    }

    private List<ulong> HashesOf(FileRange range)
    {
        var hashes = new List<ulong>();
        var scratch = new IdBytes();
        using var rows = range.Cursor(source, quoted);
        while (rows.Next())
        {
            var id = scratch.Of(rows, idColumn);
            if (id.Length > 0)
            {
                hashes.Add(HashOf(id));
            }
        }

        return hashes;
    }

    private static List<ulong> Twice(List<ulong>[] hashes, int share, int shares)
    {
        var count = hashes.Sum(list => (long)list.Count) / shares;
        var bits = 6;
        while (1L << bits < count * 2)
        {
            bits++;
        }

        var seen = new ulong[1 << Math.Min(bits, 30)];
        var twice = new List<ulong>();
        foreach (var list in hashes)
        {
            foreach (var hash in CollectionsMarshal.AsSpan(list))
            {
                if (hash % (uint)shares != (uint)share)
                {
                    continue;
                }

                var slot = hash >> (64 - Math.Min(bits, 30));
                while (seen[slot] != 0 && seen[slot] != hash)
                {
                    slot = (slot + 1) & (ulong)(seen.Length - 1);
                }

                if (seen[slot] == hash)
                {
                    twice.Add(hash);
                }

                seen[slot] = hash;
            }
        }

        return twice;
    }

    private void Compare(HashSet<ulong> suspects, ImportProblems problems)
    {
        var scratch = new IdBytes();
        var firstLines = new Dictionary<string, int>(StringComparer.Ordinal);
        var byBytes = firstLines.GetAlternateLookup<ReadOnlySpan<char>>();
        var lines = linesBefore;
        foreach (var range in ranges)
        {
            using var rows = range.Cursor(source, quoted);
            while (rows.Next())
            {
                var id = scratch.Of(rows, idColumn);
                if (id.Length == 0 || !suspects.Contains(HashOf(id)))
                {
                    continue;
                }

                var text = Encoding.UTF8.GetString(id);
                var place = rows.Place(idColumn);
                if (byBytes.TryGetValue(text, out var first))
                {
                    problems.Error(place with { Line = place.Line + lines }, $"编号“{text}”与第{first}行重复", "一条事实只写一次；确是两条的，换一个编号");
                }
                else
                {
                    firstLines.Add(text, place.Line + lines);
                }
            }

            lines += rows.LinesRead;
        }
    }

    // Never 0, which marks an empty place.
    private static ulong HashOf(ReadOnlySpan<byte> id)
    {
        var hash = 0x9E37_79B9_7F4A_7C15UL ^ (ulong)id.Length;
        while (id.Length >= 8)
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(id));
            id = id[8..];
        }

        var rest = 0UL;
        for (var i = 0; i < id.Length; i++)
        {
            rest |= (ulong)id[i] << (i * 8);
        }

        return Mix(Mix(hash ^ rest)) | 1;
    }

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value ^ 0xA24B_AED4_963E_E407, 0xD6E8_FEB8_6659_FD93, out var low);
        return high ^ low;
    }

    /// <summary>The id of a row as the intake sees it: without spaces around it.</summary>
    private sealed class IdBytes
    {
        private byte[] _scratch = [];

        public ReadOnlySpan<byte> Of(CsvCursor rows, int column)
        {
            var field = rows.Field(column);
            if (field.IsEmpty || (field[0] is > 0x20 and < 0x80 && field[^1] is > 0x20 and < 0x80))
            {
                return field;
            }

            _scratch = Encoding.UTF8.GetBytes(rows.Text(column));
            return _scratch;
        }
    }
}
