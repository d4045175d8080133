using Jifen.Cycle;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring.Schemes;
using Jifen.Store.Steps;

namespace Jifen.Store.Reads;

/// <summary>What a notice shows: masked names with sections and total, or the items of the scheme; nothing of reasons, health or disposal.</summary>
public static class NoticeSheets
{
    public const int LongestTitle = 80;
    public const int LongestText = 2000;

    public static async Task<NoticeContent> OfAsync(
        RoundTables tables, DataScope scope, OrganizationId branch, BranchYear year, PlannedStep step, NoticeDraft draft, CancellationToken cancel = default)
    {
        var scheme = year.InForce.Scheme;
        var name = (await Organizations.OneAsync(scope, branch, cancel))?.Name ?? "";
        var (columns, rows) = ShowsPoints(step) ? await PointsAsync(tables, scope, branch, year, step, draft.TotalOnly, cancel)
            : ShowsItems(step) ? Items(scheme)
            : ([], []);
        return new NoticeContent(
            draft.Title.Trim(), name, scheme.Name, draft.Text.Trim(), step.Step.IsNoticeOfPoints() ? draft.ObjectTo.Trim() : "", columns, rows, string.IsNullOrWhiteSpace(draft.Correction) ? null : draft.Correction.Trim());
    }

    /// <summary>A notice with days, or one that rests on a summary, is about points; one that rests on 定项目 about items.</summary>
    public static bool ShowsPoints(PlannedStep step) =>
        step.Step.IsNoticeOfPoints() || step.After.Any(before => before.Step.Kind is StepKinds.Summary or StepKinds.Decision or StepKinds.Review);

    public static bool ShowsItems(PlannedStep step) => !ShowsPoints(step) && step.After.Any(before => before.Step.Kind == StepKinds.Refinement);

    internal static InputIsWrong? FaultOf(PlannedStep step, string title, string text, string objectTo)
    {
        var faults = new List<RowFault>();
        Add("title", "标题", title, LongestTitle);
        Add("text", "正文", text, LongestText);
        // What is only made known has no days, and so none for objecting.
        if (step.Step.IsNoticeOfPoints())
        {
            Add("object-to", "向谁提", objectTo, LongestText);
        }

        return faults.Count == 0 ? null : new InputIsWrong(faults);

        void Add(string field, string what, string written, int most)
        {
            if (written.Trim().Length is 0)
            {
                faults.Add(new RowFault(RowFault.WholeForm, field, $"没有写{what}"));
            }
            else if (written.Length > most)
            {
                faults.Add(new RowFault(RowFault.WholeForm, field, $"{what}太长，至多{most}个字"));
            }
        }
    }

    private static async Task<(IReadOnlyList<string> Columns, IReadOnlyList<NoticeRow> Rows)> PointsAsync(
        RoundTables tables, DataScope scope, OrganizationId branch, BranchYear year, PlannedStep step, bool totalOnly, CancellationToken cancel)
    {
        var sections = totalOnly ? [] : year.InForce.Scheme.Sections;
        if (await tables.ScoresAsync(scope, branch, step.Round, cancel) is not { } scores)
        {
            return ([], []);
        }

        // Who is exempt has no points and stands on no notice: why he is not there is nobody's business.
        var shown = scores.People.Where(person => person.Presence == Presence.OnRoll).OrderBy(person => person.Place).ToList();
        shown.RemoveAll(person => !scores.CardOf(person.Person).HasScorecard);
        var names = MaskedName.Of(shown.ConvertAll(person => person.Member.Name));
        return (
            [.. sections.Select(section => section.Name), "总分"],
            [.. shown.Select((person, place) =>
            {
                var card = scores.CardOf(person.Person);
                return new NoticeRow(
                    person.Person,
                    names[place],
                    [.. sections.Select(section => (card.Sections.FirstOrDefault(one => one.Id == section.Id)?.Points ?? Scoring.Points.Zero).ToString()), card.Total.ToString()]);
            })]);
    }

    private static (IReadOnlyList<string> Columns, IReadOnlyList<NoticeRow> Rows) Items(Scheme scheme) => (
        ["项目", "满分或封顶"],
        [.. scheme.Sections.SelectMany(section => section.Items.Select(item => new NoticeRow(
            null, section.Name, [item.Name, (item.Max ?? item.Cap)?.For(null) is { } most ? new Scoring.Points(most).ToString() : "照办法"])))]);
}
