using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cli.Inputs;

/// <summary>Two schemes on the same facts: who would come out otherwise.</summary>
internal sealed record Trial(TrialSide A, TrialSide B)
{
    /// <summary>Members whose total, grade or outcomes differ, in the order of the roster.</summary>
    public IEnumerable<TrialChange> Changes() =>
        Enumerable.Range(0, A.Totals.Count).Where(Differs).Select(member => new TrialChange(this, member));

    /// <summary>Whether an outcome of one side is that of the other: 编号 mean the same only within one document.</summary>
    public bool IsSame(Outcome ofA, Outcome ofB) => ofA.Id == ofB.Id && (A.Scheme.Id == B.Scheme.Id || ofA.Result == ofB.Result);

    private bool Differs(int member) =>
        A.Totals.HasScorecard(member) != B.Totals.HasScorecard(member)
        || A.Totals.TotalOf(member) != B.Totals.TotalOf(member)
        || A.Totals.GradeOf(member) != B.Totals.GradeOf(member)
        || !SameOutcomes(member);

    private bool SameOutcomes(int member)
    {
        var ofA = A.Totals.OutcomesOf(member).ToList();
        var ofB = B.Totals.OutcomesOf(member).ToList();
        return ofA.Count == ofB.Count && ofA.All(held => ofB.Any(other => IsSame(held, other)));
    }
}

/// <summary>One member who comes out otherwise, and why.</summary>
internal sealed class TrialChange
{
    public TrialChange(Trial trial, int member)
    {
        Member = trial.A.Year.Roster.Members[member];
        A = trial.A.Year.Scorer.Explain(trial.A.Totals, member);
        B = trial.B.Year.Scorer.Explain(trial.B.Totals, member);
        OnlyA = A.Outcomes.Where(held => B.Outcomes.All(other => !trial.IsSame(held.Outcome, other.Outcome))).ToList();
        OnlyB = B.Outcomes.Where(held => A.Outcomes.All(other => !trial.IsSame(other.Outcome, held.Outcome))).ToList();
        Sections = Pair(A.Sections, B.Sections);
    }

    public Member Member { get; }

    public Scorecard A { get; }

    public Scorecard B { get; }

    public bool TotalDiffers => A.HasScorecard != B.HasScorecard || A.Total != B.Total;

    public bool GradeDiffers => A.Grade != B.Grade;

    /// <summary>Sections that came to other points, or that only one side has.</summary>
    public IReadOnlyList<(string Name, Points? A, Points? B)> Sections { get; }

    /// <summary>结果运用 that hold on this side only.</summary>
    public IReadOnlyList<ScorecardOutcome> OnlyA { get; }

    /// <inheritdoc cref="OnlyA"/>
    public IReadOnlyList<ScorecardOutcome> OnlyB { get; }

    private static List<(string Name, Points? A, Points? B)> Pair(IReadOnlyList<ScorecardSection> ofA, IReadOnlyList<ScorecardSection> ofB)
    {
        var pairs = new List<(string Name, Points? A, Points? B)>();
        foreach (var section in ofA)
        {
            pairs.Add((section.Name, section.Points, Counterpart(section, ofB)?.Points));
        }

        pairs.AddRange(ofB
            .Where(section => Counterpart(section, ofA) is null)
            .Select(section => (section.Name, (Points?)null, (Points?)section.Points)));
        return pairs.Where(pair => pair.A != pair.B).ToList();
    }

    private static ScorecardSection? Counterpart(ScorecardSection section, IReadOnlyList<ScorecardSection> others) =>
        others.FirstOrDefault(other => other.Id == section.Id) ?? others.FirstOrDefault(other => other.Name == section.Name);
}
