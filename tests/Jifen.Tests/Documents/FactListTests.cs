using System.Text;
using Jifen.Scoring.Facts;
using Xunit;

namespace Jifen.Tests.Documents;

public sealed class FactListTests : IDisposable
{
    private readonly Paper _paper = new();

    public void Dispose() => _paper.Dispose();

    [Fact]
    public void Plain_rows_are_read_into_the_table()
    {
        var loaded = _paper.Facts(Paper.FactHead + "F1,A1,2025-07-31,迟到,,,,,\nF2,A1,2025-08-01,volunteer,1.5,,敬老院,,确认\nF3,B1,2025-05-04,竞赛获奖,,校级·二等奖,挑战杯,,\nF4,B1,2025-06-01,互评,,,,88.5,\n");
        Assert.Empty(loaded.Problems);
        Assert.Equal(
            [
                "A1 F1 2025-07-31 迟到 100 0 - 1 ",
                "A1 F2 2025-08-01 志愿服务 150 0 - 1 敬老院",
                "B1 F3 2025-05-04 竞赛获奖 100 2 - 1 挑战杯",
                "B1 F4 2025-06-01 互评 100 0 8850 1 ",
            ],
            Listed(loaded.Value!));
    }

    [Theory]
    [InlineData("2025-07-31", "4")]
    [InlineData("2025/7/31", "4次")]
    [InlineData("2025.7.31", "４")]
    [InlineData("2025年7月31日", "４次")]
    [InlineData("20250731", " 4 ")]
    [InlineData("2025-07-31 00:00:00", "4.0")]
    [InlineData("２０２５－０７－３１", "4.00次")]
    [InlineData("２０２５／７／３１", "＋4")]
    [InlineData(" 2025-7-31 ", "4次 ")]
    public void A_date_and_a_quantity_may_be_written_in_many_ways(string date, string quantity)
    {
        var loaded = _paper.Facts(Paper.FactHead + $"F1,A1,{date},迟到,{quantity},,,,\n");
        Assert.Empty(loaded.Problems);
        Assert.Equal(["A1 F1 2025-07-31 迟到 400 0 - 1 "], Listed(loaded.Value!));
    }

    [Theory]
    [InlineData("校级·一等奖")]
    [InlineData("校级一等奖")]
    [InlineData("校级/一等奖")]
    [InlineData("校级／一等奖")]
    [InlineData("校级 一等奖")]
    public void A_level_of_two_dimensions_may_be_written_in_many_ways(string level) =>
        Assert.Equal(1, _paper.Facts(Paper.FactHead + $"F1,A1,2025-07-31,竞赛获奖,,{level},挑战杯,,\n").Value!.LevelOf(0));

    [Fact]
    public void Thousands_are_read_and_misplaced_commas_are_not()
    {
        Assert.Equal(1_234_50, _paper.Facts(Paper.FactHead + "F1,A1,2025-07-31,志愿服务,\"1,234.5\",,,,\n").Value!.QuantityOf(0));
        Assert.Equal(1_234_00, _paper.Facts(Paper.FactHead + "F1,A1,2025-07-31,志愿服务,1，234,,,,\n").Value!.QuantityOf(0));
        Assert.True(_paper.Facts(Paper.FactHead + "F1,A1,2025-07-31,志愿服务,\"1,2\",,,,\n").HasErrors);
    }

