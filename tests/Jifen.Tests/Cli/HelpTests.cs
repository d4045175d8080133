using Jifen.Cli;
using Xunit;

namespace Jifen.Tests.Cli;

public sealed class HelpTests
{
    public static TheoryData<string> Verbs() => new(
        "", "start", "migrate", "doctor", "score", "explain", "scheme", "scheme check", "scheme test", "scheme list", "scheme show", "scheme diff",
        "scheme try", "filing", "filing check", "user", "user add", "user reset", "user disable", "authz", "backup", "restore", "export-canonical");

    [Theory, MemberData(nameof(Verbs))]
    public void Every_verb_explains_itself(string verb)
    {
        var run = CommandLine.Run([.. Words(verb), "--help"]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("", run.Error);
        Golden.Matches($"help{string.Concat(Words(verb).Select(word => $"-{word}"))}.txt", run.Out);
    }

    [Fact]
    public void Help_is_given_even_where_the_rest_is_wrong()
    {
        var run = CommandLine.Run("score", "--year", "abc", "-h");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("用法：", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_one_line()
    {
        var run = CommandLine.Run("--version");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.StartsWith("jifen ", run.Out, StringComparison.Ordinal);
        Assert.Equal(1, run.Out.Count(c => c == '\n'));
    }

    [Fact]
    public void Each_verb_is_made_alone_by_the_name_it_has_among_all()
    {
        var session = new Session(Stream.Null, TextWriter.Null, TextWriter.Null, _ => null, showsProgress: false);
        var all = CommandTree.For(session, []).Root.Subcommands.Select(verb => verb.Name).ToList();

        Assert.Equal(17, all.Count);
        Assert.All(all, name => Assert.Equal([name], CommandTree.For(session, [name, "--help"]).Root.Subcommands.Select(verb => verb.Name)));
    }

    private static string[] Words(string verb) => verb.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
