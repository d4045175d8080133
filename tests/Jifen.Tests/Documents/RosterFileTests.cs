using System.Text;
using Jifen.Cycle.Members.Rosters;
using Jifen.Documents;
using Jifen.Documents.Annexes.Rosters;
using Jifen.Documents.Imports.Rosters;
using Jifen.Documents.Imports.Tables;
using Jifen.Scoring.Facts;
using Xunit;

namespace Jifen.Tests.Documents;

public sealed class RosterFileTests
{
    [Fact]
    public void Columns_are_guessed_by_many_heads_in_any_order_below_titles()
    {
        var table = Csv("某支部党员名册\n序号,党员姓名,学号（必填）,人员类别,所在党支部,转入时间,身份证号\n1,章 一,007,预备党员,信息一支部,2025年3月1日,110101199003071234\n");
        var mapping = RosterMapping.Guess(table);
        var reading = RosterReading.Of(table, mapping);

        Assert.Equal(
            new RosterLine(0, "007", "章一", "信息一支部", Standing.Probationary, null, null, new DateOnly(2025, 3, 1)), Assert.Single(reading.Lines));
        Assert.True(RosterMapping.IsPrivate(table.Heads[6]));
        Assert.DoesNotContain(6, mapping.Columns.Values);
    }

    [Fact]
    public void A_column_of_standings_under_an_unknown_head_is_found_by_its_values()
    {
        var table = Csv("姓名,备注\n章一,正式党员\n章二,积极分子\n");

        Assert.Equal(1, RosterMapping.Guess(table)[RosterField.Standing]);
    }

    [Fact]
    public void What_cannot_be_read_is_told_by_cell()
    {
        var table = Csv("编号,姓名,身份,到支部日期\n1,,正式党员,\n110101199003071234,章二,党员干部,去年\n");
        var reading = RosterReading.Of(table, RosterMapping.Guess(table));

        Assert.Equal(
            [(0, RosterField.Name, "第2行第2列"), (1, RosterField.Number, "第3行第1列"), (1, RosterField.Standing, "第3行第3列"), (1, RosterField.ArrivedOn, "第3行第4列")],
            reading.Lines.SelectMany(line => reading.Notes[line.Row]).Select(note => (note.Row, note.Field, table.Place(note.Row, RosterMapping.Guess(table)[note.Field]))));
        Assert.DoesNotContain(reading.Notes[1], note => note.Value.Contains("19900307", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_in_GB18030_is_read()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var read = TableFile.Read(new InputFile("名册.csv", Encoding.GetEncoding("GB18030").GetBytes("姓名,身份\n章一,正式党员\n")), RosterMapping.IsKnownHead, 10);

        Assert.Equal("章一", read.Value!.Rows[0].Text(0));
    }

    [Fact]
    public void Too_many_rows_and_no_rows_are_refused()
    {
        Assert.True(Read("姓名\n" + string.Concat(Enumerable.Repeat("章一\n", 40)), most: 20).HasErrors);
        Assert.Contains("没有内容", Assert.Single(Read("姓名,身份\n").Problems).Cause, StringComparison.Ordinal);
        Assert.True(Read("").HasErrors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_written_out_is_read_back_the_same(bool asWorkbook)
    {
        RosterEntry[] people =
        [
            new("007", "章一", "信息一支部", Standing.Full, "教职工", "第一党小组", new DateOnly(2025, 3, 1), "书记", null, false),
            new(null, "=1+1", "信息,\"一\"支部", Standing.Activist, null, null, null, null, "上海", true),
        ];
        using var file = new MemoryStream();
        if (asWorkbook)
        {
            RosterSheet.WriteWorkbook(file, people);
        }
        else
        {
            RosterSheet.WriteCsv(file, people);
        }

        var table = TableFile.Read(new InputFile(asWorkbook ? "a.xlsx" : "a.csv", file.ToArray()), RosterMapping.IsKnownHead, 10).Value!;
        var lines = RosterReading.Of(table, RosterMapping.Guess(table)).Lines;

        Assert.Equal(new RosterLine(0, "007", "章一", "信息一支部", Standing.Full, "教职工", "第一党小组", new DateOnly(2025, 3, 1)), lines[0]);
        Assert.Equal(new RosterLine(1, null, "=1+1", "信息,\"一\"支部", Standing.Activist, null, null, null), lines[1]);
    }

    [Fact]
    public void No_cell_of_a_csv_acts_as_a_formula()
    {
        using var file = new MemoryStream();
        RosterSheet.WriteCsv(file, [new("+1", "=HYPERLINK(\"x\")", "@支部", null, "-组", null, null, null, null, false)]);

        var line = Encoding.UTF8.GetString(file.ToArray()).Split("\r\n")[1];
        Assert.StartsWith("+1,\"'=HYPERLINK(\"\"x\"\")\",'@支部,,'-组,", line, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_roster_to_fill_in_has_the_heads_the_import_knows()
    {
        using var file = new MemoryStream();
        RosterSheet.WriteTemplate(file);

        var read = TableFile.Read(new InputFile("a.xlsx", file.ToArray()), RosterMapping.IsKnownHead, 10);

        Assert.Contains("没有内容", Assert.Single(read.Problems).Cause, StringComparison.Ordinal);
    }

    private static Scoring.Schemes.Loaded<TableFile> Read(string text, int most = 100) =>
        TableFile.Read(new InputFile("名册.csv", Encoding.UTF8.GetBytes(text)), RosterMapping.IsKnownHead, most);

    private static TableFile Csv(string text)
    {
        var read = Read(text);
        Assert.Empty(read.Problems);
        return read.Value!;
    }
}
