using Jifen.Cli;
using Xunit;

namespace Jifen.Tests.Cli;

public sealed class UsageTests
{
    [Theory]
    [InlineData("", "“./jifen”后面要写一个命令。可用的命令：start、migrate、doctor、verify")]
    [InlineData("begin", "没有命令“begin”。")]
    [InlineData("scheme", "“./jifen scheme”后面要写一个命令。可用的命令：check、test、list、show、diff、try")]
    [InlineData("scheme chek", "没有命令“chek”。是不是“check”？")]
    [InlineData("scheme show", "缺少办法：自带办法的编号，或办法文件")]
    [InlineData("scheme show jsit-2020 wuxi-2020", "多出了“wuxi-2020”。")]
    [InlineData("scheme list --jsno", "没有选项“--jsno”。是不是“--json”？")]
    [InlineData("score --scheme", "--scheme 后面要写编号|文件：")]
    [InlineData("score --scheme a --scheme b", "--scheme 写了2次，只能写一次")]
    [InlineData("score --year 二〇二五", "--year 要写 1922 到 2099 的整数，如 2025；写的是“二〇二五”")]
    [InlineData("score --year 20255", "--year 要写 1922 到 2099 的整数")]
    [InlineData("score --threads 0", "--threads 要写 1 到 256 的整数")]
    [InlineData("score", "缺少 --members 文件：名册，csv 或 xlsx")]
    public void A_command_written_wrongly_is_explained_and_points_to_the_help(string line, string expected)
    {
        var run = CommandLine.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitCode.CannotRun, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_at_sign_is_an_ordinary_letter()
    {
        var run = CommandLine.Run("scheme", "show", "@nobody");

        Assert.Equal(ExitCode.InputAtFault, run.ExitCode);
        Assert.Contains("@nobody 错误：没有这个编号的办法", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_place_for_schemes_is_said_in_one_sentence()
    {
        using var error = new StringWriter();
        using var output = new MemoryStream();

        var code = Program.Run(["scheme", "list"], output, error, name => name == "JIFEN_SCHEMES" ? "/没有/这里" : null);

        Assert.Equal(ExitCode.CannotRun, code);
        Assert.Equal("环境变量 JIFEN_SCHEMES 指的目录“/没有/这里”不存在。改法：改成放办法的目录，或取消这个变量\n", error.ToString());
    }

    [Fact]
    public void A_fault_of_the_program_shows_no_stack_unless_asked()
    {
        Assert.Contains("JIFEN_DEBUG=1", Fault.InWords(new InvalidOperationException("x")), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Fault.InWords(new InvalidOperationException("x")), StringComparison.Ordinal);

        using var error = new StringWriter();
        Assert.Throws<RefusedException>(() => Program.Run(["scheme", "list"], Stream.Null, error, name => name == "JIFEN_DEBUG" ? "1" : "/没有"));
    }
}
