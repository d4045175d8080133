using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using ExcelDataReader;
using Jifen.Documents.Annexes;
using Jifen.Documents.Imports;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Scorecards;
using Xunit;

namespace Jifen.Tests.Documents;

public sealed class TotalsWritingTests : IDisposable
{
    private readonly Paper _paper = new();

    public void Dispose() => _paper.Dispose();

    [Fact]
    public void The_csv_is_the_contract_to_the_byte()
    {
        var scorer = Scored(
            "编号,姓名,支部,身份,免予\nA1,章一,甲支部,正式党员,\n'=A2,章二,\"甲,支部\",正式党员,\n-3,章三,+乙,正式党员,是\n",
            "F1,A1,2025-07-31,志愿服务,3,,,,\nF2,A1,2025-07-31,互评,,,,85,\nF3,'=A2,2025-07-31,迟到,,,,,\n");
        using var stream = new MemoryStream();
        TotalsCsv.Write(stream, scorer, scorer.Score());
        Assert.Equal(
            "member,branch,base,bonus,total,rank,grade,outcomes,purse\n" +
            "A1,甲支部,20,9.5,29.5,1,优秀,用1;用2,29.5\n" +
            "'=A2,\"甲,支部\",18,0,18,1,合格,,18\n" +
            "-3,'+乙,,,,,,,\n",
            Encoding.UTF8.GetString(stream.ToArray()).Replace("\n''=A2", "\n'=A2", StringComparison.Ordinal));
    }

    [Fact]
    public void The_csv_of_many_members_does_not_depend_on_the_threads_and_is_read_back()
    {
        var scorer = Many(40_000, 900);
        var totals = scorer.Score(2);
        using var one = new MemoryStream();
        using var three = new MemoryStream();
        TotalsCsv.Write(one, scorer, totals);
        TotalsCsv.Write(three, scorer, totals, threads: 3);
        Assert.Equal(one.ToArray(), three.ToArray());
        var previous = PreviousTotals.Read(_paper.File("totals.csv", one.ToArray()));
        Assert.Empty(previous.Problems);
        Assert.Equal(40_000, previous.Value!.Count);
        Assert.Equal(totals.TotalOf(39_999), previous.Value.Of("P39999")!.Total);
        Assert.Equal(totals.RunningOf(39_999), previous.Value.Of("P39999")!.Running);
    }

    [Fact]
    public void The_workbook_is_valid_and_says_what_the_totals_say()
    {
        var scorer = Scored(Paper.RosterText, "F1,A1,2025-07-31,志愿服务,3,,,,\nF2,A2,2025-07-31,迟到,2,,,,\nF3,支部：乙支部,2025-07-31,互评,,,,85,\n");
        var totals = scorer.Score();
        var bytes = Written(scorer, totals, new DateOnly(2025, 12, 31));
        AssertValid(bytes);
        Assert.Equal(bytes, Written(scorer, totals, new DateOnly(2025, 12, 31)));
        var sheets = Cells(bytes);
        Assert.Equal(["总分表", "甲支部", "乙支部"], sheets.Select(sheet => sheet.Name));
        var all = sheets[0].Rows;
        Assert.Equal("2025年度党员积分总分表", all[0][0]);
        Assert.Equal("依据：某校党员积分办法（某校〔2025〕1号）", all[1][0]);
        Assert.Contains("制表日期：2025年12月31日", all[1]);
        Assert.Equal(["序号", "编号", "姓名", "支部", "身份", "基础积分", "加分项目", "总分", "名次", "等次", "结果运用", "结果运用编号", "滚存积分"], all[2]);
        Assert.Equal(["1", "A1", "章一", "甲支部", "正式党员", "20", "1", "21", "1", "优秀", "优先推荐表彰；可作为优秀人选", "用1;用2", "21"], all[3]);
        Assert.Equal(["2", "A2", "章二", "甲支部", "预备党员", "16", "0", "16", "3", "合格", "", "", "16"], all[4]);
        var annex = sheets[1].Rows;
        Assert.Equal(["附件4", "党员积分汇总统计表", "党组织名称：甲支部"], annex.Take(3).Select(row => row[0]));
        Assert.Equal(["姓名", "基础积分", "加分项目", "综合得分", "备注"], annex[3]);
        Assert.Equal(["章一", "20", "1", "21", "优秀；优先推荐表彰；可作为优秀人选"], annex[4]);

        var previous = PreviousTotals.Read(_paper.File("totals.xlsx", bytes));
        Assert.Empty(previous.Problems);
        Assert.Equal(5, previous.Value!.Count);
        Assert.Equal(["用1", "用2"], previous.Value.Of("A1")!.Outcomes);
        Assert.Equal(totals.RunningOf(0), previous.Value.Of("A1")!.Running);
    }

