namespace Jifen.Scoring.Scorecards;

/// <summary>Lines of every member, kept as the computation left them.</summary>
public sealed class RecordedLines
{
    private readonly ArraySegment<Line>[] _lines;

    internal RecordedLines(int members) => _lines = new ArraySegment<Line>[members];

    /// <summary>How many lines there are in all.</summary>
    public long Count => _lines.Sum(lines => (long)lines.Count);

    internal void Keep(int member, ArraySegment<Line> lines) => _lines[member] = lines;

    internal ReadOnlySpan<Line> Of(int member) => _lines[member];
}

/// <summary>Room for lines that stay: a few large arrays, since a small one for each member costs more than the lines. One a thread.</summary>
internal sealed class LineStore
{
    private const int LinesOfBlock = 1 << 14;

    private Line[] _block = [];
    private int _used;

    public ArraySegment<Line> Keep(ReadOnlySpan<Line> lines)
    {
        if (_used + lines.Length > _block.Length)
        {
            _block = GC.AllocateUninitializedArray<Line>(Math.Max(LinesOfBlock, lines.Length));
            _used = 0;
        }

        lines.CopyTo(_block.AsSpan(_used));
        _used += lines.Length;
        return new ArraySegment<Line>(_block, _used - lines.Length, lines.Length);
    }
}
