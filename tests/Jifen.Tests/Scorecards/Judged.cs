using System.Text;
using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;
using Jifen.Tests.Naive;

namespace Jifen.Tests.Scorecards;

/// <summary>A branch year as the naive implementation takes it, handed to the product: facts through the same checks as an import.</summary>
internal sealed class Judged
{
    private Judged(Scheme scheme, Roster roster, Scorer scorer, Totals totals)
    {
        Scheme = scheme;
        Roster = roster;
        Scorer = scorer;
        Totals = totals;
    }

    public Scheme Scheme { get; }

    public Roster Roster { get; }

    public Scorer Scorer { get; }

    public Totals Totals { get; }

    /// <param name="onlyTotals">facts of which only the sum is wanted are added up as a reader of a table does, by two threads in turn</param>
    public static Judged By(
        Scheme scheme,
        int year,
        IReadOnlyList<NaiveMember> members,
        IReadOnlyList<NaiveFact> facts,
        IReadOnlyDictionary<string, NaivePrevious> previous,
        int threads = 1,
        int segments = 1,
        bool onlyTotals = false)
    {
        var roster = new Roster(members.Select(Member).ToList());
        var check = new FactCheck(scheme);
        var plan = Plan.Compile(scheme, year);
        var sums = onlyTotals ? Enumerable.Range(0, 2).Select(_ => new KindSums(TotalsNeed.Of(plan, roster)!)).ToArray() : null;
        var parts = Enumerable.Range(0, segments).Select(part => new FactSegment(4, sums?[part % 2])).ToArray();
        for (var i = 0; i < facts.Count; i++)
        {
            Add(parts[i * segments / Math.Max(1, facts.Count)], scheme, roster, check, facts[i]);
        }

        var scorer = new Scorer(plan, roster, FactTable.Of(roster.Count, parts), Previous(previous));
        return new Judged(scheme, roster, scorer, scorer.Score(threads));
    }

    public static long Hundredths(decimal value) => checked((long)(value * 100m));

    private static Member Member(NaiveMember member) => new(
        member.Id,
        member.Id,
        member.Branch,
        member.Standing switch { "正式党员" => Standing.Full, "预备党员" => Standing.Probationary, _ => Standing.Activist },
        member.Category,
        member.Office,
        member.From,
        member.To,
        member.Exempt);

    private static void Add(FactSegment segment, Scheme scheme, Roster roster, FactCheck check, NaiveFact fact)
    {
        var kind = scheme.FactKindNamed(fact.Fact) ?? throw new InvalidOperationException($"事实“{fact.Fact}”没有定义");
        var member = roster.IndexOf(fact.Member);
        var level = fact.Level is null ? 0 : kind.LevelIndex(fact.Level);
        var amount = fact.Amount is { } chosen ? Hundredths(chosen) : FactSegment.NoAmount;
        var fault = check.Check(
            kind.Index, roster.Members[member], fact.Date.DayNumber, Hundredths(fact.Quantity), level, !string.IsNullOrEmpty(fact.Content), amount);
        if (fault is not null)
        {
            throw new InvalidOperationException($"{fact}: {fault}");
        }

        segment.Add(
            member,
            kind.Index,
            fact.Date.DayNumber,
            (int)Hundredths(fact.Quantity),
            level,
            (int)amount,
            fact.Sharers,
            Encoding.UTF8.GetBytes(fact.Id),
            Encoding.UTF8.GetBytes(fact.Content ?? ""));
    }

    private static PreviousYear Previous(IReadOnlyDictionary<string, NaivePrevious> previous) => new(previous.Select(entry => new PreviousResult(
        entry.Key,
        new Points(Hundredths(entry.Value.Total)),
        entry.Value.Outcomes.ToList(),
        entry.Value.Running is { } running ? new Points(Hundredths(running)) : null)));

    /// <summary>One line a member of everything both implementations say.</summary>
    public IReadOnlyList<string> Lines() => ScoreLines.Of(Scheme, Roster, Scorer, Totals);

    /// <summary>Of that, what needs no explanation.</summary>
    public IReadOnlyList<string> TotalsLines() =>
        Enumerable.Range(0, Roster.Count).Select(member => ScoreLines.TotalsOf(Scheme, Roster, Totals, member)).ToList();
}