    [Fact]
    public void A_joint_fact_is_one_entry_a_member_who_all_share_it()
    {
        var loaded = _paper.Facts(Paper.FactHead +
            "F1,A1；B2;A2、 B1,2025-07-31,志愿服务,4,,,,\nF2,支部：甲支部,2025-07-31,志愿服务,3小时,,,,\nF3,全支部:乙支部；A3,2025-07-31,迟到,,,,,\n");
        Assert.Empty(loaded.Problems);
        Assert.Equal(4 + 3 + 3, loaded.Value!.Count);
        Assert.Equal(
            [
                "A1 F1 2025-07-31 志愿服务 400 0 - 4 ", "A1 F2 2025-07-31 志愿服务 300 0 - 3 ",
                "A2 F1 2025-07-31 志愿服务 400 0 - 4 ", "A2 F2 2025-07-31 志愿服务 300 0 - 3 ",
                "A3 F2 2025-07-31 志愿服务 300 0 - 3 ", "A3 F3 2025-07-31 迟到 100 0 - 3 ",
                "B1 F1 2025-07-31 志愿服务 400 0 - 4 ", "B1 F3 2025-07-31 迟到 100 0 - 3 ",
                "B2 F1 2025-07-31 志愿服务 400 0 - 4 ", "B2 F3 2025-07-31 迟到 100 0 - 3 ",
            ],
            Listed(loaded.Value));
    }

    [Fact]
    public void A_fact_that_is_not_confirmed_is_checked_but_does_not_count()
    {
        var loaded = _paper.Facts(Paper.FactHead + "F1,A1,2025-07-31,迟到,,,,,待定\nF2,A1,2025-07-31,迟到,,,,, 确认 \nF3,A1,2019-01-01,迟到,,,,,\n");
        Assert.Empty(loaded.Problems);
        Assert.Equal(2, loaded.Value!.Count);
        Assert.Equal(
            ["facts.csv 第2行4列 错误：名册里没有编号为“ZZ9”的党员。改法：对照名册改编号，或先在名册里加上这个人；几个人的用“；”隔开"],
            Paper.Said(_paper.Facts(Paper.FactHead + "F1,ZZ9,2025-07-31,迟到,,,,,撤销\n")));
    }

    [Fact]
    public void Every_kind_of_fault_is_said_with_line_and_column()
    {
        var loaded = _paper.Facts(Paper.FactHead +
            ",A1,2025-07-31,迟到,,,,,\n" +
            "F2,A11,2025-07-31,迟到,,,,,\n" +
            "F3,A1；A1,2025-07-31,迟到,,,,,\n" +
            "F4,支部：丙支部,2025-07-31,迟到,,,,,\n" +
            "F5,A1,2025-02-29,迟到,,,,,\n" +
            "F6,A1,1900-01-01,迟到,,,,,\n" +
            "F7,A1,2025-07-31,尺到,,,,,\n" +
            "F8,A1,2025-07-31,迟到,两次,,,,\n" +
            "F9,A1,2025-07-31,迟到,1.5,,,,\n" +
            "F10,A1,2025-07-31,竞赛获奖,,校级·三等奖,杯,,\n" +
            "F11,A1,2025-07-31,竞赛获奖,,校级·一等奖,,,\n" +
            "F12,A1,2025-07-31,迟到,,校级,,,\n" +
            "F13,A1,2025-07-31,互评,,,,108,\n" +
            "F14,A1,2025-07-31,互评,,,,高,\n" +
            "F15,,2025-07-31,迟到,,,,,\n" +
            "F16,A1,,迟到,,,,,\n" +
            "F17,A1,2025-07-31,,,,,,\n" +
            "F18,A1,2025-07-31,迟到,,,,,,多出来的\n");
        Assert.Null(loaded.Value);
        Assert.Equal(
            [
                "第2行1列 错误：没有写编号",
                "第3行4列 错误：名册里没有编号为“A11”的党员",
                "第4行4列 错误：同一条事实里党员“A1”写了两次",
                "第5行4列 错误：名册里没有“丙支部”这个支部",
                "第6行7列 错误：日期“2025-02-29”读不懂",
                "第7行7列 错误：日期不在 1921-07-01 到 2100-12-31 之间",
                "第8行18列 错误：办法里没有“尺到”这种事实",
                "第9行21列 错误：数量“两次”读不懂",
                "第10行21列 错误：“迟到”按“次”记，数量要写 1 到 10000 的整数",
                "第11行25列 错误：“竞赛获奖”没有“校级·三等奖”这个级别",
                "第12行32列 错误：“竞赛获奖”要写内容，好认出同一件事",
                "第13行23列 错误：“迟到”不分级别",
                "第14行25列 错误：分值 108 超出范围",
                "第15行25列 错误：分值“高”读不懂",
                "第16行5列 错误：没有写党员",
                "第17行8列 错误：没有写日期",
                "第18行19列 错误：没有写是什么事实",
                "第19行27列 错误：这一行比表头多出一列：“多出来的”",
            ],
            loaded.Problems.Select(problem => $"第{problem.Line}行{problem.Column}列 错误：{problem.Cause}"));
        Assert.Equal("是不是“A1”？不是的话，先在名册里加上这个人", loaded.Problems[1].Remedy);
        Assert.Equal("是不是“甲支部”？", loaded.Problems[3].Remedy);
        Assert.Equal("是不是“迟到”？", loaded.Problems[6].Remedy);
        Assert.Equal("是不是“校级·一等奖”？", loaded.Problems[9].Remedy);
    }

