using Jifen.Scoring.Facts;
using Jifen.Scoring.Outcomes;

namespace Jifen.Scoring.Scorecards;

/// <summary>
/// Scheme and facts in, results out. The result is the same for any order of facts and any number of threads: each branch is worked out
/// by itself, and within it each member.
/// </summary>
public sealed class Scorer
{
    // Branches are handed to the threads in portions of about this many members.
    private const int MembersAtATime = 4096;

    private readonly PreviousResult?[] _previous = [];

    /// <param name="previous">the settled results of the year before; null for none</param>
    public Scorer(Plan plan, Roster roster, FactTable facts, PreviousYear? previous = null)
    {
        if (facts.MemberCount != roster.Count)
        {
            throw new ArgumentException("the facts are those of another roster", nameof(facts));
        }

        if (facts.AddedUpFor is { } need && (need.Plan != plan || need.Roster != roster))
        {
            throw new ArgumentException("the facts were added up for another plan or roster", nameof(facts));
        }

        Plan = plan;
        Roster = roster;
        Facts = facts;
        if (previous is { Count: > 0 })
        {
            _previous = [.. roster.Members.Select(member => previous.Of(member.Id))];
        }
    }

    public Plan Plan { get; }

    /// <summary>
    /// Totals of members that are given, not computed: people of a 算例 who are there only to be ranked among. By member; null for none.
    /// </summary>
    internal IReadOnlyDictionary<int, Points>? GivenTotals { get; init; }

    /// <summary>What people chose where a quota that stops (超出：停) was exceeded. A choice that no longer fits leaves the finding as it is.</summary>
    public IReadOnlyList<QuotaChoice> Choices { get; init; } = [];

    /// <summary>
    /// Grades people decided (定等次), by id of the member: they take the place of the grade the points propose, and the outcomes go by them.
    /// A grade the scheme does not have for that member is not taken.
    /// </summary>
    internal IReadOnlyDictionary<string, string> DecidedGrades { get; private set; } = new Dictionary<string, string>();

    /// <summary>The same people and facts with grades people decided in the place of those the points propose.</summary>
    /// <param name="grades">by id of the member</param>
    public Scorer WithGrades(IReadOnlyDictionary<string, string> grades)
    {
        var copy = (Scorer)MemberwiseClone();
        copy.DecidedGrades = grades;
        return copy;
    }

    public Roster Roster { get; }

    public FactTable Facts { get; }

    /// <summary>Totals, ranks, grades and outcomes of everyone; no explanation is built.</summary>
    /// <param name="threads">at least 1</param>
    /// <param name="progress">told how many members are done</param>
    public Totals Score(int threads = 1, IProgress<int>? progress = null)
    {
        var totals = new Totals(Plan, Roster.Count);
        var workers = InPortions(threads, progress, () => new Worker(this, totals), (worker, branch) => worker.Score(branch));
        totals.KeepFindings(workers.SelectMany(worker => worker.Findings).OrderBy(finding => finding.Branch));
        return totals;
    }

    /// <summary>
    /// The lines of everyone, held in memory: the same computation as <see cref="Score"/>, recorded.
    /// </summary>
    /// <exception cref="InvalidOperationException">a sheet does not add up to its total: a fault of the program, never issued</exception>
    public RecordedLines Record(Totals totals, int threads = 1)
    {
        var lines = new RecordedLines(Roster.Count);
        InPortions(threads, null, () => new Recorder(this, totals, lines), (recorder, branch) => recorder.Record(branch));
        return lines;
    }

    /// <summary>The score sheet of one member: the same computation as <see cref="Score"/>, recorded.</summary>
    /// <inheritdoc cref="Record"/>
    public Scorecard Explain(Totals totals, int member)
    {
        var branch = BranchOf(member);
        var lines = new LineBuffer();
        new Recorder(this, totals, null).Record(branch, member, lines);
        return Scorecard.Of(this, totals, member, lines.From(0), new BranchOutcomes(this, totals).Explain(branch, member), new BranchHints(this, branch));
    }

    internal PreviousResult? PreviousOf(int member) => _previous.Length == 0 ? null : _previous[member];

