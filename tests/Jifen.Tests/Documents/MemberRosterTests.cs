using System.Text;
using Jifen.Documents;
using Jifen.Documents.Imports;
using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Tests.Naive;
using Xunit;

namespace Jifen.Tests.Documents;

public sealed class MemberRosterTests : IDisposable
{
    private readonly Paper _paper = new();

    public void Dispose() => _paper.Dispose();

    [Fact]
    public void A_roster_is_read_in_its_order_with_every_column()
    {
        var loaded = _paper.Members(
            "姓名,编号,备注,支部,身份,任职,参加自,参加至,免予\n" +
            "  章一 , 001 ,随便写,甲支部,正式党员,书记,2025年3月1日,20251130,否\n" +
            "章二,002,,乙支部,入党积极分子,,２０２５／３／１,2025.7.31,是\n");
        Assert.Empty(loaded.Problems);
        Assert.Equal(
            [
                new Member("001", "章一", "甲支部", Standing.Full, null, "书记", new DateOnly(2025, 3, 1), new DateOnly(2025, 11, 30)),
                new Member("002", "章二", "乙支部", Standing.Activist, null, null, new DateOnly(2025, 3, 1), new DateOnly(2025, 7, 31), IsExempt: true),
            ],
            loaded.Value!.Members);
    }

    [Fact]
    public void English_heads_a_mark_quotes_and_windows_line_ends_make_no_difference()
    {
        var text = "\uFEFFID,Name,branch,\"standing\"\r\nA1,\"章\"\"小\"\"一\",\"甲,支部\",正式党员\r\n\r\n\r\n";
        var loaded = _paper.Members(text);
        Assert.Empty(loaded.Problems);
        Assert.Equal([new Member("A1", "章\"小\"一", "甲,支部")], loaded.Value!.Members);
    }

    [Fact]
    public void Rows_that_end_alike_are_read_like_any_other()
    {
        // Where there is a quote, no row is known again by its end.
        string[] heads = ["编号,姓名,支部,身份,任职,参加自,免予", "姓名,编号,支部,身份,任职,参加自,免予", "编号,支部,姓名,身份,任职,参加自,免予"];
        string[] ends = ["甲支部,正式党员,,,", "甲支部,正式党员,书记,,", "甲支部,预备党员,,2025-03-01,", "乙支部,正式党员,,,", "乙支部,正式党员,,,是", ",,,,", " ,,,,", "乙支部,党员,,,"];
        for (var seed = 1u; seed <= 200; seed++)
        {
            var dice = new SeededDice(seed);
            var usable = dice.Chance(70) ? 5 : ends.Length;
            var head = heads[dice.Range(0, heads.Length - 1)];
            var rows = string.Concat(Enumerable.Range(0, 30).Select(i =>
                dice.Chance(8) ? ",,,,,,\n" : $"A{dice.Range(0, dice.Chance(3) ? 3 : 9999)},章{i},{ends[dice.Range(0, usable - 1)]}\n"));
            var plain = _paper.Members(head + "\n" + rows);
            var quoted = _paper.Members(head.Replace("身份", "\"身份\"", StringComparison.Ordinal) + "\n" + rows);

            Assert.Equal(Paper.Said(quoted), Paper.Said(plain));
            Assert.Equal(quoted.Value?.Members, plain.Value?.Members);
        }
    }

    [Fact]
    public void The_row_before_is_not_looked_for_where_a_new_block_was_read()
    {
        // Rows of 32 bytes fill a block of 128 KiB; behind 32 empty lines stands a row of the next block where the row before stood.
        const int RowsOfBlock = (1 << 17) / 32;
        string Row(int number, string branch) => $"{number:x4},章,{branch},正式党员\n";
        var rows = string.Concat(Enumerable.Range(0, RowsOfBlock).Select(i => Row(i, "甲支部")))
            + new string('\n', 32)
            + string.Concat(Enumerable.Range(RowsOfBlock, RowsOfBlock).Select(i => Row(i, "乙支部")));

        var loaded = _paper.Members("编号,姓名,支部,身份\n" + rows);

        Assert.Empty(loaded.Problems);
        Assert.Equal(RowsOfBlock, loaded.Value!.Members.Count(member => member.Branch == "乙支部"));
    }

