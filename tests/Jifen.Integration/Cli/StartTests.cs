using Jifen.Integration.LocalPostgres;
using Xunit;

namespace Jifen.Integration.Cli;

public sealed class StartTests
{
    private const string Started = "积分册已启动";

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task It_starts_on_an_empty_folder_and_stops_all_it_started(string signal)
    {
        using var place = new ClusterPlace("数据/postgres");
        using var jifen = Start(place);
        await jifen.SaysAsync(Started);
        Assert.NotEmpty(place.ServerPids());

        jifen.Signal(signal);

        Assert.Equal(0, await jifen.EndsAsync());
        Assert.Empty(place.ServerPids());
        Assert.Contains("数据库：自带，在 " + DataFolder(place), jifen.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_it_says_that_it_has_started_it_answers()
    {
        using var place = new ClusterPlace();
        using var jifen = Start(place);
        await jifen.SaysAsync("停止：");
        using var browser = new HttpClient { BaseAddress = new Uri(jifen.Out.Split(Started + "：")[1].Split('\n')[0]) };

        Assert.Equal("alive", await browser.GetStringAsync("/healthz", Cancel));
        Assert.Equal("ready", await browser.GetStringAsync("/readyz", Cancel));

        using var second = JifenProcess.Run("start", "--port", $"{browser.BaseAddress.Port}", "--data", DataFolder(place));
        Assert.Equal(2, await second.EndsAsync());
        Assert.Contains("已被别的程序占用", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_without_a_chance_to_stop_its_server_goes_all_the_same_and_the_next_start_finds_everything()
    {
        using var place = new ClusterPlace();
        string first;
        using (var jifen = Start(place))
        {
            await jifen.SaysAsync("停止：");
            first = jifen.Out;
            jifen.Signal("KILL");
        }

        Assert.True(await ClusterPlace.ComesTrueAsync(() => place.ServerPids().Count == 0), "the guard did not stop the server");
        using var again = Start(place);
        await again.SaysAsync("停止：");
        Assert.Equal(Installation(first), Installation(again.Out));
    }

    [Fact]
    public async Task The_server_stays_for_a_second_program_when_the_one_that_started_it_is_killed()
    {
        using var place = new ClusterPlace();
        using var first = Start(place);
        await first.SaysAsync(Started);
        using var second = Start(place);
        await second.SaysAsync(Started);
        var server = place.ServerPid;

        first.Signal("KILL");
        await first.EndsAsync();
        await Task.Delay(300, Cancel);
        Assert.Equal(server, place.ServerPid);

        second.Signal("TERM");
        await second.EndsAsync();
        Assert.True(await ClusterPlace.ComesTrueAsync(() => place.ServerPids().Count == 0));
    }

    [Fact]
    public async Task A_server_killed_while_it_runs_is_started_again_by_itself()
    {
        using var place = new ClusterPlace();
        using var jifen = Start(place);
        await jifen.SaysAsync(Started);
        var killed = place.ServerPid;

        ClusterPlace.Kill(killed);

        Assert.True(await ClusterPlace.ComesTrueAsync(() => File.Exists(place.PidFile) && place.ServerPids() is { Count: > 0 } pids && !pids.Contains(killed)));
        jifen.Signal("TERM");
        Assert.Equal(0, await jifen.EndsAsync());
        Assert.Empty(place.ServerPids());
    }

    [Fact]
    public async Task Everything_killed_at_once_recovers_at_the_next_start()
    {
        using var place = new ClusterPlace();
        using (var jifen = Start(place))
        {
            await jifen.SaysAsync(Started);
            ClusterPlace.Kill(jifen.Id);
            ClusterPlace.Kill(place.ServerPids());
        }

        using var again = Start(place);
        await again.SaysAsync(Started);
    }

    [Fact]
    public async Task Three_programs_on_an_empty_folder_at_once_all_work()
    {
        using var place = new ClusterPlace();
        using var first = Start(place);
        using var second = Start(place);
        using var third = Start(place);

        await Task.WhenAll(first.SaysAsync("停止："), second.SaysAsync("停止："), third.SaysAsync("停止："));

        Assert.Equal(Installation(first.Out), Installation(second.Out));
        Assert.Equal(Installation(first.Out), Installation(third.Out));
    }

    [Fact]
    public async Task A_folder_used_with_a_server_does_not_come_up_with_a_database_of_its_own()
    {
        using var place = new ClusterPlace();
        Directory.CreateDirectory(DataFolder(place));
        await File.WriteAllTextAsync(Path.Combine(DataFolder(place), "installation"), $"server {Guid.CreateVersion7()}\n", Cancel);

        using var jifen = Start(place);

        Assert.Equal(2, await jifen.EndsAsync());
        Assert.Contains("上次用的是 server 模式，这次是 local 模式", jifen.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(place.Folder));
    }

    [Theory]
    [InlineData("JIFEN_MODE", "server", "JIFEN_MODE=server，却没有连接串")]
    [InlineData("JIFEN_MODE", "lokal", "只能是 local 或 server")]
    [InlineData("JIFEN_DATABASE", "", "是空的")]
    [InlineData("JIFEN_DATABASE", "postgres://u:geheim@h/d", "连接串看不懂")]
    [InlineData("JIFEN_PORT", "http", "JIFEN_PORT 要写")]
    public async Task A_configuration_that_says_nothing_clear_is_refused(string variable, string value, string refusal)
    {
        using var place = new ClusterPlace();
        using var jifen = JifenProcess.Run(
            new Dictionary<string, string>(StringComparer.Ordinal) { [variable] = value }, "start", "--data", DataFolder(place));

        Assert.Equal(2, await jifen.EndsAsync());
        Assert.Contains(refusal, jifen.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", jifen.Error, StringComparison.Ordinal);
    }

    private static JifenProcess Start(ClusterPlace place) => JifenProcess.Run("start", "--port", "0", "--data", DataFolder(place));

    private static string DataFolder(ClusterPlace place) => Path.GetDirectoryName(place.Folder)!;

    private static string Installation(string banner) => banner.Split("编号 ")[1].Split('\n')[0];
}
