using Jifen.Cli;
using Jifen.Integration.LocalPostgres;
using Jifen.Integration.World;
using Jifen.Store;
using Xunit;

namespace Jifen.Integration.People;

/// <summary>import members, on a data folder of its own.</summary>
public sealed class RosterVerbTests
{
    private const string Roster = "编号,姓名,支部,身份\nR1,章一,第一党支部,正式党员\nR2,章二,信息学院第一党支部,预备党员\n";

    [Fact]
    public async Task A_roster_is_checked_entered_and_not_doubled()
    {
        using var place = new ClusterPlace();
        var folder = Path.GetDirectoryName(place.Folder)!;
        await using var database = await Database.OpenAsync(new LocalDatabaseOptions { DataFolder = folder }, TestContext.Current.CancellationToken);
        await database.MigrateAsync(TestContext.Current.CancellationToken);
        var college = await College.FoundAsync(database);
        await using var account = database.Owner.CreateCommand(
            "insert into account (account_id, person_id, login_name, normalized_name, security_stamp, opened_at, link_granted_at) values ($1, $2, '组织员', '组织员', random_stamp(), now(), now())");
        account.Parameters.Add(new() { Value = Guid.CreateVersion7() });
        account.Parameters.Add(new() { Value = college.Officer.Value });
        await account.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        Assert.Equal((ExitCode.Done, "2行都对：新增2人，变更0人，不变0人。没有入账。\n"), Run(folder, Roster, "--dry-run"));
        Assert.Equal((ExitCode.Done, "2行都对：新增2人，变更0人，不变0人。已经入账。\n"), Run(folder, Roster));
        Assert.Equal((ExitCode.Done, "2行都对：新增0人，变更0人，不变2人。没有入账。\n"), Run(folder, Roster));

        var (code, words) = Run(folder, Roster + "R3,章三,第九党支部,正式党员\n");
        Assert.Equal(ExitCode.InputAtFault, code);
        Assert.Contains("第4行第3列 错误：支部“第九党支部”", words, StringComparison.Ordinal);
        Assert.Contains("没有“导入名册”的职务", Run(folder, Roster, "--by", "R1").Words, StringComparison.Ordinal);
    }

    private static (int Code, string Words) Run(string folder, string roster, params string[] more)
    {
        var file = Path.Combine(folder, "roster.csv");
        File.WriteAllText(file, roster);
        using var output = new MemoryStream();
        using var error = new StringWriter();
        string[] by = more.Contains("--by") ? [] : ["--by", "组织员"];
        var code = Program.Run(["import", "members", file, "--data", folder, "--organization", "信息学院党委", .. by, .. more], output, error);
        return (code, error.ToString());
    }
}
