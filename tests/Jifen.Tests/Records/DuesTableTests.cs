using System.Text;
using Jifen.Cycle.Records;
using Jifen.Documents.Imports;
using Jifen.Scoring.Schemes;
using Xunit;

namespace Jifen.Tests.Records;

public sealed class DuesTableTests
{
    private static readonly DateOnly September = new(2025, 9, 1);

    [Fact]
    public void What_is_copied_out_of_a_spreadsheet_is_read_with_its_head()
    {
        var row = Assert.Single(Good(DuesTable.ReadPasted("姓名\t月份\t应缴党费（元）\t实缴\t缴纳日期\n李文博\t2025年9月\t12.5\t12.5元\t2025/9/12\n", null)));

        Assert.Equal(("李文博", September, 12.5m, 12.5m, new DateOnly(2025, 9, 12)), (row.Name, row.Month, row.Due, row.Paid, row.PaidOn));
        Assert.Null(row.Number);
    }

    [Theory]
    [InlineData("20150001\t李文博\t2025-09\t12\t12\t2025-09-12", "20150001", "李文博")]
    [InlineData("20150001\t2025-09\t12\t12\t2025-09-12", "20150001", null)]
    [InlineData("李文博\t2025-09\t12\t12\t2025-09-12", null, "李文博")]
    [InlineData("李文博,2025-09,12,12,2025-09-12", null, "李文博")]
    public void Without_a_head_the_columns_are_in_order(string line, string? number, string? name)
    {
        var row = Assert.Single(Good(DuesTable.ReadPasted(line, null)));

        Assert.Equal((number, name, September), (row.Number, row.Name, row.Month));
    }

    [Fact]
    public void A_month_can_be_said_for_the_whole_list()
    {
        Assert.Equal(September, Assert.Single(Good(DuesTable.ReadPasted("姓名\t应缴\t实缴\t缴纳日期\n李文博\t12\t12\t2025-09-12", September))).Month);
        Assert.Contains("月份", Assert.Single(DuesTable.ReadPasted("姓名\t应缴\t实缴\n李文博\t12\t12", null).Problems).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_paid_is_nothing_and_a_total_at_the_end_is_nobody()
    {
        var rows = Good(DuesTable.ReadPasted("姓名\t月份\t应缴\t实缴\t缴纳日期\n李文博\t2025-09\t12\t\t\n\n合计\t\t12\t0\t\n", null));

        Assert.Equal((0m, null), (Assert.Single(rows).Paid, rows[0].PaidOn));
    }

    [Fact]
    public void Every_cell_at_fault_is_named()
    {
        var problems = DuesTable.ReadPasted("姓名\t月份\t应缴\t实缴\t缴纳日期\n\t九月\t十二\t12.345\t12号\n", null).Problems;

        Assert.Equal([(2, 1), (2, 2), (2, 3), (2, 4), (2, 5)], problems.Select(problem => (problem.Line, problem.Column)));
        Assert.All(problems, problem => Assert.StartsWith("粘贴的表 第2行", problem.Place, StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_read_goes_on_as_text_and_reads_back_the_same()
    {
        var rows = Good(DuesTable.ReadPasted("编号\t姓名\t月份\t应缴\t实缴\t缴纳日期\n1\t李,文博\t2025-09\t12.5\t0\t\n2\t王\"芳\t2025-09\t1\t1\t2025-09-30", null));

        Assert.Equal(rows, Good(DuesTable.ReadPasted(DuesTable.Write(rows), null)));
    }

    [Fact]
    public async Task A_csv_of_a_spreadsheet_is_read_in_its_encoding()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var content = new MemoryStream(Encoding.GetEncoding("GB18030").GetBytes("工号,月份,应交,实交,缴费日期\n20150001,2025-09,12,12,2025-09-12\n"));

        Assert.Equal("20150001", Assert.Single(Good(await DuesTable.ReadAsync(content, "九月.csv", null, TestContext.Current.CancellationToken))).Number);
    }

    [Fact]
    public async Task A_file_that_is_no_table_says_so_by_its_own_name()
    {
        using var content = new MemoryStream(OddFiles.Pdf);
        var problems = (await DuesTable.ReadAsync(content, "九月.pdf", null, TestContext.Current.CancellationToken)).Problems;

        Assert.All(problems, problem => Assert.Equal("九月.pdf", problem.Source));
        Assert.NotEmpty(problems);
        Assert.Contains("什么也没有粘贴", Assert.Single(DuesTable.ReadPasted(" \n", null).Problems).Cause, StringComparison.Ordinal);
    }

    private static IReadOnlyList<DuesListRow> Good(Loaded<IReadOnlyList<DuesListRow>> loaded)
    {
        Assert.Empty(loaded.Problems);
        return loaded.Value!;
    }
}
