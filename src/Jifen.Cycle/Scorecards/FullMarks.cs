using Jifen.Scoring;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Scorecards;

/// <summary>What a total is held against when people look at it: "94.5 of 100".</summary>
public static class FullMarks
{
    private const long Hundred = 100_00;

    /// <summary>
    /// The full marks of the sections that start full, and of those that add up to the hundred with them; not the bonus on top of it. Where the
    /// bonus is what leads up to the hundred (玉溪 四2: 60 and 25, and 100 at most), it is that hundred.
    /// </summary>
    /// <returns>null where the branch has still to fill them in</returns>
    public static Points? Of(Scheme scheme, string? category)
    {
        var full = scheme.Sections.Sum(section => section.Max?.For(category) ?? 0);
        if (full is > 0 and < Hundred)
        {
            full = Math.Min(Hundred, full + scheme.Sections.Where(section => section.Max is null).Sum(section => section.Cap?.For(category) ?? 0));
        }

        var cap = scheme.TotalSteps.Where(step => step.Kind == TotalStepKind.Cap).Select(step => (long?)step.Points).Min();
        return (full, cap) switch
        {
            ( < Hundred, { } top) => new Points(top),
            (0, null) => null,
            _ => new Points(Math.Min(full, cap ?? full)),
        };
    }
}
