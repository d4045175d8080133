using System.Text.Json;
using Jifen.Integration.LocalPostgres;
using Xunit;

namespace Jifen.Integration.Cli;

public sealed class DoctorTests
{
    [Fact]
    public async Task On_an_empty_folder_it_makes_nothing()
    {
        using var place = new ClusterPlace();
        var checkups = await AskAsync("--data", place.Folder);

        Assert.Equal("note", checkups["database"].State);
        Assert.Equal("good", checkups["postgresql"].State);
        Assert.False(Directory.Exists(place.Folder));
    }

    [Fact]
    public async Task On_a_migrated_database_it_finds_nothing_wrong_and_leaves_nothing_running()
    {
        using var place = new ClusterPlace();
        var data = Path.GetDirectoryName(place.Folder)!;
        using (var migrate = JifenProcess.Run("migrate", "--data", data))
        {
            Assert.Equal(0, await migrate.EndsAsync());
        }

        var checkups = await AskAsync("--data", data);

        Assert.Equal("good", checkups["database"].State);
        Assert.Equal("good", checkups["migrations"].State);
        Assert.Equal("good", checkups["clock-drift"].State);
        Assert.Equal("note", checkups["first-officer"].State);
        Assert.Contains("还没有设立", checkups["first-officer"].Finding, StringComparison.Ordinal);
        Assert.Empty(place.ServerPids());
    }

    [Fact]
    public async Task What_is_wrong_is_named_with_what_to_do()
    {
        using var place = new ClusterPlace();
        var data = Path.GetDirectoryName(place.Folder)!;
        using (var migrate = JifenProcess.Run("migrate", "--data", data))
        {
            await migrate.EndsAsync();
        }

        await File.AppendAllTextAsync(Path.Combine(place.Data, "postgresql.conf"), "\nfsync = off\nsynchronous_commit = local\n", TestContext.Current.CancellationToken);
        using var doctor = JifenProcess.Run("doctor", "--data", data);

        Assert.Equal(1, await doctor.EndsAsync());
        Assert.Contains("fsync = off：断电会毁掉整个数据库", doctor.Out, StringComparison.Ordinal);
        Assert.Contains("synchronous_commit = local", doctor.Out, StringComparison.Ordinal);
        Assert.Contains("改法：", doctor.Out, StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, (string State, string Finding)>> AskAsync(params string[] words)
    {
        using var doctor = JifenProcess.Run(["doctor", "--json", .. words]);
        await doctor.EndsAsync();
        using var answer = JsonDocument.Parse(doctor.Out);
        return answer.RootElement.GetProperty("checkups").EnumerateArray().ToDictionary(
            checkup => checkup.GetProperty("id").GetString()!,
            checkup => (checkup.GetProperty("state").GetString()!, checkup.GetProperty("finding").GetString()!));
    }
}
