using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Points;

/// <summary>A score sheet as the page shows it: items with their lines, each line with its fact, its clause and who wrote it down.</summary>
internal sealed class SheetReasons(LiveYear year, Scorecard card, IReadOnlyDictionary<EntryId, EntryReason> entries, NoticeId? notice = null, Decided? decided = null)
{
    // What the scorer calls the line that makes the year of its rounds.
    private const string ComposedYear = "年度合成";

    private Scheme Scheme => card.Scheme;

    /// <summary>Items of a section; those of the scheme of which there is no line are named at the end.</summary>
    public IReadOnlyList<Reason> Of(ScorecardSection section)
    {
        var own = Scheme.Sections.FirstOrDefault(candidate => candidate.Id == section.Id);
        var profile = Profile.Of(card.Member);
        var untouched = own?.Items
            .Where(item => item.Applies.Covers(profile) && section.Items.All(shown => shown.Id != item.Id))
            .Select(item => item.Name)
            .ToList() ?? [];
        var shown = section.Items.Select(item => Of(item, own));
        return untouched.Count == 0
            ? [.. shown]
            : [.. shown, new Reason(section.Items.Count == 0 ? "没有记录" : "其余没有记录", Note: string.Join("、", untouched))];
    }

    /// <summary>部分 / 满分, as shown beside its heading.</summary>
    public string Points(ScorecardSection section) =>
        Scheme.Sections.FirstOrDefault(candidate => candidate.Id == section.Id) is { } own && (own.Max ?? own.Cap)?.For(card.Member.Category) is { } most
            ? $"{PointsText.Plain(section.Points)}分 / {(own.Max is null ? "封顶" : "满分")}{new Scoring.Points(most)}"
            : $"{PointsText.Plain(section.Points)}分";

    private Reason Of(ScorecardItem item, Section? section)
    {
        var own = section?.Items.FirstOrDefault(candidate => candidate.Id == item.Id);
        var full = own?.Max?.For(card.Member.Category);
        var lines = item.Lines.Select(Of).ToList();
        return new Reason(
            item.Name,
            PointsText.Plain(item.Points),
            item.Points.Hundredths / 100m,
            full is { } most ? most / 100m : null,
            Cite(own?.Clauses ?? []),
            Link(own?.Clauses ?? []),
            Because: lines);
    }

    private Reason Of(ScoreLine line)
    {
        var fact = year.Scores.FactOf(line.FactId);
        var clauses = line.Clause.Length == 0 ? [] : line.Clause.Split('；');
        // A fact of a branch before was decided there.
        var decision = fact is not null && entries.ContainsKey(fact.Entry) ? decided?.Of(line.Date) : null;
        return new Reason(
            Sentence(line, fact),
            PointsText.Signed(line.Points),
            Clause: Cite(clauses),
            ClauseUrl: Link(clauses),
            Note: Note(line, fact),
            Url: fact is null ? null : UrlOf(fact),
            // One's own line, while its result is on notice.
            ObjectUrl: fact is null || notice is not { } open ? null : $"/objections/new?about=own&notice={open}&entry={fact.Entry}",
            Decision: decision?.Text,
            DecisionUrl: decision?.Url);
    }

    // The form's sentence ends with the points; they stand in a place of their own. A fact is told by what it was, not only by its kind.
    private string Sentence(ScoreLine line, DerivedFact? fact)
    {
        var end = $" {(line.Points > Scoring.Points.Zero ? "+" : "")}{PointsText.Minus(line.Points)}";
        var text = line.Text.EndsWith(end, StringComparison.Ordinal) ? line.Text[..^end.Length] : line.Text;
        return fact is null || fact.What == fact.Kind.Name || text.Contains(fact.What, StringComparison.Ordinal) ? text : $"{text}：{fact.What}";
    }

    private string? Note(ScoreLine line, DerivedFact? fact)
    {
        var parts = new List<string>();
        if (fact is not null)
        {
            parts.Add(entries.TryGetValue(fact.Entry, out var entry) ? Say(entry) : "由原来的支部登记");
        }

        if (line.Reading is { } id && Scheme.Readings.FirstOrDefault(reading => reading.Id == id) is { } reading)
        {
            parts.Add($"解释{reading.Id}：{reading.Adopted}");
        }

        return parts.Count == 0 ? null : string.Join("。", parts);
    }

    public static string Say(EntryReason entry)
    {
        var who = entry.Recorder is { } name
            ? $"{(Words.Read<Role>(entry.Office) is { } role && role != Role.Member ? role.Name() : "")}{name}"
            : "原来的支部";
        var said = $"{who}{DayText.MonthDay(CivilTime.DayOf(entry.RecordedAt))}登记";
        if (entry.SecondBy is { } second)
        {
            said += $"，{second}确认";
        }

        if (entry.ConfirmedBy is { } body && entry.ConfirmedAt is { } at)
        {
            said += $"，{body}{DayText.MonthDay(CivilTime.DayOf(at))}认定";
        }

        return entry.Ground is { Length: > 0 } ground ? $"{said}，依据：{ground}" : said;
    }

    private string? UrlOf(DerivedFact fact) => fact.Origin == FactOrigin.Attendance && entries.TryGetValue(fact.Entry, out var entry) && entry.GatheringId is { } gathering
        ? $"/gatherings/{gathering}"
        : entries.ContainsKey(fact.Entry) ? $"/records/{fact.Entry}" : null;

    private static string? Cite(IReadOnlyList<string> clauses) => clauses.Count == 0 ? null : string.Join("；", clauses);

    private string? Link(IReadOnlyList<string> clauses) => clauses.Count == 0 ? null : ClauseLink.Of(Scheme.Fingerprint, clauses[0]);
}

/// <summary>Points as pages write them.</summary>
internal static class PointsText
{
    public static string Plain(Scoring.Points points) => points.ToString();

    public static string Signed(Scoring.Points points) => points > Scoring.Points.Zero ? $"+{points}" : points.ToString();

    /// <summary>With the minus of the sentences.</summary>
    public static string Minus(Scoring.Points points) => points < Scoring.Points.Zero ? $"−{-points}" : points.ToString();

    public static decimal Number(Scoring.Points points) => points.Hundredths / 100m;
}
