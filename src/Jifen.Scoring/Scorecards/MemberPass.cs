using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Scoring.Scorecards;

/// <summary>
/// The desk at which one member's round is worked out: sums of the facts by kind, the facts that a rule must look at one by one, and,
/// when an explanation is wanted, the lines. One a thread, used again for every member.
/// </summary>
internal sealed class MemberPass(Plan plan, FactTable facts)
{
    private int[] _gathered = new int[64];

    public Plan Plan { get; } = plan;

    public FactTable Facts { get; } = facts;

    /// <summary>Σ 数量 by kind in this round, hundredths.</summary>
    public long[] Sums { get; } = new long[plan.Scheme.FactKinds.Count];

    /// <summary>Σ 数量 by kind since the first day of the cycle, hundredths (计期 年初至今).</summary>
    public long[] SumsToDate { get; } = new long[plan.Scheme.FactKinds.Count];

    /// <summary>Sum of each rule of the section under work, before 不兼得.</summary>
    public long[] RuleSums { get; } = new long[plan.MostRulesInSection];

    /// <summary>Points of each item of the section under work, before 限额 and bounds.</summary>
    public long[] ItemPoints { get; } = new long[plan.MostItemsInSection];

    /// <summary>Null when only totals are wanted and no rule needs dated lines.</summary>
    public LineBuffer? Lines { get; set; }

    /// <summary>The kinds of fact that occurred in this round, as bits (<see cref="BitOf"/>).</summary>
    public ulong Present { get; private set; }

    public int Member { get; private set; }

    public byte Round { get; private set; }

    /// <summary>The days of this round on which the member was on the roll.</summary>
    public Days Counted { get; private set; }

    /// <summary>The round itself.</summary>
    public Days Window { get; private set; }

    /// <summary>Days since the first of the cycle on which the member was on the roll, up to the end of this round.</summary>
    public Days CountedToDate { get; private set; }

    public long? LastYearTotal { get; set; }

    /// <summary>Rank of the member by 排位 rule: (rank, people), for this round; (0, 0) when not ranked.</summary>
    public (int Rank, int Lower, int People)[] Placings { get; } = new (int, int, int)[plan.Placings.Count];

    /// <summary>Whether a rule of the section under work gave a line that is not zero (有 / 无).</summary>
    public bool Happened { get; set; }

    /// <summary>The first source of the item under work that says 此项不得分; −1 for none.</summary>
    public int ForfeitedBy { get; set; } = -1;

    /// <summary>Facts that some rule looks at one by one, by date, then id.</summary>
    public ReadOnlySpan<int> Gathered => _gathered.AsSpan(0, GatheredCount);

    private int GatheredCount { get; set; }

    /// <summary>Starts a member's cycle.</summary>
    public void Begin(int member)
    {
        Member = member;
        if (Plan.NeedsSumsToDate)
        {
            Array.Clear(SumsToDate);
        }
    }

    /// <summary>Takes in the member's facts of one round.</summary>
    public void Take(byte round, Days window, Days enrolled, GatherFlags gather)
    {
        Round = round;
        Window = window;
        Counted = window.Within(enrolled);
        CountedToDate = new Days(Plan.Calendar.Cycle.First, window.Last).Within(enrolled);
        GatheredCount = 0;
        Array.Clear(Sums);
        AddUp();
        var looked = Lines is null ? gather.Totals : gather.WithLines;
        if (looked.MayBeAmong(Present))
        {
            GatherFrom(Facts.FirstOf(Member), Facts.PassedOf(Member), looked, enrolled.First);
        }

        if (Plan.NeedsSumsToDate)
        {
            for (var k = 0; k < Sums.Length; k++)
            {
                SumsToDate[k] += Sums[k];
            }
        }
    }

    private void AddUp()
    {
        var passed = Facts.PassedOf(Member);
        var sums = Sums;
        var first = Counted.First;
        var span = (uint)(Counted.Last - first);
        var present = 0UL;
        for (var i = 0; i < passed.Length; i++)
        {
            var fact = passed[i];
            if ((uint)(fact.Day - first) <= span)
            {
                sums[fact.Kind] += fact.Quantity;
                present |= 1UL << fact.Kind;
            }
        }

        Facts.AddSumsTo(sums, ref present, Member, Round);
        Present = present;
    }

    private void GatherFrom(int start, ReadOnlySpan<PassedFact> passed, LookedAtKinds looked, int earliest)
    {
        if (_gathered.Length < passed.Length)
        {
            _gathered = new int[Math.Max(passed.Length, _gathered.Length * 2)];
        }

        GatheredCount = looked.BitsSuffice ? GatherByBits(start, passed, looked.Bits) : GatherByKind(start, passed, looked.ByKind, earliest);
        if (GatheredCount > 1)
        {
            SortGathered();
        }
    }