    [Theory]
    [InlineData("A1", "A2", "A1")]
    [InlineData("甲", "乙", "甲")]
    [InlineData("一个长得放不进四十八个字节里的编号甲乙丙丁", "乙", "一个长得放不进四十八个字节里的编号甲乙丙丁")]
    [InlineData("A1", "甲", "A1")]
    public void An_id_that_is_there_twice_is_found_as_well_where_the_roster_is_read_before_the_scheme(params string[] ids)
    {
        var file = _paper.File("members.csv", "编号,姓名,支部,身份\n" + string.Concat(ids.Select(id => $"{id},章一,甲支部,正式党员\n")));

        var ahead = MemberRoster.ReadAhead(file)!.For(Paper.Scheme);

        Assert.Null(ahead.Value);
        Assert.Contains("与第2行重复", Assert.Single(Paper.Said(ahead)), StringComparison.Ordinal);
        Assert.Equal(Paper.Said(MemberRoster.Read(file, Paper.Scheme)), Paper.Said(ahead));
    }

    [Fact]
    public void A_roster_in_GB18030_is_read()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var file = _paper.File("gb.csv", Encoding.GetEncoding("GB18030").GetBytes(Paper.RosterText.Replace("章一", "章𠮷", StringComparison.Ordinal)));
        var loaded = MemberRoster.Read(file, Paper.Scheme);
        Assert.Empty(loaded.Problems);
        Assert.Equal("章𠮷", loaded.Value!.Members[0].Name);
        Assert.Equal(5, loaded.Value.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("否")]
    [InlineData("无")]
    [InlineData("0")]
    [InlineData("No")]
    [InlineData("FALSE")]
    public void These_words_do_not_exempt(string word) => Assert.False(
        _paper.Members($"编号,姓名,支部,身份,免予\nA1,章一,甲,正式党员,{word}\n").Value!.Members[0].IsExempt);

