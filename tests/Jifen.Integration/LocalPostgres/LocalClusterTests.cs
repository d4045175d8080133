using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Jifen.Store;
using Jifen.Store.LocalPostgres;
using Npgsql;
using Xunit;

namespace Jifen.Integration.LocalPostgres;

[SupportedOSPlatform("linux")]
public sealed class LocalClusterTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_folder_becomes_a_cluster_with_checksums_a_random_password_and_no_tcp()
    {
        using var place = new ClusterPlace();
        await using var cluster = await place.OpenAsync();

        Assert.True(cluster.CreatedHere);
        Assert.True(cluster.StartedHere);
        Assert.Equal("on", await ClusterPlace.AskAsync<string>(cluster, "show data_checksums"));
        Assert.Equal("", await ClusterPlace.AskAsync<string>(cluster, "show listen_addresses"));
        Assert.Equal("UTF8", await ClusterPlace.AskAsync<string>(cluster, "show server_encoding"));
        Assert.False(await ClusterPlace.AskAsync<bool>(cluster, "select exists (select from pg_hba_file_rules where auth_method <> 'scram-sha-256')"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(place.Folder, "secret")));
        Assert.Equal(48, File.ReadAllText(Path.Combine(place.Folder, "secret")).Length);
        Assert.False(File.Exists(Path.Combine(place.Folder, "initdb.password")));
    }

    [Fact]
    public async Task The_server_does_not_run_as_root()
    {
        using var place = new ClusterPlace();
        await using var cluster = await place.OpenAsync();

        var user = File.ReadLines($"/proc/{place.ServerPid}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];
        Assert.NotEqual("0", user);
    }

    [Fact]
    public async Task What_was_written_is_there_at_the_second_opening_and_nothing_runs_in_between()
    {
        using var place = new ClusterPlace();
        await using (var first = await place.OpenAsync())
        {
            await ClusterPlace.AskAsync<object>(first, "create table kept (); select 1");
        }

        Assert.Empty(place.ServerPids());
        await using var second = await place.OpenAsync();
        Assert.False(second.CreatedHere);
        Assert.True(second.StartedHere);
        Assert.True(await ClusterPlace.AskAsync<bool>(second, "select to_regclass('kept') is not null"));
    }

    [Fact]
    public async Task Three_who_open_an_empty_folder_at_once_share_one_server()
    {
        using var place = new ClusterPlace();
        var clusters = await Task.WhenAll(place.OpenAsync(), place.OpenAsync(), place.OpenAsync());

        Assert.Single(clusters, cluster => cluster.CreatedHere);
        Assert.Single(clusters, cluster => cluster.StartedHere);
        foreach (var cluster in clusters)
        {
            Assert.Equal(1, await ClusterPlace.AskAsync<int>(cluster, "select 1"));
        }

        await clusters[0].DisposeAsync();
        await clusters[1].DisposeAsync();
        Assert.Equal(1, await ClusterPlace.AskAsync<int>(clusters[2], "select 1"));
        await clusters[2].DisposeAsync();
        Assert.Empty(place.ServerPids());
    }

    [Fact]
    public async Task A_killed_server_is_started_again()
    {
        using var place = new ClusterPlace();
        await using var cluster = await place.OpenDurablyAsync();
        await ClusterPlace.AskAsync<object>(cluster, "create table kept (); select 1");
        Assert.False(await cluster.EnsureRunningAsync(Cancel));

        ClusterPlace.Kill(place.ServerPid);

        Assert.True(await cluster.EnsureRunningAsync(Cancel));
        Assert.True(await ClusterPlace.AskAsync<bool>(cluster, "select to_regclass('kept') is not null"));
    }

    [Fact]
    public async Task A_server_killed_with_all_its_children_recovers()
    {
        using var place = new ClusterPlace();
        await using var cluster = await place.OpenDurablyAsync();
        await ClusterPlace.AskAsync<object>(cluster, "create table kept (); select 1");

        ClusterPlace.Kill(place.ServerPids());

        Assert.True(await cluster.EnsureRunningAsync(Cancel));
        Assert.True(await ClusterPlace.AskAsync<bool>(cluster, "select to_regclass('kept') is not null"));
    }

    [Fact]
    public async Task A_server_killed_while_a_connection_works_is_started_only_when_its_children_are_gone()
    {
        using var place = new ClusterPlace();
        await using var cluster = await place.OpenAsync();
        await using var connection = new NpgsqlConnection(cluster.ConnectionTo("postgres").ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var busy = new NpgsqlCommand("select count(*) from generate_series(1, 20000000)", connection);
        var working = busy.ExecuteScalarAsync(Cancel);
        var orphans = place.ServerPids();

        ClusterPlace.Kill(place.ServerPid);

        Assert.True(await cluster.EnsureRunningAsync(Cancel));
        Assert.DoesNotContain(place.ServerPids(), orphans.Contains);
        await Record.ExceptionAsync(() => working);
    }

    [Fact]
    public async Task A_pid_file_that_names_a_foreign_process_is_not_taken_for_the_server()
    {
        using var place = new ClusterPlace();
        await using (await place.OpenAsync())
        {
        }

        using var foreigner = Process.Start("sleep", "60");
        await File.WriteAllTextAsync(
            place.PidFile, $"{foreigner.Id.ToString(CultureInfo.InvariantCulture)}\n{place.Data}\n1\n5432\n{place.Folder}/run\n\n", Cancel);
        try
        {
            await using var cluster = await place.OpenAsync();

            Assert.True(cluster.StartedHere);
            Assert.False(foreigner.HasExited);
        }
        finally
        {
            foreigner.Kill();
        }
    }

    [Fact]
    public async Task A_cluster_made_half_is_ignored_and_swept_away()
    {
        using var place = new ClusterPlace();
        var half = Path.Combine(place.Folder, "data.new-0badcafe");
        Directory.CreateDirectory(Path.Combine(half, "base"));
        await File.WriteAllTextAsync(Path.Combine(half, "PG_VERSION"), "15\n", Cancel);

        await using var cluster = await place.OpenAsync();

        Assert.True(cluster.CreatedHere);
        Assert.False(Directory.Exists(half));
    }

    [Fact]
    public async Task A_folder_that_holds_something_else_is_left_alone()
    {
        using var place = new ClusterPlace();
        Directory.CreateDirectory(place.Data);
        await File.WriteAllTextAsync(Path.Combine(place.Data, "论文.txt"), "", Cancel);

        var refusal = await Assert.ThrowsAsync<InstallationException>(place.OpenAsync);

        Assert.Contains("不是 PostgreSQL 的数据目录", refusal.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(place.Data, "论文.txt")));
    }

    [Theory]
    [InlineData("院 系's \"数据\", 一")]
    [InlineData("很长的目录名很长的目录名很长的目录名/很长的目录名很长的目录名很长的目录名/很长的目录名很长的目录名很长的目录名")]
    public async Task Any_path_will_do(string below)
    {
        using var place = new ClusterPlace(below);
        string run;
        await using (var cluster = await place.OpenAsync())
        {
            run = cluster.ConnectionTo("postgres").Host!;
            Assert.Equal(1, await ClusterPlace.AskAsync<int>(cluster, "select 1"));
        }

        Assert.Empty(place.ServerPids());
        Assert.Equal(run.StartsWith(place.Folder, StringComparison.Ordinal), Directory.Exists(run));
    }

    [Fact]
    public async Task Rights_somebody_changed_by_mistake_are_set_right()
    {
        using var place = new ClusterPlace();
        await using (await place.OpenAsync())
        {
        }

        File.SetUnixFileMode(place.Data, (UnixFileMode)0b111_111_111);

        await using var cluster = await place.OpenAsync();
        Assert.Equal(1, await ClusterPlace.AskAsync<int>(cluster, "select 1"));
    }

    [Fact]
    public async Task Settings_a_person_made_stay_and_those_the_product_needs_win()
    {
        using var place = new ClusterPlace();
        await using (await place.OpenAsync())
        {
        }

        await File.AppendAllTextAsync(Path.Combine(place.Data, "postgresql.conf"), "\nwork_mem = '9MB'\nlisten_addresses = '*'\n", Cancel);
        var main = await File.ReadAllLinesAsync(Path.Combine(place.Data, "postgresql.conf"), Cancel);
        await File.WriteAllLinesAsync(
            Path.Combine(place.Data, "postgresql.conf"), main.Where(line => !line.StartsWith("include_if_exists", StringComparison.Ordinal)), Cancel);

        await using var cluster = await place.OpenAsync();

        Assert.Equal("9MB", await ClusterPlace.AskAsync<string>(cluster, "show work_mem"));
        Assert.Equal("", await ClusterPlace.AskAsync<string>(cluster, "show listen_addresses"));
    }

    [Fact]
    public async Task A_data_folder_of_another_major_version_is_refused_with_what_to_install()
    {
        using var place = new ClusterPlace();
        Directory.CreateDirectory(place.Data);
        await File.WriteAllTextAsync(Path.Combine(place.Data, "PG_VERSION"), "12\n", Cancel);

        var refusal = await Assert.ThrowsAsync<InstallationException>(place.OpenAsync);

        Assert.Contains("数据目录是 PostgreSQL 12 写的", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install postgresql-12", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("./jifen backup", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Binaries_that_are_missing_are_named_with_where_they_should_be()
    {
        using var place = new ClusterPlace();

        var refusal = await Assert.ThrowsAsync<InstallationException>(
            () => LocalCluster.OpenAsync(place.Options with { Binaries = "/opt/no-postgres/bin" }, Cancel));

        Assert.Contains("“/opt/no-postgres/bin”里没有 PostgreSQL 的程序", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("JIFEN_POSTGRES_BIN", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_start_says_why_at_once()
    {
        using var place = new ClusterPlace();
        var options = place.Options with { Settings = new Dictionary<string, string> { ["max_connections"] = "viele" } };

        var refusal = await Assert.ThrowsAsync<InstallationException>(() => LocalCluster.OpenAsync(options, Cancel));

        Assert.Contains("PostgreSQL 没有启动", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("max_connections", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(place.ServerPids());
    }

    [Fact]
    public async Task A_folder_the_server_user_cannot_reach_is_named()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root hands the server over to another user");
        using var place = new ClusterPlace("office/postgres");
        var office = Path.GetDirectoryName(place.Folder)!;
        Directory.CreateDirectory(office, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var refusal = await Assert.ThrowsAsync<InstallationException>(place.OpenAsync);

        Assert.Contains($"用户 postgres 进不去“{office}”", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(place.Data));
    }
}
