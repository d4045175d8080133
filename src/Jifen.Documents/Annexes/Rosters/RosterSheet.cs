using System.Globalization;
using System.IO.Compression;
using System.Text;
using Jifen.Cycle.Members.Rosters;
using Jifen.Documents.Annexes.Sheets;
using Jifen.Scoring.Facts;

namespace Jifen.Documents.Annexes.Rosters;

/// <summary>One person of a roster on paper.</summary>
public sealed record RosterEntry(
    string? Number,
    string Name,
    string Branch,
    Standing? Standing,
    string? Category,
    string? PartyGroup,
    DateOnly? ArrivedOn,
    string? Offices,
    string? Floating,
    bool IsExempt);

/// <summary>
/// The roster as a file to print, to work on and to import again: what is imported comes first, under the heads the import knows. No
/// identity numbers, no phone numbers.
/// </summary>
public static class RosterSheet
{
    private static readonly string[] Heads =
    [
        .. new[]
        {
            RosterField.Number, RosterField.Name, RosterField.Branch, RosterField.Standing, RosterField.Category, RosterField.PartyGroup, RosterField.ArrivedOn,
        }.Select(RosterFieldText.Name),
        "任职", "外出流动", "免予积分",
    ];

    private static readonly string[] Hints =
    [
        "一行写一个人；表头不要改名，列的先后随意，可以有别的列。",
        "编号：工号、学号或支部自编的号，全校不重复。不收集身份证号。没有编号的留空，按姓名认人。",
        "支部：全称或简称。只导入一个支部的，可以留空。",
        $"身份：{string.Join("、", Enum.GetValues<Standing>().Select(Member.StandingName))}。",
        "类别：办法分类别记分的才写，如 教职工、学生。",
        "党小组：先在系统里设立，这里写简称。",
        "到支部日期：如 2025-03-01；留空的，按导入时选的日期。",
        "任职、外出流动、免予积分：导出时带上，供查看；导入时不读，在各人的页面办理。",
    ];

    /// <summary>UTF-8 with a mark, so that spreadsheets show Chinese; no cell is taken for a formula.</summary>
    public static void WriteCsv(Stream stream, IEnumerable<RosterEntry> people)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        text.WriteLine(string.Join(',', Heads));
        foreach (var person in people)
        {
            text.WriteLine(string.Join(',', Cells(person).Select(CsvField.Of)));
        }
    }

    /// <summary>A workbook; every cell is text.</summary>
    public static void WriteWorkbook(Stream stream, IReadOnlyList<RosterEntry> people)
    {
        using var workbook = new WorkbookFile(stream, CompressionLevel.Optimal);
        workbook.Add("名册", LayoutFor(people), sheet =>
        {
            sheet.BeginRow(30);
            foreach (var head in Heads)
            {
                sheet.Text(head, CellLook.Head);
            }

            sheet.EndRow();
            foreach (var person in people)
            {
                sheet.BeginRow(24);
                foreach (var cell in Cells(person))
                {
                    sheet.Text(cell, CellLook.Centred);
                }

                sheet.EndRow();
            }
        });
        workbook.Add("填写说明", new SheetLayout([110], IsLandscape: true, HeadRows: 0), sheet =>
        {
            foreach (var hint in Hints)
            {
                sheet.Line(28, hint, CellLook.LineLeft);
            }
        });
    }

    /// <summary>An empty roster of the branch to fill in.</summary>
    public static void WriteTemplate(Stream stream) => WriteWorkbook(stream, []);

    private static SheetLayout LayoutFor(IReadOnlyList<RosterEntry> people)
    {
        var rows = people.Take(2_000).Select(person => Cells(person).ToList()).Append([.. Heads]).ToList();
        return new SheetLayout(
            [.. Heads.Select((_, column) => TextWidth.Column(rows.Select(row => row[column]), least: 11, most: 34))], IsLandscape: true, HeadRows: 1);
    }

    private static IEnumerable<string> Cells(RosterEntry person) =>
    [
        person.Number ?? "",
        person.Name,
        person.Branch,
        person.Standing is { } standing ? Member.StandingName(standing) : "",
        person.Category ?? "",
        person.PartyGroup ?? "",
        person.ArrivedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        person.Offices ?? "",
        person.Floating ?? "",
        person.IsExempt ? "是" : "",
    ];
}
