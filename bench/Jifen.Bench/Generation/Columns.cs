using Jifen.Scoring.Facts;

namespace Jifen.Bench.Generation;

/// <summary>The columns of the year with the facts of a member side by side: what a loop written by hand would want to run over.</summary>
internal sealed class Columns
{
    private int _count;

    public Columns(IReadOnlyList<Member> members)
    {
        var first = new DateOnly(BranchYears.Year, 1, 1);
        var last = new DateOnly(BranchYears.Year, 12, 31);
        Start = new int[members.Count + 1];
        FirstDay = new int[members.Count];
        LastDay = new int[members.Count];
        Standings = new Standing[members.Count];
        for (var m = 0; m < members.Count; m++)
        {
            var from = members[m].EnrolledFrom is { } since && since > first ? since : first;
            var to = members[m].EnrolledTo is { } until && until < last ? until : last;
            FirstDay[m] = from.DayNumber;
            LastDay[m] = members[m].IsExempt ? from.DayNumber - 1 : to.DayNumber;
            Standings[m] = members[m].Standing;
        }

        var capacity = members.Count * 64;
        Kinds = new JsitKind[capacity];
        Days = new int[capacity];
        Quantities = new int[capacity];
        Levels = new byte[capacity];
        Amounts = new int[capacity];
        ContentNumbers = new int[capacity];
    }

    public int MemberCount => FirstDay.Length;

    /// <summary>The facts of member m stand from <c>Start[m]</c> up to, not including, <c>Start[m + 1]</c>.</summary>
    public int[] Start { get; }

    /// <summary>The stretch of the year in which the facts of the member count; empty for those who have no score sheet.</summary>
    public int[] FirstDay { get; }

    public int[] LastDay { get; }

    public Standing[] Standings { get; }

    public JsitKind[] Kinds { get; private set; }

    public int[] Days { get; private set; }

    public int[] Quantities { get; private set; }

    public byte[] Levels { get; private set; }

    public int[] Amounts { get; private set; }

    /// <summary>Equal numbers, equal contents: a comparison cheaper than that of texts, given to the hand-written loop.</summary>
    public int[] ContentNumbers { get; private set; }

    public void Add(in MadeFact fact)
    {
        if (_count == Kinds.Length)
        {
            Resize(_count * 2);
        }

        Kinds[_count] = fact.Kind;
        Days[_count] = fact.Day;
        Quantities[_count] = fact.Quantity;
        Levels[_count] = fact.Level;
        Amounts[_count] = fact.Amount;
        ContentNumbers[_count++] = fact.Content;
    }

    public void EndMember(int member) => Start[member + 1] = _count;

    public void Trim() => Resize(_count);

    private void Resize(int capacity)
    {
        Kinds = Resized(Kinds, capacity);
        Days = Resized(Days, capacity);
        Quantities = Resized(Quantities, capacity);
        Levels = Resized(Levels, capacity);
        Amounts = Resized(Amounts, capacity);
        ContentNumbers = Resized(ContentNumbers, capacity);
    }

    private static T[] Resized<T>(T[] column, int capacity)
    {
        Array.Resize(ref column, capacity);
        return column;
    }
}
