using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Web.Pages.Points;

/// <summary>A column of the table of points: a section, or an item of one.</summary>
/// <param name="Full">满分 or 封顶 as written in the head; null for none, or where it differs by category</param>
internal sealed record PointsColumn(string Name, string? Full, string Section, string? Item)
{
    /// <summary>The sections of a scheme, or the items of one of them.</summary>
    public static List<PointsColumn> Of(Scheme scheme, string? section) => scheme.Sections.FirstOrDefault(one => one.Id == section) is { } chosen
        ? chosen.Items.Select(item => new PointsColumn(item.Name, FullOf(item.Max ?? item.Cap), chosen.Id, item.Id)).ToList()
        : scheme.Sections.Select(one => new PointsColumn(one.Name, FullOf(one.Max ?? one.Cap), one.Id, null)).ToList();

    public string Text(Scorecard card)
    {
        var points = PointsOf(card);
        return points is { } value ? PointsText.Plain(value) : Item is null ? "0" : "";
    }

    public bool IsLoss(Scorecard card) => PointsOf(card) is { Hundredths: < 0 };

    private Scoring.Points? PointsOf(Scorecard card)
    {
        var section = card.Sections.FirstOrDefault(one => one.Id == Section);
        return Item is null ? section?.Points : section?.Items.FirstOrDefault(one => one.Id == Item)?.Points;
    }

    private static string? FullOf(Bound? bound) => bound is { Common: not null } ? bound.For(null) is { } most ? new Scoring.Points(most).ToString() : null : null;
}
