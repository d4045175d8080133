using Jifen.Documents.Annexes.Sheets;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Documents.Annexes;

/// <summary>附件4 党员积分汇总统计表: one a branch, each on a sheet of its own, or on pages of one sheet when there are too many.</summary>
internal sealed class AnnexSheets(Scorer scorer, AnnexTexts texts)
{
    /// <summary>More sheets than this nobody leafs through.</summary>
    public const int MostSheets = 200;

    private const int RowsAbove = 4;
    private const double RemarkWidth = 34;
    private readonly Scheme _scheme = scorer.Plan.Scheme;

    public void AddTo(WorkbookFile workbook)
    {
        var branches = scorer.Roster.Branches;
        if (branches.Count <= MostSheets)
        {
            for (var branch = 0; branch < branches.Count; branch++)
            {
                var number = branch;
                workbook.Add(branches[branch], Layout(RowsAbove), sheet => Write(sheet, number));
            }

            return;
        }

        for (var next = 0; next < branches.Count;)
        {
            workbook.Add("附件4", Layout(headRows: 0), sheet =>
            {
                while (next < branches.Count && sheet.MayBreak)
                {
                    Write(sheet, next++);
                    sheet.BreakPage();
                }
            });
        }
    }

    private SheetLayout Layout(int headRows)
    {
        List<double> widths = [13, .. _scheme.Sections.Select(section => TextWidth.Column([section.Name], 12, 16)), 12, RemarkWidth];
        return new SheetLayout(widths, IsLandscape: _scheme.Sections.Count > 4, headRows);
    }

    private void Write(SheetWriter sheet, int branch)
    {
        var columns = _scheme.Sections.Count + 3;
        sheet.Line(22, "附件4", CellLook.Annex);
        sheet.Line(40, "党员积分汇总统计表", CellLook.Title);
        var name = $"党组织名称：{scorer.Roster.Branches[branch]}";
        sheet.Line(26, name, CellLook.LineLeft, texts.Date, split: columns - 1);
        sheet.BeginRow(30);
        foreach (var head in (string[])["姓名", .. _scheme.Sections.Select(section => section.Name), "综合得分", "备注"])
        {
            sheet.Text(head, CellLook.Head);
        }

        sheet.EndRow();
        foreach (var member in scorer.Roster.OfBranch(branch))
        {
            var who = scorer.Roster.Members[member];
            var remark = texts.RemarkOf(member);
            sheet.BeginRow(TextWidth.RowHeightFor((remark, RemarkWidth), (who.Name, 13)));
            sheet.Text(who.Name, CellLook.Centred);
            for (var section = 0; section < _scheme.Sections.Count; section++)
            {
                sheet.Points(texts.SectionOf(member, section));
            }

            sheet.Points(texts.TotalOf(member));
            sheet.Text(remark, CellLook.Text);
            sheet.EndRow();
        }
    }
}
