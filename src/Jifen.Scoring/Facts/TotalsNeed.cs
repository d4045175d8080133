using System.Runtime.CompilerServices;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Facts;

/// <summary>
/// What the totals of one roster need to know of its facts: some kinds whole, because a rule looks at their facts one by one; of all others
/// the sum by member and round alone, which <see cref="KindSums"/> adds up while the facts are read. Immutable.
/// </summary>
public sealed class TotalsNeed
{
    // Half a gigabyte for each thread that reads.
    private const long MostCells = 1 << 28;

    private readonly Days[] _counted;
    private readonly int[] _columnOf;
    private readonly byte[] _roundOf;

    private TotalsNeed(Plan plan, Roster roster, bool[] wholeKinds)
    {
        Plan = plan;
        Roster = roster;
        WholeKinds = wholeKinds;
        _columnOf = new int[wholeKinds.Length];
        SummedKinds = new int[wholeKinds.Count(whole => !whole)];
        var column = 0;
        for (var kind = 0; kind < wholeKinds.Length; kind++)
        {
            _columnOf[kind] = wholeKinds[kind] ? -1 : column;
            if (!wholeKinds[kind])
            {
                SummedKinds[column++] = kind;
            }
        }

        Cycle = plan.Calendar.Cycle;
        Rounds = plan.Calendar.Rounds.Length;
        _roundOf = new byte[Cycle.Last - Cycle.First + 1];
        for (var round = 0; round < Rounds; round++)
        {
            var days = plan.Calendar.Rounds[round];
            _roundOf.AsSpan((days.First - Cycle.First)..(days.Last - Cycle.First + 1)).Fill((byte)round);
        }

        _counted = new Days[roster.Count];
        for (var member = 0; member < _counted.Length; member++)
        {
            _counted[member] = Cycle.Within(roster.EnrolledOf(member));
        }
    }

    public Plan Plan { get; }

    public Roster Roster { get; }

    /// <summary>By kind: whether its facts are kept whole.</summary>
    internal bool[] WholeKinds { get; }

    /// <summary>By column of the sums: which kind.</summary>
    internal int[] SummedKinds { get; }

    internal Days Cycle { get; }

    internal int Rounds { get; }

    /// <returns>null where the sums would take more room than the facts: then those are kept whole</returns>
    public static TotalsNeed? Of(Plan plan, Roster roster)
    {
        var wholeKinds = plan.LookedAtForTotals();
        return (long)roster.Count * plan.Calendar.Rounds.Length * wholeKinds.Length <= MostCells ? new TotalsNeed(plan, roster, wholeKinds) : null;
    }

    /// <returns>where the sum of a kind is added up; −1 for a day that does not count for the member</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int CellOf(int member, int kind, int day) => _counted[member].Contains(day)
        ? (((_columnOf[kind] * Rounds) + _roundOf[day - Cycle.First]) * _counted.Length) + member
        : -1;

    /// <summary>Where the sum of the first of <see cref="SummedKinds"/> is for a member and round; that of the next is <see cref="Stride"/> on.</summary>
    internal int FirstCellOf(int member, int round) => (round * _counted.Length) + member;

    /// <summary>All members of a kind and round lie side by side: who is read next is mostly near, whether a table goes by member or by day.</summary>
    internal int Stride => Rounds * _counted.Length;
}