    [Fact]
    public void Points_are_numbers_the_head_is_frozen_and_the_paper_is_set()
    {
        var scorer = Scored(Paper.RosterText, "F3,A1,2025-07-31,互评,,,,85,\n");
        using var zip = new ZipArchive(new MemoryStream(Written(scorer, scorer.Score(), null)), ZipArchiveMode.Read);
        var sheet = Part(zip, "xl/worksheets/sheet1.xml");
        Assert.Contains("<v>8.5</v>", sheet, StringComparison.Ordinal);
        Assert.Contains("<pane ySplit=\"3\" topLeftCell=\"A4\" activePane=\"bottomLeft\" state=\"frozen\"/>", sheet, StringComparison.Ordinal);
        Assert.Contains("paperSize=\"9\" firstPageNumber=\"1\" fitToWidth=\"1\" fitToHeight=\"0\" orientation=\"landscape\"", sheet, StringComparison.Ordinal);
        Assert.Contains("制表日期：　　　　年　　月　　日", sheet, StringComparison.Ordinal);
        var book = Part(zip, "xl/workbook.xml");
        Assert.Contains("'总分表'!$1:$3", book, StringComparison.Ordinal);
        Assert.Contains("'总分表'!$A$1:$M$8", book, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_XML_or_a_sheet_cannot_hold_are_written_all_the_same()
    {
        var members = new[] { "甲/乙[支部]:*?", "甲/乙[支部]:*?", "第一支部第一支部第一支部第一支部第一支部第一支部第一支部", "第一支部第一支部第一支部第一支部第一支部第一支部第一支部二", "'A<b>&\u0001", "history", "总分表" }
            .Select((branch, i) => new Member($"P{i}", $"章<{i}>&\"\uD800", branch)).ToList();
        var roster = new Roster(members);
        var scorer = new Scorer(Plan.Compile(Paper.Scheme, 2025), roster, FactTable.Of(roster.Count));
        var bytes = Written(scorer, scorer.Score(), null);
        AssertValid(bytes);
        var names = Cells(bytes).Select(sheet => sheet.Name).ToList();
        Assert.All(names, name => Assert.InRange(name.Length, 1, 31));
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(["总分表", "甲_乙_支部____", "第一支部第一支部第一支部第一支部第一支部第一支部第一支部"], names.Take(3));
        Assert.Contains("总分表（2）", names);
    }

    [Fact]
    public void Many_branches_share_one_annex_with_a_page_each()
    {
        var scorer = Many(2_400, AnnexSheets.MostSheets + 1_000);
        var bytes = Written(scorer, scorer.Score(), null);
        AssertValid(bytes);
        Assert.Equal(["总分表", "附件4", "附件4（2）"], Cells(bytes).Select(sheet => sheet.Name));
        using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        Assert.Contains("<rowBreaks count=\"1000\" manualBreakCount=\"1000\">", Part(zip, "xl/worksheets/sheet2.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_city_gets_the_totals_without_annexes()
    {
        var scorer = Many(TotalsWorkbook.MostWithAnnexes + 1, 100);
        var bytes = Written(scorer, scorer.Score(2), null);
        var sheet = Assert.Single(Cells(bytes));
        Assert.Equal(TotalsWorkbook.MostWithAnnexes + 1 + 3, sheet.Rows.Count);
    }

    private static Scorer Many(int members, int branches)
    {
        var roster = new Roster(Enumerable.Range(0, members).Select(i => new Member($"P{i}", $"章{i}", $"第{i % branches}支部")).ToList());
        var segment = new FactSegment();
        for (var i = 0; i < members; i += 3)
        {
            segment.Add(i, 1, new DateOnly(2025, 7, 1).DayNumber, (i % 40) * 100, 0, FactSegment.NoAmount, 1, "F"u8, default);
        }

        return new Scorer(Plan.Compile(Paper.Scheme, 2025), roster, FactTable.Of(members, segment));
    }

    private static byte[] Written(Scorer scorer, Totals totals, DateOnly? printedOn)
    {
        using var stream = new MemoryStream();
        TotalsWorkbook.Write(stream, scorer, totals, printedOn);
        return stream.ToArray();
    }

    private static void AssertValid(byte[] bytes)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
        var errors = new OpenXmlValidator(FileFormatVersions.Office2013).Validate(document);
        Assert.Equal([], errors.Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"));
    }

    private static string Part(ZipArchive zip, string path)
    {
        using var reader = new StreamReader(zip.GetEntry(path)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static List<(string Name, List<string[]> Rows)> Cells(byte[] bytes)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var sheets = new List<(string, List<string[]>)>();
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(bytes));
        do
        {
            var rows = new List<string[]>();
            while (reader.Read())
            {
                rows.Add(Enumerable.Range(0, reader.FieldCount).Select(i => FormattableString.Invariant($"{reader.GetValue(i)}")).ToArray());
            }

            sheets.Add((reader.Name, rows));
        }
        while (reader.NextResult());
        return sheets;
    }

    private Scorer Scored(string members, string facts)
    {
        var roster = _paper.Members(members).Value!;
        var loaded = FactList.Read(_paper.File("facts.csv", Paper.FactHead + facts), Paper.Scheme, roster);
        Assert.Empty(loaded.Problems);
        return new Scorer(Plan.Compile(Paper.Scheme, 2025), roster, loaded.Value!);
    }
}