    // Every fact is noted, and the next one over it unless it is wanted: which kinds come is not to be guessed, and a wrong guess costs more.
    private int GatherByBits(int start, ReadOnlySpan<PassedFact> passed, ulong bits)
    {
        var gathered = _gathered;
        var first = Counted.First;
        var span = (uint)(Counted.Last - first);
        var count = 0;
        for (var i = 0; i < passed.Length; i++)
        {
            var fact = passed[i];
            gathered[count] = start + i;
            count += (uint)(fact.Day - first) <= span ? (int)(bits >> fact.Kind) & 1 : 0;
        }

        return count;
    }

    private int GatherByKind(int start, ReadOnlySpan<PassedFact> passed, Gather[] byKind, int earliest)
    {
        var counted = Counted;
        var count = 0;
        for (var i = 0; i < passed.Length; i++)
        {
            var fact = passed[i];
            var gather = byKind[fact.Kind];
            if (gather != Gather.No
                && (counted.Contains(fact.Day) || (gather == Gather.Earlier && fact.Day < counted.First && fact.Day >= earliest)))
            {
                _gathered[count++] = start + i;
            }
        }

        return count;
    }

    /// <summary>The bit of a kind; kinds 64 apart share one.</summary>
    public static ulong BitOf(int kind) => 1UL << (kind & 63);

    public void Add(int source, int fact, int day, long points, byte note = 0, long a = 0, long b = 0, long c = 0)
    {
        Happened |= points != 0;
        Lines?.Add(new Line((ushort)source, Round, note, fact, day, points, a, b, c));
    }

    /// <summary>此项不得分: takes effect when the item is done; the first rule to say so gives the line.</summary>
    public void Forfeit(int source)
    {
        if (ForfeitedBy < 0)
        {
            ForfeitedBy = source;
        }
    }

    /// <summary>What a trigger or a row of a table leads to: its amount as a line, or 此项不得分.</summary>
    /// <returns>hundredths</returns>
    public long Conclude(int source, Consequence consequence, int fact = -1, long a = 0, long b = 0, long c = 0)
    {
        if (consequence.Amount is not { } amount)
        {
            Forfeit(source);
            return 0;
        }

        var points = amount.Sign * amount.Amount.Low;
        if (points != 0 || amount.Amount.IsLeftToBranch)
        {
            Add(source, fact, fact < 0 ? Window.Last : Facts.DayOf(fact), points, a: a, b: b, c: c);
        }

        return points;
    }

    /// <summary>A line that adjusts what facts have made: it does not count for 有 / 无.</summary>
    public void Adjust(int source, int day, long points, byte note = 0, long a = 0, long b = 0, long c = 0) =>
        Lines?.Add(new Line((ushort)source, Round, note, -1, day, points, a, b, c));

    /// <summary>Date, then the bytes of the id.</summary>
    public int Compare(int left, int right)
    {
        var byDay = Facts.DayOf(left).CompareTo(Facts.DayOf(right));
        return byDay != 0 ? byDay : Facts.IdOf(left).SequenceCompareTo(Facts.IdOf(right));
    }

    // Facts of a member come nearly sorted from most recorders: insertion is then the cheapest sort.
    private void SortGathered()
    {
        if (GatheredCount > 64)
        {
            _gathered.AsSpan(0, GatheredCount).Sort(Compare);
            return;
        }

        for (var i = 1; i < GatheredCount; i++)
        {
            var fact = _gathered[i];
            var j = i - 1;
            while (j >= 0 && Compare(_gathered[j], fact) > 0)
            {
                _gathered[j + 1] = _gathered[j];
                j--;
            }

            _gathered[j + 1] = fact;
        }
    }
}

/// <summary>Which facts a pass keeps for a closer look.</summary>
internal enum Gather : byte
{
    /// <summary>The sum by kind is enough.</summary>
    No,

    /// <summary>Those of the round.</summary>
    InRound,

    /// <summary>Those of the round and before it (有效, 年初至今).</summary>
    Earlier,
}

/// <summary>The kinds of fact that are looked at one by one.</summary>
internal sealed class LookedAtKinds
{
    private readonly bool _reachesBack;

    public LookedAtKinds(Gather[] byKind)
    {
        ByKind = byKind;
        for (var kind = 0; kind < byKind.Length; kind++)
        {
            Bits |= byKind[kind] == Gather.No ? 0 : MemberPass.BitOf(kind);
            _reachesBack |= byKind[kind] == Gather.Earlier;
        }
    }

    public Gather[] ByKind { get; }

    /// <summary>As <see cref="MemberPass.BitOf"/>.</summary>
    public ulong Bits { get; }

    /// <summary>No two kinds share a bit, and none is looked at before its round.</summary>
    public bool BitsSuffice => ByKind.Length <= 64 && !_reachesBack;

    /// <param name="present">the kinds that occurred in the round</param>
    public bool MayBeAmong(ulong present) => (present & Bits) != 0 || _reachesBack;
}

/// <param name="Totals">when only totals are wanted</param>
/// <param name="WithLines">when lines are wanted</param>
internal sealed record GatherFlags(LookedAtKinds Totals, LookedAtKinds WithLines);
