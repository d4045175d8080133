using System.Buffers.Binary;
using Jifen.Scoring.Facts;

namespace Jifen.Bench.Rivals;

/// <summary>members.csv of the generator, read for speed: ids count up from M0000001 and branches stand together.</summary>
internal sealed class HandCsvMembers
{
    private const int IdLength = 8;
    private const int DateLength = 10;

    private readonly byte[] _bytes;
    private readonly List<int> _rows = [];

    public HandCsvMembers(string path, int year)
    {
        _bytes = File.ReadAllBytes(path);
        var (newYear, newYearsEve) = (DayKey(Ascii($"{year % 100}-01-01")), DayKey(Ascii($"{year % 100}-12-31")));
        var at = NextRow(0);
        var count = (_bytes.Length - at) / 32;
        (FirstDay, LastDay, Standings) = (new List<ulong>(count), new List<ulong>(count), new List<Standing>(count));
        while (at < _bytes.Length)
        {
            _rows.Add(at);
            var end = NextRow(at);
            var row = _bytes.AsSpan(at..(end - 1));
            var exempt = Last(ref row);
            var to = Last(ref row);
            var from = Last(ref row);
            Last(ref row);
            Last(ref row);
            FirstDay.Add(from.Length < DateLength ? newYear : Math.Max(newYear, DayKey(from[2..])));
            LastDay.Add(exempt.Length > 0 ? 0 : to.Length < DateLength ? newYearsEve : Math.Min(newYearsEve, DayKey(to[2..])));
            // 入党积极分子 is longer than 正式党员 and 预备党员, which differ in their first byte.
            var standing = Last(ref row);
            Standings.Add(standing.Length > 12 ? Standing.Activist : standing[0] == "预"u8[0] ? Standing.Probationary : Standing.Full);
            at = end;
        }
    }

    public int Count => _rows.Count;

    /// <summary>As <see cref="DayKey"/>; a member with the first after the last has no score sheet.</summary>
    public List<ulong> FirstDay { get; }

    public List<ulong> LastDay { get; }

    public List<Standing> Standings { get; }

    /// <summary>编号 and the comma after it.</summary>
    public ReadOnlySpan<byte> Id(int member) => _bytes.AsSpan(_rows[member], IdLength + 1);

    public ReadOnlySpan<byte> Branch(int member)
    {
        var row = _bytes.AsSpan(_rows[member] + IdLength + 1);
        var branch = row[(row.IndexOf((byte)',') + 1)..];
        return branch[..branch.IndexOf((byte)',')];
    }

    /// <summary>yy-MM-dd as a number that grows with the day: the text itself, first letter highest.</summary>
    public static ulong DayKey(ReadOnlySpan<byte> text) => BinaryPrimitives.ReadUInt64BigEndian(text);

    private int NextRow(int at) => at + _bytes.AsSpan(at).IndexOf((byte)'\n') + 1;

    // The last field of the row, which loses it.
    private static ReadOnlySpan<byte> Last(ref Span<byte> row)
    {
        var comma = row.LastIndexOf((byte)',');
        var field = row[(comma + 1)..];
        row = row[..comma];
        return field;
    }

    private static byte[] Ascii(FormattableString text) => System.Text.Encoding.ASCII.GetBytes(FormattableString.Invariant(text));
}