    internal int BranchOf(int member)
    {
        var name = Roster.Members[member].Branch;
        for (var branch = 0; branch < Roster.Branches.Count; branch++)
        {
            if (Roster.Branches[branch] == name)
            {
                return branch;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(member));
    }

    /// <summary>Consecutive branches, so that threads do not meet on one cache line and results can be written in order.</summary>
    internal List<(int First, int End)> Portions()
    {
        var portions = new List<(int, int)>();
        var first = 0;
        var members = 0;
        for (var branch = 0; branch < Roster.Branches.Count; branch++)
        {
            members += Roster.OfBranch(branch).Length;
            if (members >= MembersAtATime || branch == Roster.Branches.Count - 1)
            {
                portions.Add((first, branch + 1));
                first = branch + 1;
                members = 0;
            }
        }

        return portions;
    }

    private T[] InPortions<T>(int threads, IProgress<int>? progress, Func<T> start, Action<T, int> work)
        where T : class
    {
        var portions = Portions();
        var done = 0;
        return SideBySide.Each(portions.Count, threads, start, (worker, portion) =>
        {
            var members = 0;
            for (var branch = portions[portion].First; branch < portions[portion].End; branch++)
            {
                work(worker, branch);
                members += Roster.OfBranch(branch).Length;
            }

            progress?.Report(Interlocked.Add(ref done, members));
        });
    }

    private sealed class Worker(Scorer scorer, Totals totals)
    {
        private readonly ProfilePlan?[] _compiled = new ProfilePlan?[scorer.Roster.ProfileCount];
        private readonly MemberScorer _member = new(scorer.Plan, scorer.Facts);
        private readonly BranchOutcomes _outcomes = new(scorer, totals);

        public List<Finding> Findings => _outcomes.Findings;

        public void Score(int branch)
        {
            var placings = scorer.Plan.Placings.Count == 0 ? null : new BranchPlacings(scorer, branch);
            foreach (var member in scorer.Roster.OfBranch(branch))
            {
                if (scorer.GivenTotals?.TryGetValue(member, out var given) == true)
                {
                    totals.KeepGiven(member, given);
                    continue;
                }

                var compiled = _compiled[scorer.Roster.ProfileIndexOf(member)] ??= _member.ProfileOf(scorer.Roster.ProfileOf(member));
                _member.Score(
                    member, compiled, scorer.Roster.EnrolledOf(member), scorer.PreviousOf(member)?.Total.Hundredths, null, placings);
                totals.Keep(member, _member.Result);
            }

            _outcomes.Work(branch);
        }
    }

    /// <summary>Works members out again with their lines, and holds each sheet against its total.</summary>
    internal sealed class Recorder(Scorer scorer, Totals totals, RecordedLines? recorded)
    {
        private readonly MemberScorer _member = new(
            scorer.Plan,
            scorer.Facts.IsWhole ? scorer.Facts : throw new InvalidOperationException("facts kept for totals alone cannot explain them"));

        private readonly LineBuffer _lines = new();
        private readonly LineStore _store = new();

        public void Record(int branch)
        {
            var placings = PlacingsOf(branch);
            foreach (var member in scorer.Roster.OfBranch(branch))
            {
                _lines.Clear();
                Record(member, _lines, placings);
                recorded!.Keep(member, _store.Keep(_lines.From(0)));
            }
        }

        public void Record(int branch, int member, LineBuffer lines) => Record(member, lines, PlacingsOf(branch));

        public void Record(int member, LineBuffer lines, BranchPlacings? placings)
        {
            var first = lines.Count;
            _member.Score(
                member,
                _member.ProfileOf(scorer.Roster.ProfileOf(member)),
                scorer.Roster.EnrolledOf(member),
                scorer.PreviousOf(member)?.Total.Hundredths,
                lines,
                placings);
            var sum = 0L;
            foreach (ref readonly var line in lines.From(first))
            {
                sum += line.Points;
            }

            if (sum != _member.Result.Total || sum != totals.TotalOf(member).Hundredths)
            {
                throw new InvalidOperationException(
                    $"得分单加不拢：党员“{scorer.Roster.Members[member].Id}”各行合计 {Points.Format(sum)}，总分 {totals.TotalOf(member)}");
            }
        }

        public BranchPlacings? PlacingsOf(int branch) => scorer.Plan.Placings.Count == 0 ? null : new BranchPlacings(scorer, branch);
    }
}
