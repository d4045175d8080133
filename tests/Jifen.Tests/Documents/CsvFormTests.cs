using System.Text;
using Jifen.Documents.Imports;
using Jifen.Tests.Naive;
using Xunit;

namespace Jifen.Tests.Documents;

/// <summary>The same rows in other clothes give the same table: encodings, quotes, line ends, threads.</summary>
public sealed class CsvFormTests : IDisposable
{
    private readonly Paper _paper = new();

    public void Dispose() => _paper.Dispose();

    [Fact]
    public void Quotes_may_hold_commas_quotes_and_line_ends()
    {
        var loaded = _paper.Facts(Paper.FactHead +
            "F1,A1,2025-07-31,\"竞赛获奖\",1,市级·一等奖,\"挑战杯\n第\"\"一\"\"名,团体\",,\r\nF2,A2,2025-07-31,迟倒,,,,,\r\n");
        Assert.Equal("facts.csv 第4行18列 错误：办法里没有“迟倒”这种事实。改法：是不是“迟到”？", Assert.Single(Paper.Said(loaded)));
        var mended = _paper.Facts(Paper.FactHead + "F1,A1,2025-07-31,\"竞赛获奖\",1,市级·一等奖,\"挑战杯\n第\"\"一\"\"名,团体\",,");
        Assert.Equal("挑战杯\n第\"一\"名,团体", Encoding.UTF8.GetString(mended.Value!.ContentOf(0)));
    }

    [Fact]
    public void A_quote_that_is_not_closed_is_placed_where_its_row_begins()
    {
        var loaded = _paper.Facts(Paper.FactHead + "F1,A1,2025-07-31,迟到,,,,,\nF2,A1,2025-07-31,迟到,,,\"没完,,\nF3,A1,2025-07-31,迟到,,,,,\n");
        Assert.Equal(
            "facts.csv 第3行 错误：引号没有收尾。改法：值里有逗号、换行或引号的，整个值用一对半角引号括起来，里面的引号写两遍",
            Assert.Single(Paper.Said(loaded)));
        Assert.Equal(
            "facts.csv 第2行21列 错误：引号后面还有字。改法：值里有逗号、换行或引号的，整个值用一对半角引号括起来，里面的引号写两遍",
            Assert.Single(Paper.Said(_paper.Facts(Paper.FactHead + "F1,A1,2025-07-31,迟到,\"1\"次,,,,\n"))));
    }

    [Fact]
    public void A_quote_inside_a_value_is_a_character()
    {
        var loaded = _paper.Facts(Paper.FactHead + "F1,A1,2025-07-31,竞赛获奖,,校级·一等奖,5\"\"屏\"幕,,\n");
        Assert.Equal("5\"\"屏\"幕", Encoding.UTF8.GetString(loaded.Value!.ContentOf(0)));
    }