    [Fact]
    public void A_column_that_looks_misspelt_is_pointed_out_rather_than_passed_over_in_silence()
    {
        var loaded = _paper.Members("编号,姓名,支部,身份,是否免予,手机\nA1,章一,甲,正式党员,是,1\n");

        var warning = Assert.Single(loaded.Problems);
        Assert.Equal((Severity.Warning, 1, "不认识“是否免予”这一列，没有读"), (warning.Severity, warning.Line, warning.Cause));
        Assert.Contains("“免予”", warning.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_wrong_is_said_at_once_each_with_its_place()
    {
        var loaded = _paper.Members(
            "编号,姓名,支部,身份,参加自,参加至\n" +
            ",章一,甲支部,正式党员,,\n" +
            "A2,,甲支部,正式党,2025-02-30,\n" +
            "A3,章三,,,2025-05-01,2025-04-30\n" +
            "A3,章四,甲支部,正式党员,,\n");
        Assert.Null(loaded.Value);
        Assert.Equal(
            [
                "members.csv 第2行1列 错误：没有写编号。改法：每个人写一个不重复的编号，如工号、学号",
                "members.csv 第3行4列 错误：没有写姓名。改法：写上姓名",
                "members.csv 第3行9列 错误：身份“正式党”不认识。改法：是不是“正式党员”？",
                "members.csv 第3行13列 错误：日期“2025-02-30”读不懂。改法：写成“2025-07-31”或“2025年7月31日”；不限的留空",
                "members.csv 第4行7列 错误：没有写支部。改法：写上所在支部的名称",
                "members.csv 第4行8列 错误：没有写身份。改法：写正式党员、预备党员、入党积极分子之一",
                "members.csv 第4行20列 错误：参加至（2025-04-30）早于参加自（2025-05-01）。改法：改这两个日期；仍在册的，参加至留空",
                "members.csv 第5行1列 错误：编号“A3”与第4行重复。改法：一个人只写一行；确是两个人的，换一个编号",
            ],
            Paper.Said(loaded));
    }

    [Fact]
    public void Missing_and_doubled_columns_are_named()
    {
        Assert.Equal(
            [
                "members.csv 第1行 错误：表头缺少“支部”、“身份”。改法：加上这几列（也可写 branch、standing）；现在的表头是：编号、姓名、name",
                "members.csv 第1行7列 错误：“姓名”这一列出现了两次（第2列和第3列）。改法：留一列，另一列改名或删去",
            ],
            Paper.Said(_paper.Members("编号,姓名,name\nA1,章一,章一\n")));
    }

    [Fact]
    public void A_scheme_by_category_wants_one_of_its_categories()
    {
        var file = _paper.File("members.csv", "编号,姓名,支部,身份,类别\nA1,章一,甲,正式党员,学生\nA2,章二,甲,正式党员,\nA3,章三,甲,正式党员,机关\n");
        Assert.Equal(
            [
                "members.csv 第3行14列 错误：没有写类别，而办法分类别记分。改法：写教工、学生之一",
                "members.csv 第4行14列 错误：办法里没有“机关”这个类别。改法：写教工、学生之一",
            ],
            Paper.Said(MemberRoster.Read(file, Paper.SchemeByCategory)));
        var ignored = MemberRoster.Read(file, Paper.Scheme);
        Assert.Empty(ignored.Problems);
        Assert.Null(ignored.Value!.Members[0].Category);
    }

    [Fact]
    public void Offices_the_scheme_does_not_know_are_one_warning()
    {
        var loaded = _paper.Members(
            "编号,姓名,支部,身份,任职\nA1,章一,甲,正式党员,书记；支委\nA2,章二,甲,正式党员,支委\nA3,章三,甲,正式党员,团委书记\n");
        Assert.Equal(3, loaded.Value!.Count);
        var warning = Assert.Single(loaded.Problems);
        Assert.Equal((Severity.Warning, 2), (warning.Severity, warning.Line));
        Assert.Equal("办法里没有这些任职：支委、团委书记", warning.Cause);
    }

    [Fact]
    public void More_problems_than_are_listed_are_counted()
    {
        var loaded = _paper.Members("编号,姓名,支部,身份\n" + string.Concat(Enumerable.Range(0, 80).Select(i => $"A{i},,甲,正式党员\n")));
        Assert.Equal(Problem.Most + 1, loaded.Problems.Count);
        Assert.Equal("members.csv 错误：还有30处没有列出。改法：先改好以上各处，再检查一次", Paper.Said(loaded.Problems[^1]));
    }

    [Fact]
    public void Files_that_are_no_table_are_refused_with_a_remedy()
    {
        Assert.Contains("找不到这个文件", Paper.Said(MemberRoster.Read(new InputFile("no-such-file.csv"), Paper.Scheme))[0], StringComparison.Ordinal);
        Assert.Contains("文件是空的", Paper.Said(_paper.Members(""))[0], StringComparison.Ordinal);
        Assert.Contains("UTF-16", Paper.Said(MemberRoster.Read(_paper.File("u.csv", [0xFF, 0xFE, 0x16, 0x7F]), Paper.Scheme))[0], StringComparison.Ordinal);
        Assert.Contains("旧格式", Paper.Said(MemberRoster.Read(_paper.File("x.xls", [0xD0, 0xCF, 0x11, 0xE0, 1, 2]), Paper.Scheme))[0], StringComparison.Ordinal);
        Assert.Contains("这不是 .xlsx 工作簿", Paper.Said(MemberRoster.Read(_paper.File("x.xlsx", "编号,姓名"), Paper.Scheme))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_character_in_UTF8_is_placed_and_not_taken_for_GB18030()
    {
        var bytes = Encoding.UTF8.GetBytes(Paper.RosterText);
        bytes[Encoding.UTF8.GetByteCount(Paper.RosterText[..Paper.RosterText.IndexOf("章三", StringComparison.Ordinal)]) + 1] = 0xFF;
        var problem = Assert.Single(MemberRoster.Read(_paper.File("members.csv", bytes), Paper.Scheme).Problems);
        Assert.Equal(4, problem.Line);
        Assert.Contains("既不是 UTF-8 也不是 GB18030", problem.Cause, StringComparison.Ordinal);
    }
}
