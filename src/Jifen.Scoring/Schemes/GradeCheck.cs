using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Schemes;

/// <summary>等次 must cover every total that can be reached, for every category.</summary>
internal static class GradeCheck
{
    private const long Far = 1_000_000_00;

    public static void Run(Scheme scheme, Problems problems)
    {
        if (scheme.Grades.Count == 0)
        {
            return;
        }

        var categories = scheme.Categories.Count == 0 ? [null] : scheme.Categories.Cast<string?>();
        foreach (var category in categories)
        {
            // A row with other conditions, or one that takes the first, may leave people over: it covers nothing for sure.
            var rows = scheme.Grades
                .Where(row => row.Condition is null && row.Quota is not { Excess: QuotaExcess.TakeFirst })
                .Where(row => row.Categories.Count == 0 || (category is not null && row.Categories.Contains(category)))
                .Select(row => row.Total!)
                .Where(total => total is not null)
                .ToList();
            if (Uncovered(scheme, rows) is { } total)
            {
                problems.Error(
                    scheme.Grades[0].Place,
                    $"{Say(total, rows)}不属于任何等次{(category is null ? "" : $"（类别“{category}”）")}",
                    "补一行，或把线改成首尾相接；原文两档之间有空的，写一条解释");
                return;
            }
        }
    }

    private static string Say(long total, List<Threshold> rows) => total switch
    {
        -Far when rows.Count > 0 => $"低于 {Points.Format(rows.Min(row => row.Low))} 的总分",
        Far when rows.Count > 0 => $"高于 {Points.Format(rows.Max(row => row.High))} 的总分",
        _ => $"总分 {Points.Format(total)} ",
    };

    // Coverage can only change at a line or one unit beside it; and beyond the last line.
    private static long? Uncovered(Scheme scheme, List<Threshold> rows)
    {
        var (lowest, highest) = Reachable(scheme);
        var candidates = new List<long> { lowest, highest };
        foreach (var row in rows)
        {
            candidates.AddRange([row.Low - scheme.Unit, row.Low, row.Low + scheme.Unit, row.High - scheme.Unit, row.High, row.High + scheme.Unit]);
        }

        candidates.Sort();
        foreach (var total in candidates)
        {
            if (total >= lowest && total <= highest && total % scheme.Unit == 0 && !rows.Any(row => row.Holds(total)))
            {
                return total;
            }
        }

        return null;
    }

    private static (long Lowest, long Highest) Reachable(Scheme scheme)
    {
        var (lowest, highest) = (-Far, Far);
        foreach (var step in scheme.TotalSteps)
        {
            (lowest, highest) = step.Kind switch
            {
                TotalStepKind.Join => (-Far, Far),
                TotalStepKind.Cap => (Math.Min(lowest, step.Points), Math.Min(highest, step.Points)),
                TotalStepKind.Floor => (Math.Max(lowest, step.Points), Math.Max(highest, step.Points)),
                _ => (lowest, highest),
            };
        }

        foreach (var veto in scheme.TotalSteps.Where(step => step.Kind == TotalStepKind.Veto))
        {
            (lowest, highest) = (Math.Min(lowest, veto.Points), Math.Max(highest, veto.Points));
        }

        return scheme.Composition?.Kind == CompositionKind.Sum ? (lowest < 0 ? -Far : lowest, Far) : (lowest, highest);
    }
}
