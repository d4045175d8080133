using Jifen.Scoring.Schemes;

namespace Jifen.Scoring.Cases;

/// <summary>What the cases of one file came to.</summary>
public sealed record CaseReport(CaseFile File, IReadOnlyList<CaseResult> Results, CaseCoverage Coverage)
{
    public int Passed => Results.Count(result => result.Failures.Count == 0);

    public int Failed => Results.Count - Passed;
}

/// <param name="Failures">in Chinese: what was expected, what came out, and the lines behind it; empty when the case holds</param>
public sealed record CaseResult(Case Case, IReadOnlyList<CaseFailure> Failures);

public sealed record CaseFailure(Place Place, string Text);

/// <summary>What the cases of a scheme have touched. Of several files it is the union.</summary>
/// <param name="Held">编号 of outcomes that held in a case that says so</param>
/// <param name="NotHeld">编号 of outcomes that did not hold in a case that says so</param>
public sealed record CaseCoverage(
    IReadOnlySet<string> Rules, IReadOnlySet<string> Bounds, IReadOnlySet<string> Held, IReadOnlySet<string> NotHeld, IReadOnlySet<string> Grades)
{
    public static readonly CaseCoverage None = new(
        new HashSet<string>(), new HashSet<string>(), new HashSet<string>(), new HashSet<string>(), new HashSet<string>());

    public CaseCoverage Join(CaseCoverage other) => new(
        Rules.Union(other.Rules).ToHashSet(StringComparer.Ordinal),
        Bounds.Union(other.Bounds).ToHashSet(StringComparer.Ordinal),
        Held.Union(other.Held).ToHashSet(StringComparer.Ordinal),
        NotHeld.Union(other.NotHeld).ToHashSet(StringComparer.Ordinal),
        Grades.Union(other.Grades).ToHashSet(StringComparer.Ordinal));

    /// <summary>What a scheme has and no case has reached, as sentences; bounds that no facts can reach are left out.</summary>
    public IReadOnlyList<string> Missing(Scheme scheme) =>
    [
        .. scheme.Rules.Where(rule => !Rules.Contains(rule.Id)).Select(rule => $"没有一道算例碰到记分“{rule.Id}”（{rule.Describe(scheme.FactKinds)}）"),
        .. BoundsOf.Scheme(scheme).Where(bound => !Bounds.Contains(bound.Id)).Select(bound => $"没有一道算例碰到{bound.Text}"),
        .. scheme.Outcomes.Where(outcome => !Held.Contains(outcome.Id)).Select(outcome => $"没有一道算例的应得写明“运用”里有“{outcome.Id}”"),
        .. scheme.Outcomes.Where(outcome => !NotHeld.Contains(outcome.Id) && !AlwaysHolds(outcome))
            .Select(outcome => $"没有一道算例的应得写明“运用”里没有“{outcome.Id}”"),
        .. scheme.Grades.Select(grade => grade.Name).Distinct(StringComparer.Ordinal).Where(grade => !Grades.Contains(grade))
            .Select(grade => $"没有一道算例得出等次“{grade}”"),
    ];

    private static bool AlwaysHolds(Outcome outcome) => outcome.Condition is Outcomes.AllOf { Parts.Count: 0 };
}