    [Fact]
    public void A_doubled_id_names_both_lines_even_when_neither_counts()
    {
        Assert.Equal(
            [
                "facts.csv 第4行1列 错误：编号“F1”与第2行重复。改法：一条事实只写一次；确是两条的，换一个编号",
                "facts.csv 第5行1列 错误：编号“F0”与第3行重复。改法：一条事实只写一次；确是两条的，换一个编号",
            ],
            Paper.Said(_paper.Facts(Paper.FactHead +
                "F1,A1,2025-07-31,迟到,,,,,待定\nF0,A1,2025-07-31,迟到,,,,,\n F1 ,A1,2025-07-31,迟到,,,,,撤销\nF0,A2,2025-07-31,迟到,,,,,\n")));
    }

    [Fact]
    public void Ids_in_any_order_and_of_any_length_are_fine_when_they_differ()
    {
        var ids = new[] { "F10", "F2", "b", "a", "很长的编号很长的编号甲", "很长的编号很长的编号乙", "0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdeg" };
        var loaded = _paper.Facts(Paper.FactHead + string.Concat(ids.Select(id => $"{id},A1,2025-07-31,迟到,,,,,\n")));
        Assert.Empty(loaded.Problems);
        Assert.Equal(ids, Enumerable.Range(0, ids.Length).Select(i => Encoding.UTF8.GetString(loaded.Value!.IdOf(i))));
    }

    [Fact]
    public void One_fault_among_many_rows_leaves_nothing()
    {
        var text = Paper.FactHead + string.Concat(Enumerable.Range(1, 500).Select(i => $"F{i:0000},A1,2025-07-31,{(i == 250 ? "迟倒" : "迟到")},,,,,\n"));
        var loaded = _paper.Facts(text);
        Assert.Null(loaded.Value);
        Assert.Equal((251, 21), (Assert.Single(loaded.Problems).Line, loaded.Problems[0].Column));
    }

    internal static List<string> Listed(FactTable facts) =>
    [
        .. from member in Enumerable.Range(0, facts.MemberCount)
           from fact in Enumerable.Range(facts.OfMember(member).Start.Value, facts.OfMember(member).End.Value - facts.OfMember(member).Start.Value)
           let amount = facts.AmountOf(fact) == FactSegment.NoAmount ? "-" : $"{facts.AmountOf(fact)}"
           select $"{Paper.Roster.Members[member].Id} {Encoding.UTF8.GetString(facts.IdOf(fact))} {DateOnly.FromDayNumber(facts.DayOf(fact)):yyyy-MM-dd} "
               + $"{Paper.Scheme.FactKinds[facts.KindOf(fact)].Name} {facts.QuantityOf(fact)} {facts.LevelOf(fact)} {amount} {facts.SharersOf(fact)} "
               + Encoding.UTF8.GetString(facts.ContentOf(fact)),
    ];
}
