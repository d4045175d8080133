using System.Globalization;
using Jifen.Store;

namespace Jifen.Cli.Checkups;

/// <summary>What only the database can tell. One that was never made is not made here.</summary>
internal static class DatabaseCheckups
{
    private static readonly TimeSpan LargestDrift = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Checkup>> OfAsync(DatabaseOptions options, TimeProvider clock, CancellationToken cancel)
    {
        if (!Database.IsSetUp(options))
        {
            return [Checkup.Note("database", "数据库", "还没有建，第一次 ./jifen start 时建")];
        }

        var checkups = new List<Checkup>();
        try
        {
            await using var database = await Database.OpenAsync(options, cancel);
            checkups.Add(Checkup.Good("database", "数据库", await DescribeAsync(database, cancel)));
            checkups.Add(await DriftAsync(database, clock, cancel));
            var migrations = await MigrationsAsync(database, cancel);
            checkups.Add(migrations);
            if (migrations.State == CheckupState.Good)
            {
                checkups.Add(await FirstOfficerAsync(database, cancel));
            }
        }
        catch (InstallationException refusal)
        {
            checkups.AddRange(Checkup.Of("database", "数据库", refusal));
        }

        return checkups;
    }

    private static async Task<string> DescribeAsync(Database database, CancellationToken cancel)
    {
        await using var command = database.App.CreateCommand("select current_setting('server_version'), pg_size_pretty(pg_database_size(current_database()))");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var mode = database.Mode == DatabaseMode.Local ? "自带，在" : "服务器";
        return $"{mode} {database.Place}，PostgreSQL {reader.GetString(0)}，{reader.GetString(1)}；角色、设置都对";
    }

    private static async Task<Checkup> DriftAsync(Database database, TimeProvider clock, CancellationToken cancel)
    {
        await using var command = database.App.CreateCommand("select clock_timestamp()");
        var server = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancel))!, TimeSpan.Zero);
        var drift = (clock.GetUtcNow() - server).Duration();
        var seconds = drift.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        return drift > LargestDrift
            ? Checkup.Fault("clock-drift", "两边时钟", $"这台机器与数据库服务器的时钟差 {seconds} 秒", "两边都用 NTP 对时：timedatectl set-ntp true")
            : Checkup.Good("clock-drift", "两边时钟", $"相差 {seconds} 秒");
    }

    // Until somebody can sign in the system is of use to nobody, and whoever holds the link of start becomes its officer.
    private static async Task<Checkup> FirstOfficerAsync(Database database, CancellationToken cancel)
    {
        const string Name = "第一名组织员";
        await using var command = database.Owner.CreateCommand(
            """
            select count(*) filter (where credentials_set_at is not null and disabled_at is null), exists (select from organization) from account
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return (reader.GetInt64(0), reader.GetBoolean(1)) switch
        {
            ( > 0 and var accounts, _) => Checkup.Good("first-officer", Name, $"已设立，能登录的账号{accounts}个"),
            (_, false) => Checkup.Note("first-officer", Name, "还没有设立，谁也不能登录", "./jifen start 会显示一次性链接，打开它设立党组织和第一名组织员"),
            _ => Checkup.Fault("first-officer", Name, "有党组织，却没有一个能登录的账号", "./jifen user add 编号，给组织员一个设密码的链接"),
        };
    }

    private static async Task<Checkup> MigrationsAsync(Database database, CancellationToken cancel)
    {
        try
        {
            var pending = await database.PendingMigrationsAsync(cancel);
            return pending.Count == 0
                ? Checkup.Good("migrations", "数据库结构", "已是最新")
                : Checkup.Fault("migrations", "数据库结构", $"有{pending.Count}个迁移没有做：{string.Join("、", pending)}", "./jifen migrate，或 ./jifen start");
        }
        catch (InstallationException refusal)
        {
            return Checkup.Of("migrations", "数据库结构", refusal).First();
        }
    }
}
