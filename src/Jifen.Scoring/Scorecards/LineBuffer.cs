namespace Jifen.Scoring.Scorecards;

/// <summary>
/// One amount of a score sheet before it is put into words: where it comes from, on which fact, how much, and the figures of its sentence.
/// </summary>
/// <param name="Source">index in <see cref="Plan.Sources"/></param>
/// <param name="Fact">position in the fact table, or −1</param>
/// <param name="Day">of the fact; for an adjustment the last day of its span</param>
/// <param name="Points">hundredths</param>
/// <param name="Note">which of the source's sentences</param>
internal readonly record struct Line(
    ushort Source, byte Round, byte Note, int Fact, int Day, long Points, long A, long B, long C);

/// <summary>Lines of one or many members, appended in the order of the computation.</summary>
internal sealed class LineBuffer
{
    private Line[] _lines = new Line[256];

    public int Count { get; private set; }

    public ReadOnlySpan<Line> From(int start) => _lines.AsSpan(start, Count - start);

    public void Add(in Line line)
    {
        if (Count == _lines.Length)
        {
            Array.Resize(ref _lines, Count * 2);
        }

        _lines[Count++] = line;
    }

    public void Clear() => Count = 0;
}
