using Jifen.Documents.Imports;
using Jifen.Documents.Imports.Workbooks;
using Jifen.Scoring;
using Xunit;

namespace Jifen.Tests.Documents;

public sealed class WorkbookReadingTests : IDisposable
{
    private static readonly string[] FactHeads = ["编号", "党员", "日期", "事实", "数量", "级别", "内容", "分值", "状态"];

    private readonly Paper _paper = new();

    public void Dispose() => _paper.Dispose();

    [Fact]
    public void Excel_dates_numbers_as_text_texts_as_numbers_and_formulas_are_read()
    {
        var file = _paper.Workbook(
            Paper.Row(1, "2025年度积分事实登记表") + Paper.Row(3, FactHeads)
            + Paper.Row(4, "F1", "A1", "<c s=\"1\"><v>45869</v></c>", "迟到", "<c><v>2</v></c>")
            + Paper.Row(6, "<c><v>7</v></c>", "A2", "２０２５年７月３１日", "志愿服务", "<c><f>0.1+0.2</f><v>0.30000000000000004</v></c>")
            + Paper.Row(7, "<c s=\"2\"><v>12</v></c>", "B1；B2", "<c><v>20250731</v></c>", "迟到", "１次"));
        var loaded = FactList.Read(file, Paper.Scheme, Paper.Roster);
        Assert.Empty(loaded.Problems);
        Assert.Equal(
            [
                "A1 F1 2025-07-31 迟到 200 0 - 1 ", "A2 7 2025-07-31 志愿服务 30 0 - 1 ",
                "B1 000012 2025-07-31 迟到 100 0 - 2 ", "B2 000012 2025-07-31 迟到 100 0 - 2 ",
            ],
            FactListTests.Listed(loaded.Value!));
    }

    [Fact]
    public void Problems_name_sheet_and_cell()
    {
        var file = _paper.Workbook(
            Paper.Row(2, FactHeads) + Paper.Row(3, "F1", "A9", "2025-07-31", "迟到") + Paper.Row(9, "F1", "A1", "<c><v>45869</v></c>", "迟到")
            + Paper.Row(10, "F3", "A1", "2025-07-31", "迟到", "<c t=\"e\"><v>#N/A</v></c>"),
            sheetName: "登记");
        var loaded = FactList.Read(file, Paper.Scheme, Paper.Roster);
        Assert.Null(loaded.Value);
        Assert.Equal(["登记!B3", "登记!A9", "登记!C9", "登记!E10"], loaded.Problems.Select(problem => problem.Cell));
        Assert.Equal("编号“F1”与登记!A3重复", loaded.Problems[1].Cause);
        Assert.Equal("日期“45869”读不懂", loaded.Problems[2].Cause);
        Assert.StartsWith("book.xlsx 登记!B3 错误：名册里没有编号为“A9”的党员", Paper.Said(loaded.Problems[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_head_is_looked_for_and_what_it_lacks_is_said()
    {
        var missing = _paper.Workbook(Paper.Row(1, "名册") + Paper.Row(2, "编号", "姓名", "身份"));
        Assert.Equal(
            ["book.xlsx Sheet1!A2 错误：表头缺少“支部”。改法：加上这一列（也可写 branch）；现在的表头是：编号、姓名、身份"],
            Paper.Said(MemberRoster.Read(missing, Paper.Scheme)));
        var none = _paper.Workbook(Paper.Row(1, "甲", "乙"));
        Assert.Contains("都找不到表头", Assert.Single(Paper.Said(MemberRoster.Read(none, Paper.Scheme))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_roster_in_a_workbook_is_the_same_as_in_csv()
    {
        var rows = Paper.RosterText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, i) => Paper.Row(i + 4, line.Trim().Split(',')));
        var loaded = MemberRoster.Read(_paper.Workbook(string.Concat(rows)), Paper.Scheme);
        Assert.Empty(loaded.Problems);
        Assert.Equal(Paper.Roster.Members, loaded.Value!.Members);
    }

    [Fact]
    public void Other_zips_and_broken_ones_are_refused()
    {
        var other = _paper.File("letter.docx", Paper.Zip(("word/document.xml", "<a/>")));
        Assert.Contains("不是 .xlsx 工作簿", Assert.Single(Paper.Said(MemberRoster.Read(other, Paper.Scheme))), StringComparison.Ordinal);
        var cut = _paper.File("cut.xlsx", [.. Paper.Zip(("xl/workbook.xml", "<a/>"))[..40]]);
        Assert.Contains("已损坏", Assert.Single(Paper.Said(MemberRoster.Read(cut, Paper.Scheme))), StringComparison.Ordinal);
        var hollow = _paper.File("hollow.xlsx", Paper.Zip(("xl/workbook.xml", "<a/>")));
        Assert.NotEmpty(MemberRoster.Read(hollow, Paper.Scheme).Errors);
    }

    [Fact]
    public void A_workbook_that_unpacks_to_something_huge_is_refused()
    {
        var bomb = _paper.File("bomb.xlsx", Paper.Zip(("xl/workbook.xml", "<a/>"), ("xl/worksheets/sheet1.xml", new string(' ', 8 << 20))));
        Assert.Contains("200倍以上", Assert.Single(MemberRoster.Read(bomb, Paper.Scheme).Problems).Cause, StringComparison.Ordinal);
        var parts = Enumerable.Range(0, WorkbookGuard.MostParts + 1).Select(i => ($"xl/{i}.xml", "")).Append(("xl/workbook.xml", "<a/>")).ToArray();
        Assert.Contains("2002个部件", Assert.Single(MemberRoster.Read(_paper.File("many.xlsx", Paper.Zip(parts)), Paper.Scheme).Problems).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_beyond_any_sheet_do_not_hang_the_reader()
    {
        var file = _paper.Workbook(
            Paper.Row(1, "编号", "姓名", "支部", "身份") + Paper.Row(2, "A1", "章一", "甲", "正式党员") + "<row r=\"2000000000\"><c r=\"ZZZZZZ2000000000\"><v>1</v></c></row>");
        var loaded = MemberRoster.Read(file, Paper.Scheme);
        Assert.True(loaded.Value is not null || loaded.Errors.Any());
    }

    [Fact]
    public void Last_years_totals_are_read_with_or_without_a_running_account()
    {
        var loaded = PreviousTotals.Read(_paper.File("t.csv", "member,branch,base,total,rank,grade,outcomes,purse\nA1,甲,20,21.5,1,优秀,用1;用2,31.25\nA2,甲,,,,,,\n'=A3,甲,20,-1,2,,,\n"));
        Assert.Empty(loaded.Problems);
        Assert.Equal(2, loaded.Value!.Count);
        var first = loaded.Value.Of("A1")!;
        Assert.Equal((new Points(2150), new Points(3125)), (first.Total, first.Running!.Value));
        Assert.Equal(["用1", "用2"], first.Outcomes);
        Assert.Equal(new Points(-100), loaded.Value.Of("=A3")!.Total);
        Assert.Null(loaded.Value.Of("=A3")!.Running);
        Assert.Equal(
            ["t.csv 第2行4列 错误：分数“高”读不懂。改法：写数，最多两位小数；没有得分单的人留空", "t.csv 第3行1列 错误：编号“A1”与第2行重复。改法：一个人只写一行"],
            Paper.Said(PreviousTotals.Read(_paper.File("t.csv", "编号,总分,结果运用编号\nA1,高,\nA1,2,\n"))).Select(said => said.Replace("4列", "4列", StringComparison.Ordinal)));
    }
}
