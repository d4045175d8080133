using Jifen.Documents.Annexes.Sheets;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Documents.Annexes;

/// <summary>
/// 总分表: everyone in the order of the roster. A hidden column holds the 编号 of the outcomes, so that the file can be read as last year's
/// totals by <see cref="Imports.PreviousTotals"/>.
/// </summary>
internal sealed class TotalsSheet(Scorer scorer, Totals totals, AnnexTexts texts)
{
    /// <summary>A sheet ends at 2²⁰ rows.</summary>
    public const int MostMembers = 1_000_000;

    private const int HeadRows = 3;
    private const int SampledForWidth = 2_000;
    private readonly Scheme _scheme = scorer.Plan.Scheme;

    public void AddTo(WorkbookFile workbook)
    {
        for (var first = 0; first == 0 || first < totals.Count; first += MostMembers)
        {
            var from = first;
            var layout = Layout();
            workbook.Add("总分表", layout, sheet => Write(sheet, layout, from, Math.Min(totals.Count, from + MostMembers)));
        }
    }

    private SheetLayout Layout()
    {
        var sample = scorer.Roster.Members.Take(SampledForWidth).ToList();
        List<double> widths =
        [
            7,
            TextWidth.Column(sample.Select(texts.NumberOf), 9, 22),
            TextWidth.Column(sample.Select(member => member.Name), 10, 18),
            TextWidth.Column(sample.Select(member => member.Branch), 16, 34),
            14,
            .. _scheme.Sections.Select(section => TextWidth.Column([section.Name], 11, 16)),
            9, 7, 11, 46, -12,
        ];
        if (_scheme.RunningAccount is { } account)
        {
            widths.Add(TextWidth.Column([account.Name], 10, 16));
        }

        return new SheetLayout(widths, IsLandscape: true, HeadRows);
    }

    private void Write(SheetWriter sheet, SheetLayout layout, int from, int end)
    {
        sheet.Line(36, $"{texts.Cycle}党员积分总分表", CellLook.Title);
        sheet.Line(
            24,
            $"依据：{texts.Scheme}{(texts.IsTrial ? "　（试算：办法尚有暂行的解释或未填的支部定）" : "")}",
            CellLook.LineLeft,
            $"制表日期：{texts.Date}",
            split: layout.ColumnWidths.Count - (_scheme.RunningAccount is null ? 3 : 4));
        WriteHead(sheet);
        var outcomesWidth = layout.ColumnWidths[^(_scheme.RunningAccount is null ? 2 : 3)];
        for (var member = from; member < end; member++)
        {
            WriteMember(sheet, layout, member, outcomesWidth);
        }
    }

    private void WriteHead(SheetWriter sheet)
    {
        sheet.BeginRow(32);
        string[] heads =
        [
            "序号", "编号", "姓名", "支部", "身份", .. _scheme.Sections.Select(section => section.Name), "总分", "名次", "等次", "结果运用",
            TotalsHeads.OutcomeIds, .. _scheme.RunningAccount is { } account ? [account.Name] : Array.Empty<string>(),
        ];
        foreach (var head in heads)
        {
            sheet.Text(head, CellLook.Head);
        }

        sheet.EndRow();
    }

    private void WriteMember(SheetWriter sheet, SheetLayout layout, int member, double outcomesWidth)
    {
        var who = scorer.Roster.Members[member];
        var outcomes = texts.OutcomesOf(member);
        sheet.BeginRow(TextWidth.RowHeightFor(
            (outcomes, outcomesWidth), (texts.NumberOf(who), layout.ColumnWidths[1]), (who.Name, layout.ColumnWidths[2]), (who.Branch, layout.ColumnWidths[3])));
        sheet.Count(member + 1);
        sheet.Text(texts.NumberOf(who), CellLook.Centred);
        sheet.Text(who.Name, CellLook.Centred);
        sheet.Text(who.Branch, CellLook.Text);
        sheet.Text(Member.StandingName(who.Standing), CellLook.Centred);
        for (var section = 0; section < _scheme.Sections.Count; section++)
        {
            sheet.Points(texts.SectionOf(member, section));
        }

        var has = totals.HasScorecard(member);
        sheet.Points(texts.TotalOf(member));
        sheet.Count(has && totals.RankOf(member) is > 0 and var rank ? rank : null);
        sheet.Text(has ? totals.GradeOf(member) ?? "" : "", CellLook.Centred);
        sheet.Text(outcomes, CellLook.Text);
        sheet.Text(has ? string.Join(';', totals.OutcomesOf(member).Select(outcome => outcome.Id)) : "", CellLook.Text);
        if (_scheme.RunningAccount is not null)
        {
            sheet.Points(has ? totals.RunningOf(member)?.Hundredths : null);
        }

        sheet.EndRow();
    }
}
