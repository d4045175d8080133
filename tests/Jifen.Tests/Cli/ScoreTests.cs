using System.Text.Json;
using Jifen.Cli;
using Xunit;

namespace Jifen.Tests.Cli;

public sealed class ScoreTests
{
    [Fact]
    public void The_example_branch_comes_out_as_approved()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLine.Run(["score", .. CommandLine.ExampleYear, "--out", folder["totals.csv"]]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("", run.Out);
        Golden.Matches("score-totals.csv", File.ReadAllText(folder["totals.csv"]));
        Golden.Matches("score-words.txt", run.Error.Replace(folder.FullName + "/", "", StringComparison.Ordinal));
        Assert.Equal(["totals.csv"], folder.Names());
    }

    [Fact]
    public void Standard_output_takes_the_totals_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        CommandLine.Run(["score", .. CommandLine.ExampleYear, "--out", folder["totals.csv"]]);

        var run = CommandLine.Run(["score", .. CommandLine.ExampleYear, "--out", "-"]);

        Assert.Equal(File.ReadAllText(folder["totals.csv"]), run.Out);
    }

    [Fact]
    public void Threads_change_nothing()
    {
        var one = CommandLine.Run(["score", .. CommandLine.ExampleYear, "--out", "-", "--threads", "1"]);
        var four = CommandLine.Run(["score", .. CommandLine.ExampleYear, "--out", "-", "--threads", "4"]);

        Assert.Equal(one.Out, four.Out);
    }

    [Fact]
    public void Each_sheet_is_a_line_whose_lines_add_up_to_its_total()
    {
        using var folder = new TemporaryFolder();

        CommandLine.Run(["score", .. CommandLine.ExampleYear, "--out", folder["totals.csv"], "--sheets", folder["sheets.jsonl"]]);

        var sheets = File.ReadAllLines(folder["sheets.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var totals = File.ReadAllLines(folder["totals.csv"]).Skip(1).Select(line => line.Split(',')).ToDictionary(row => row[0], StringComparer.Ordinal);
        Assert.Equal(totals.Keys, sheets.Select(sheet => sheet.GetProperty("member").GetString()));
        Assert.All(sheets, sheet =>
        {
            var total = sheet.GetProperty("total");
            var lines = sheet.GetProperty("sections").EnumerateArray()
                .SelectMany(section => section.GetProperty("items").EnumerateArray())
                .SelectMany(item => item.GetProperty("lines").EnumerateArray())
                .Sum(line => line.GetProperty("points").GetDecimal());
            Assert.Equal(total.ValueKind == JsonValueKind.Null ? 0 : total.GetDecimal(), lines);
            Assert.Equal(totals[sheet.GetProperty("member").GetString()!][5], total.ValueKind == JsonValueKind.Null ? "" : total.GetRawText());
        });
    }

    [Fact]
    public void The_summary_for_programs_tells_what_was_done()
    {
        using var folder = new TemporaryFolder();

        var run = CommandLine.Run(["score", .. CommandLine.ExampleYear, "--out", folder["totals.csv"], "--json"]);

        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal("jsit-2020", json.RootElement.GetProperty("scheme").GetProperty("id").GetString());
        Assert.Equal("example-branch", json.RootElement.GetProperty("scheme").GetProperty("refinement").GetString());
        Assert.Equal(24, json.RootElement.GetProperty("members").GetInt32());
        Assert.Equal(23, json.RootElement.GetProperty("scorecards").GetInt32());
        Assert.Equal(33, json.RootElement.GetProperty("tentativeReadings").GetInt32());
        Assert.Equal(0, json.RootElement.GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public void What_the_branch_must_fill_is_said_in_one_line()
    {
        var run = CommandLine.Run(
            "score", "--scheme", "jsit-2020", "--members", CommandLine.Example("members.csv"), "--facts", CommandLine.Example("facts.csv"), "--year", "2025", "--out", "-");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Single(run.Error.Split('\n'), line => line.Contains("有3处“支部定”没有填", StringComparison.Ordinal));
        Assert.Single(run.Error.Split('\n'), line => line.Contains("有33处解释是暂行的", StringComparison.Ordinal));
    }

    [Fact]
    public void Bad_input_touches_no_file()
    {
        using var folder = new TemporaryFolder();
        var before = folder.Write("totals.csv", "去年的结果");
        var facts = folder.Write("facts.csv", File.ReadAllText(CommandLine.Example("facts.csv")) + "F9999,M01,2025-02-30,组织生活迟到,,,,,\n");

        var run = CommandLine.Run(
            "score", "--scheme", "jsit-2020", "--members", CommandLine.Example("members.csv"), "--facts", facts,
            "--year", "2025", "--out", before, "--sheets", folder["sheets.jsonl"]);

        Assert.Equal(ExitCode.InputAtFault, run.ExitCode);
        Assert.Contains("facts.csv 第", run.Error, StringComparison.Ordinal);
        Assert.Contains("没有写出任何结果", run.Error, StringComparison.Ordinal);
        Assert.Equal("去年的结果", File.ReadAllText(before));
        Assert.Equal(["facts.csv", "totals.csv"], folder.Names());
    }

    [Fact]
    public void An_output_that_cannot_be_written_takes_the_other_with_it()
    {
        using var folder = new TemporaryFolder();
        var before = folder.Write("totals.csv", "去年的结果");

        var run = CommandLine.Run(["score", .. CommandLine.ExampleYear, "--out", before, "--sheets", folder["没有/sheets.jsonl"]]);

        Assert.Equal(ExitCode.CannotRun, run.ExitCode);
        Assert.Contains("目录不存在", run.Error, StringComparison.Ordinal);
        Assert.Equal("去年的结果", File.ReadAllText(before));
        Assert.Equal(["totals.csv"], folder.Names());
    }

    [Fact]
    public void A_result_that_was_there_is_replaced_whole()
    {
        using var folder = new TemporaryFolder();
        var before = folder.Write("totals.csv", new string('长', 100_000));

        CommandLine.Run(["score", .. CommandLine.ExampleYear, "--out", before]);

        Assert.StartsWith("member,branch,base,bonus,deduction,total,rank,grade,outcomes", File.ReadAllText(before), StringComparison.Ordinal);
        Assert.Equal(["totals.csv"], folder.Names());
    }

    [Fact]
    public void A_year_the_scheme_is_not_for_is_refused_with_the_years_it_is_for()
    {
        var run = CommandLine.Run(
            "score", "--scheme", "jsit-2020", "--members", CommandLine.Example("members.csv"), "--facts", CommandLine.Example("facts.csv"), "--year", "2019", "--out", "-");

        Assert.Equal(ExitCode.InputAtFault, run.ExitCode);
        Assert.Contains("jsit-2020 错误：这份办法从2020年起适用，2019年不在其内。改法：", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--out", "-", "--sheets", "-", "只能有一个写到标准输出")]
    [InlineData("--out", "-", "--json", null, "只能有一个写到标准输出")]
    [InlineData("--out", "x.csv", "--sheets", "./x.csv", "--out 与 --sheets 是同一个文件")]
    public void Two_outputs_do_not_go_to_one_place(string first, string firstValue, string second, string? secondValue, string expected)
    {
        string[] more = secondValue is null ? [first, firstValue, second] : [first, firstValue, second, secondValue];

        var run = CommandLine.Run(["score", .. CommandLine.ExampleYear, .. more]);

        Assert.Equal(ExitCode.CannotRun, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_does_not_go_over_an_input()
    {
        using var folder = new TemporaryFolder();
        var members = folder.Write("members.csv", File.ReadAllText(CommandLine.Example("members.csv")));

        var run = CommandLine.Run(
            "score", "--scheme", "jsit-2020", "--members", members, "--facts", CommandLine.Example("facts.csv"), "--year", "2025", "--out", members);

        Assert.Equal(ExitCode.CannotRun, run.ExitCode);
        Assert.Contains("--out 与 --members 是同一个文件", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void More_people_than_a_quota_allows_are_named_and_left_to_the_branch()
    {
        using var folder = new TemporaryFolder();
        var scheme = folder.Write("small.scheme.yaml", """
            办法: { 编号: small, 名称: 小办法 }
            语言版本: 1
            文件版本: 1
            适用周期: { 自: 2020, 至: 至今 }
            周期: 自然年
            记分单位: 1
            条款: { 一: 每次扣2，满分20, 二: 18以上的不超过1人优先 }
            事实: { 迟到: { 编号: late, 记: 次, 谁记: 记录员 } }
            部分:
            - { 编号: base, 名称: 基础, 依据: 一, 起分: 满分, 满分: 20, 项目: [ { 编号: i, 名称: 会, 满分: 20, 记分: [ { 编号: 会1, 每次: 迟到, 扣: 2, 依据: 一 } ] } ] }
            总分: [ { 加: 基础 } ]
            结果运用:
            - { 编号: 用1, 条件: { 总分: 18以上 }, 结果: 优先推荐, 效力: 优先, 名额: { 不超过: 1人, 范围: 支部, 取整: 舍去, 超出: 停 }, 依据: 二 }
            解释: []

            """);
        var members = folder.Write("members.csv", "编号,姓名,支部,身份\nA,江南,一支部,正式党员\nB,江北,一支部,正式党员\n");
        var facts = folder.Write("facts.csv", "编号,党员,日期,事实\nF1,A,2025-03-05,迟到\n");

        var run = CommandLine.Run(
            "score", "--scheme", scheme, "--members", members, "--facts", facts, "--year", "2025", "--out", folder["t.csv"], "--json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("一支部 名额：优先推荐至多1人，够条件的2人（江南、江北）〔二〕，选定以前不可定分。改法：请支部选定", run.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Out);
        var finding = Assert.Single(json.RootElement.GetProperty("findings").EnumerateArray());
        Assert.Equal(["A", "B"], finding.GetProperty("members").EnumerateArray().Select(member => member.GetString()));
        Assert.True(finding.GetProperty("stops").GetBoolean());
    }

    [Fact]
    public void A_workbook_is_written_and_read_again_as_last_years_totals()
    {
        using var folder = new TemporaryFolder();
        CommandLine.Run(["score", .. CommandLine.ExampleYear, "--out", folder["totals.xlsx"]]);
        CommandLine.Run(["score", .. CommandLine.ExampleYear, "--out", folder["totals.csv"]]);
        string[] next =
        [
            "score", "--scheme", "jsit-2020", "--refine", "example.refinement.yaml", "--members", CommandLine.Example("members.csv"),
            "--facts", CommandLine.Example("facts.csv"), "--year", "2026", "--out", "-", "--previous",
        ];

        var fromWorkbook = CommandLine.Run([.. next, folder["totals.xlsx"]]);
        var fromText = CommandLine.Run([.. next, folder["totals.csv"]]);

        Assert.Equal(ExitCode.Done, fromWorkbook.ExitCode);
        Assert.Equal(fromText.Out, fromWorkbook.Out);
    }
}
