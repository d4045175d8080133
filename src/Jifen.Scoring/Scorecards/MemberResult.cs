using Jifen.Scoring.Schemes;

namespace Jifen.Scoring.Scorecards;

/// <summary>What the rules made of one member's year, before rank, grade and outcomes. Used again for every member.</summary>
internal sealed class MemberResult(Plan plan)
{
    // 末期: the last round is the year.
    private readonly bool _lastCounts = plan.Scheme.Composition?.Kind == CompositionKind.Last;

    public bool HasScorecard { get; set; }

    /// <summary>Rounds in which the member was on the roll.</summary>
    public int Rounds { get; private set; }

    public long Total { get; set; }

    /// <summary>Totals of the rounds of a year that is composed; <see cref="Totals.NotOnRoll"/> for rounds spent elsewhere. Empty otherwise.</summary>
    public long[] RoundTotals { get; } = new long[plan.Scheme.Composition is null ? 0 : plan.Calendar.Rounds.Length];

    public long[] Sections { get; } = new long[plan.Scheme.Sections.Count];

    public bool[] SectionHas { get; } = new bool[plan.Scheme.Sections.Count];

    /// <summary>By <see cref="Outcomes.WatchList.Items"/>.</summary>
    public long[] Items { get; } = new long[plan.Watched.Items.Count];

    /// <inheritdoc cref="Items"/>
    public bool[] ItemHas { get; } = new bool[plan.Watched.Items.Count];

    /// <summary>By <see cref="Outcomes.WatchList.Kinds"/>: Σ 数量 over the year, hundredths.</summary>
    public long[] KindSums { get; } = new long[plan.Watched.Kinds.Count];

    // Loops rather than Array.Clear: three entries are written sooner than a call is made.
    public void Clear()
    {
        HasScorecard = false;
        Rounds = 0;
        Total = 0;
        for (var r = 0; r < RoundTotals.Length; r++)
        {
            RoundTotals[r] = Totals.NotOnRoll;
        }

        for (var s = 0; s < Sections.Length; s++)
        {
            Sections[s] = 0;
            SectionHas[s] = false;
        }

        for (var i = 0; i < Items.Length; i++)
        {
            Items[i] = 0;
            ItemHas[i] = false;
        }

        for (var k = 0; k < KindSums.Length; k++)
        {
            KindSums[k] = 0;
        }
    }

    /// <param name="round">index in <see cref="Calendar.Rounds"/></param>
    public void KeepRound(int round, long total, long[] sections)
    {
        Rounds++;
        if (RoundTotals.Length > 0)
        {
            RoundTotals[round] = total;
        }

        Total = _lastCounts ? total : Total + total;
        for (var s = 0; s < sections.Length; s++)
        {
            Sections[s] = _lastCounts ? sections[s] : Sections[s] + sections[s];
        }
    }

    /// <param name="watched">place in <see cref="Outcomes.WatchList.Items"/></param>
    public void KeepItem(int watched, long points) => Items[watched] = _lastCounts ? points : Items[watched] + points;
}
