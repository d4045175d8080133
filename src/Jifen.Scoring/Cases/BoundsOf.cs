using Jifen.Scoring.Schemes;
using Jifen.Scoring.Schemes.Forms;

namespace Jifen.Scoring.Cases;

/// <summary>The caps, floors, limits and vetoes of a scheme that facts can reach at all: each wants a case.</summary>
internal static class BoundsOf
{
    public static IEnumerable<(string Id, string Text)> Scheme(Scheme scheme)
    {
        foreach (var section in scheme.Sections)
        {
            foreach (var item in section.Items)
            {
                foreach (var bound in Item(scheme, section, item))
                {
                    yield return bound;
                }
            }

            var (least, most) = Extent(scheme, section);
            if (section.Cap is { IsLeftToBranch: false } cap && most > Largest(cap))
            {
                yield return (Id(section.Id, "封顶"), $"部分“{section.Name}”的封顶");
            }

            if (section.Floor is { IsLeftToBranch: false } floor && least < Smallest(floor))
            {
                yield return (Id(section.Id, "保底"), $"部分“{section.Name}”的保底");
            }

            if (section.Limits.Count > 0)
            {
                yield return (Id(section.Id, "限额"), $"部分“{section.Name}”的限额");
            }
        }

        var (low, high) = (0L, 0L);
        foreach (var step in scheme.TotalSteps)
        {
            switch (step.Kind)
            {
                case TotalStepKind.Join:
                    var (least, most) = Extent(scheme, scheme.Sections[step.Section]);
                    (low, high) = (low + least, high + most);
                    break;
                case TotalStepKind.Cap:
                    if (high > step.Points)
                    {
                        yield return (Id("total", "封顶"), "总分的封顶");
                    }

                    high = Math.Min(high, step.Points);
                    break;
                case TotalStepKind.Floor:
                    if (low < step.Points)
                    {
                        yield return (Id("total", "保底"), "总分的保底");
                    }

                    low = Math.Max(low, step.Points);
                    break;
                case TotalStepKind.Limit:
                    yield return (Id("total", "限额"), "总分的限额");
                    break;
                case TotalStepKind.Veto:
                    yield return (Id("total", "否决"), "否决");
                    break;
            }
        }
    }

    public static string Id(string owner, string bound) => $"{owner}/{bound}";

    private static IEnumerable<(string Id, string Text)> Item(Scheme scheme, Section section, ScoringItem item)
    {
        var full = section.Start.Kind == StartKind.Full;
        var (least, most) = Rules(scheme, item);
        var cap = full ? item.Max : item.Cap;
        if (cap is { IsLeftToBranch: false } && (full ? most > 0 : item.Start + most > Largest(cap)))
        {
            yield return (Id(item.Id, "封顶"), $"项目“{item.Name}”的{(full ? "满分" : "封顶")}");
        }

        if (full ? item.Max is { IsLeftToBranch: false } max && Largest(max) + least < 0 : item.Floor is { IsLeftToBranch: false } floor && item.Start + least < Smallest(floor))
        {
            yield return (Id(item.Id, "保底"), $"项目“{item.Name}”扣到底");
        }

        if (item.Limits.Count > 0)
        {
            yield return (Id(item.Id, "限额"), $"项目“{item.Name}”的限额");
        }
    }

    private static (long Least, long Most) Extent(Scheme scheme, Section section)
    {
        if (section.ItemsLeftToBranch)
        {
            return (0, 0);
        }

        var (least, most) = section.Start.Kind == StartKind.Full ? (0L, 0L) : (section.Start.Base, section.Start.Base);
        foreach (var item in section.Items)
        {
            var (low, high) = Rules(scheme, item);
            if (section.Start.Kind == StartKind.Full)
            {
                (low, high) = (0, item.Max is { } max ? Largest(max) : 0);
            }
            else
            {
                low = Math.Max(item.Start + low, item.Floor is { IsLeftToBranch: false } floor ? Smallest(floor) : -Rule.Unbounded);
                high = Math.Min(item.Start + high, item.Cap is { IsLeftToBranch: false } cap ? Largest(cap) : Rule.Unbounded);
            }

            (least, most) = (least + low, most + high);
        }

        return (
            section.Floor is { IsLeftToBranch: false } lower ? Math.Max(least, Smallest(lower)) : least,
            section.Cap is { IsLeftToBranch: false } upper && most > Largest(upper) ? Largest(upper) + 1 : most);
    }

    private static (long Least, long Most) Rules(Scheme scheme, ScoringItem item)
    {
        var least = 0L;
        var most = 0L;
        foreach (var rule in item.Rules)
        {
            var (low, high) = rule.Extent(scheme);
            least = Math.Max(-Rule.Unbounded, least + low);
            most = Math.Min(Rule.Unbounded, most + high);
        }

        return (least, most);
    }

    private static long Largest(Bound bound) => bound.ByCategory is { } map ? map.Values.Max() : bound.For(null) ?? 0;

    private static long Smallest(Bound bound) => bound.ByCategory is { } map ? map.Values.Min() : bound.For(null) ?? 0;
}