    [Fact]
    public void Facts_in_GB18030_are_read_whether_it_shows_in_the_head_or_later()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var gb18030 = Encoding.GetEncoding("GB18030");
        foreach (var head in (string[])[Paper.FactHead, "id,member,date,fact,quantity,level,content,points,state\n"])
        {
            var early = "F1,A1,2025-07-31,迟到,,,,,\nF2,A1,2025-07-31,竞赛获奖,,市级一等奖,䶮𠮷杯,,\n";
            var late = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"E{i:00000},A1,2025-07-31,late,,,,,\n"));
            var text = head + late + early;
            var loaded = FactList.Read(_paper.File("gb.csv", gb18030.GetBytes(text)), Paper.Scheme, Paper.Roster, 2);
            Assert.Empty(loaded.Problems);
            Assert.Equal(FactListTests.Listed(_paper.Facts(text).Value!), FactListTests.Listed(loaded.Value!));
        }
    }

    [Fact]
    public void A_head_alone_is_an_empty_table_in_any_encoding()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.GetEncoding("GB18030")])
        {
            var loaded = FactList.Read(_paper.File("head.csv", encoding.GetBytes(Paper.FactHead.TrimEnd())), Paper.Scheme, Paper.Roster, 2);
            Assert.Empty(loaded.Problems);
            Assert.Equal(0, loaded.Value!.Count);
        }
    }

    [Fact]
    public void What_is_neither_UTF8_nor_GB18030_is_placed()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("id,member,date,fact\nF1,A1,2025-07-31,late\nF2,A1,2025-07-31,"), 0xFF, 0xFF, (byte)'\n'];
        var problem = Assert.Single(FactList.Read(_paper.File("facts.csv", bytes), Paper.Scheme, Paper.Roster).Problems);
        Assert.Equal(3, problem.Line);
        Assert.Contains("GB18030", problem.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Blank_rows_and_a_missing_last_line_end_do_not_matter()
    {
        var loaded = _paper.Facts("\uFEFF\n" + Paper.FactHead + "\r\n  \nF1,A1,2025-07-31,迟到\n,,,,,,,,\n\t\nF2,A1,2025-07-31,迟到,,,,,\r\n\n\n");
        Assert.Empty(loaded.Problems);
        Assert.Equal(2, loaded.Value!.Count);
        Assert.Equal(2, _paper.Facts(Paper.FactHead + "F1,A1,2025-07-31,迟到\nF2,A1,2025-07-31,迟到").Value!.Count);
        Assert.Equal(0, _paper.Facts(Paper.FactHead).Value!.Count);
    }

    [Fact]
    public void Control_characters_are_refused()
    {
        Assert.Contains("控制字符", Assert.Single(_paper.Facts(Paper.FactHead + "F\u00011,A1,2025-07-31,迟到,,,,,\n").Problems).Cause, StringComparison.Ordinal);
        Assert.Contains("控制字符", Assert.Single(_paper.Facts(Paper.FactHead + "F1,A1,2025-07-31,竞赛获奖,,校级一等奖,杯\0,,\n").Problems).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_end_is_refused_and_does_not_fill_the_memory()
    {
        var loaded = _paper.Facts(Paper.FactHead + "F1,A1,2025-07-31,迟到,,,,,\nF2,A1," + new string('x', 3 << 20) + "\n");
        var problem = loaded.Problems[^1];
        Assert.Equal(3, problem.Line);
        Assert.Contains("太长", problem.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_number_of_threads_and_any_clothes_give_the_same_table()
    {
        var rows = RandomRows(new SeededDice(20251), 30_000);
        var plain = Paper.FactHead + string.Concat(rows.Select(row => string.Join(',', row) + "\n"));
        var expected = FactListTests.Listed(_paper.Facts(plain).Value!);
        Assert.Equal(expected, FactListTests.Listed(_paper.Facts(plain, threads: 3).Value!));

        var quoted = Paper.FactHead + string.Concat(rows.Select(row => string.Join(',', row.Select(value => $"\"{value}\"")) + "\r\n"));
        Assert.Equal(expected, FactListTests.Listed(_paper.Facts(quoted, threads: 2).Value!));

        var spaced = Paper.FactHead + string.Concat(rows.Select(row => string.Join(',', row.Select(value => $" {value}　")) + "\n"));
        Assert.Equal(expected, FactListTests.Listed(_paper.Facts(spaced, threads: 2).Value!));

        var turned = "state,points,content,level,quantity,fact,date,member,id\n" + string.Concat(rows.Select(row => string.Join(',', row.Reverse()) + "\n"));
        Assert.Equal(expected, FactListTests.Listed(_paper.Facts(turned, threads: 2).Value!));
    }

    [Fact]
    public void Any_number_of_threads_finds_the_same_faults_in_the_same_places()
    {
        var dice = new SeededDice(77);
        var rows = RandomRows(dice, 30_000);
        for (var i = 0; i < 30; i++)
        {
            var row = dice.Pick(rows);
            row[dice.Range(0, 4)] = dice.Pick("", "F7", "没有", "１,");
        }

        var text = Paper.FactHead + string.Concat(rows.Select(row => string.Join(',', row) + "\n"));
        var expected = Paper.Said(_paper.Facts(text));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Paper.Said(_paper.Facts(text, threads: 2)));
        Assert.Equal(expected, Paper.Said(_paper.Facts(text, threads: 5)));
    }

    private static List<string[]> RandomRows(SeededDice dice, int count)
    {
        var rows = new List<string[]>();
        for (var i = 0; i < count; i++)
        {
            var date = dice.Pick("2025-07-31", "2025/1/9", "2024-02-29", "2025年7月1日", "2025-12-01");
            var who = dice.Pick("A1", "A2", "A3", "B1", "B2", "A1；B2", "支部：乙支部");
            var state = dice.Pick("", "", "", "确认", "待定");
            rows.Add(dice.Range(1, 4) switch
            {
                1 => [$"F{i}", who, date, "迟到", dice.Pick("", "1", "3次", "12"), "", dice.Pick("", "说明"), "", state],
                2 => [$"F{i}", who, date, dice.Pick("志愿服务", "volunteer"), dice.Pick("", "1.5", "0.25", "2小时", "1500"), "", "", "", state],
                3 => [$"F{i}", who, date, "竞赛获奖", "", dice.Pick("校级·一等奖", "市级二等奖"), dice.Pick("挑战杯", "“互联网+”", "、顿"), "", state],
                _ => [$"F{i}", who, date, "互评", "", "", "", dice.Pick("88.5", "0", "100"), state],
            });
        }

        return rows;
    }
}
