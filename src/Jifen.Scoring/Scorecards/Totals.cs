using System.Runtime.CompilerServices;
using Jifen.Scoring.Schemes;

namespace Jifen.Scoring.Scorecards;

/// <summary>The year's results of all members, in columns. Filled branch by branch, then only read.</summary>
public sealed class Totals
{
    internal const long NotOnRoll = long.MinValue;

    private readonly Scheme _scheme;
    private readonly int _sectionCount;
    private readonly int _itemCount;
    private readonly int _kindCount;
    private readonly long[] _sections;
    private readonly bool[] _sectionHas;
    private readonly long[] _totals;
    private readonly long[] _items;
    private readonly bool[] _itemHas;
    private readonly long[] _kindSums;
    private readonly int[] _ranks;
    private readonly short[] _grades;
    private readonly short[] _gradeLimits;
    private readonly ulong[] _outcomes;
    private readonly int _outcomeWords;
    private readonly bool[] _hasScorecard;
    private readonly long[] _running;
    private readonly int _roundCount;
    private readonly long[] _rounds;
    private readonly List<Finding> _findings = [];

    internal Totals(Plan plan, int members)
    {
        _scheme = plan.Scheme;
        _sectionCount = plan.Scheme.Sections.Count;
        _itemCount = plan.Watched.Items.Count;
        _kindCount = plan.Watched.Kinds.Count;
        _sections = new long[members * _sectionCount];
        _sectionHas = new bool[_sections.Length];
        _totals = new long[members];
        _items = new long[members * _itemCount];
        _itemHas = new bool[_items.Length];
        _kindSums = new long[members * _kindCount];
        _ranks = new int[members];
        _grades = new short[members];
        _gradeLimits = new short[_scheme.GradeLimits.Count == 0 ? 0 : members];
        _outcomeWords = (_scheme.Outcomes.Count + 63) / 64;
        _outcomes = new ulong[members * _outcomeWords];
        _hasScorecard = new bool[members];
        _running = _scheme.RunningAccount is null ? [] : new long[members];
        _roundCount = _scheme.Composition is null ? 0 : plan.Calendar.Rounds.Length;
        _rounds = new long[members * _roundCount];
        Array.Fill(_rounds, NotOnRoll);
    }

    public int Count => _totals.Length;

    /// <summary>Quotas that were exceeded, by branch in the order of the roster.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>False for exempt members and those who were not on the roll on any day of the cycle.</summary>
    public bool HasScorecard(int member) => _hasScorecard[member];

    /// <summary>How many <see cref="HasScorecard"/>.</summary>
    public int ScorecardCount => _hasScorecard.AsSpan().Count(true);

    public Points SectionOf(int member, int section) => new(_sections[(member * _sectionCount) + section]);

    public Points TotalOf(int member) => new(_totals[member]);

    /// <summary>0 for those who are not ranked.</summary>
    public int RankOf(int member) => _ranks[member];

    /// <summary>Null where the scheme proposes none.</summary>
    public string? GradeOf(int member) => _grades[member] == 0 ? null : _scheme.Grades[_grades[member] - 1].Name;

    /// <param name="outcome"><see cref="Outcome.Index"/></param>
    public bool Holds(int member, int outcome) => (_outcomes[(member * _outcomeWords) + (outcome >> 6)] >> (outcome & 63) & 1) != 0;

    public IEnumerable<Outcome> OutcomesOf(int member) => _scheme.Outcomes.Where(outcome => Holds(member, outcome.Index));

    /// <summary>滚存; null when the scheme keeps no running account.</summary>
    public Points? RunningOf(int member) => _running.Length == 0 ? null : new Points(_running[member]);

    /// <summary>What one round came to by itself, where the scheme composes its year of rounds (年度合成).</summary>
    /// <param name="round">index in <see cref="Calendar.Rounds"/></param>
    /// <returns>null for a round the member was not on the roll in, and where rounds are not scored by themselves</returns>
    public Points? RoundOf(int member, int round) =>
        _roundCount == 0 || _rounds[(member * _roundCount) + round] is not (> NotOnRoll and var points) ? null : new Points(points);

    internal bool SectionHas(int member, int section) => _sectionHas[(member * _sectionCount) + section];

    internal long ItemPoints(int member, int watched) => _items[(member * _itemCount) + watched];

    internal bool ItemHas(int member, int watched) => _itemHas[(member * _itemCount) + watched];

    internal long KindSum(int member, int watched) => _kindSums[(member * _kindCount) + watched];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Keep(int member, MemberResult result)
    {
        _hasScorecard[member] = result.HasScorecard;
        _totals[member] = result.Total;
        Keep(result.Sections, _sections, member);
        Keep(result.SectionHas, _sectionHas, member);
        Keep(result.Items, _items, member);
        Keep(result.ItemHas, _itemHas, member);
        Keep(result.KindSums, _kindSums, member);
        Keep(result.RoundTotals, _rounds, member);
    }

    // A handful of entries, or none: sooner copied than a call is made.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<T>(T[] from, T[] into, int member)
    {
        var at = member * from.Length;
        for (var i = 0; i < from.Length; i++)
        {
            into[at + i] = from[i];
        }
    }

    internal void KeepGiven(int member, Points total)
    {
        _hasScorecard[member] = true;
        _totals[member] = total.Hundredths;
    }

    internal void KeepRank(int member, int rank) => _ranks[member] = rank;

    /// <param name="grade">index in the scheme's grades</param>
    internal void KeepGrade(int member, int grade) => _grades[member] = (short)(grade + 1);

    /// <summary>The last 定档 that moved the grade; null for none.</summary>
    internal GradeLimit? GradeLimitOf(int member) =>
        _gradeLimits.Length == 0 || _gradeLimits[member] == 0 ? null : _scheme.GradeLimits[_gradeLimits[member] - 1];

    /// <param name="limit">index in the scheme's grade limits</param>
    internal void KeepGradeLimit(int member, int limit) => _gradeLimits[member] = (short)(limit + 1);

    internal int GradeIndexOf(int member) => _grades[member] - 1;

    internal void KeepOutcome(int member, int outcome) => _outcomes[(member * _outcomeWords) + (outcome >> 6)] |= 1UL << (outcome & 63);

    internal void KeepRunning(int member, long running) => _running[member] = running;

    internal void KeepFindings(IEnumerable<Finding> findings) => _findings.AddRange(findings);
}

/// <summary>A quota that more people meet than it allows: people choose, the product never cuts silently.</summary>
/// <param name="Category">null when the quota is for the branch as a whole</param>
/// <param name="What">编号 of the 结果运用, or the name of the grade</param>
/// <param name="Members">indices in the roster of those who qualify</param>
public sealed record Finding(
    int Branch, string? Category, string What, string Text, int Allowed, IReadOnlyList<int> Members, QuotaExcess Excess, IReadOnlyList<string> Clauses);

/// <summary>Whom people chose where more met a quota than it allows: an input of the computation, so that everything that follows agrees with it.</summary>
/// <param name="Category">null when the quota is for the branch as a whole</param>
/// <param name="What">编号 of the 结果运用, or the name of the grade</param>
/// <param name="Members">编号 of those who were chosen; may be empty</param>
public sealed record QuotaChoice(string? Category, string What, IReadOnlyCollection<string> Members);
