using System.Globalization;
using Jifen.Store.LocalPostgres;
using Jifen.Store.Roles;
using Npgsql;

namespace Jifen.Store;

/// <summary>What the product asks of a database before it entrusts anything to it. Asked as the app's role, whose own settings count.</summary>
internal static class SafetyCheck
{
    private const string Ask = """
        select current_setting('server_version_num'), current_setting('server_encoding'), current_setting('fsync'),
            current_setting('synchronous_commit'), current_setting('data_checksums'), current_setting('server_version'),
            (select rolsuper or rolbypassrls from pg_roles where rolname = current_user),
            coalesce(pg_has_role(current_user, to_regrole('jifen_owner'), 'member'), false)
        """;

    /// <param name="durable">false: settings that lose data in a crash are accepted</param>
    public static async Task<IReadOnlyList<InstallationFault>> FaultsAsync(NpgsqlDataSource app, bool durable, CancellationToken cancel)
    {
        await using var command = app.CreateCommand(Ask);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var major = int.Parse(reader.GetString(0), NumberStyles.None, CultureInfo.InvariantCulture) / 10_000;
        var faults = new List<InstallationFault>();
        if (major < PostgresBinaries.OldestMajor)
        {
            faults.Add(new($"数据库服务器是 PostgreSQL {reader.GetString(5)}，要 {PostgresBinaries.OldestMajor} 或更新", "升级数据库服务器"));
        }

        if (reader.GetString(1) != "UTF8")
        {
            faults.Add(new($"数据库的编码是 {reader.GetString(1)}，存不全汉字", "另建一个数据库：create database … encoding 'UTF8' template template0"));
        }

        if (reader.GetBoolean(6) || reader.GetBoolean(7))
        {
            faults.Add(new(
                "运行用的角色是超级用户、能绕过行级权限，或属于 jifen_owner：谁能看什么就只靠程序，没有第二道关",
                $"JIFEN_APP_DATABASE 用单独的角色 {DatabaseRole.App}：nosuperuser nobypassrls，不属于 {DatabaseRole.Owner}"));
        }

        if (!durable)
        {
            return faults;
        }

        if (reader.GetString(2) != "on")
        {
            faults.Add(new("数据库设了 fsync = off：断电会毁掉整个数据库", "在 postgresql.conf 里改为 fsync = on，重新载入配置"));
        }

        if (reader.GetString(3) is not ("on" or "remote_apply"))
        {
            faults.Add(new(
                $"数据库设了 synchronous_commit = {reader.GetString(3)}：说过“已保存”的，断电后可能没有",
                $"改为 synchronous_commit = on（postgresql.conf、alter database、alter role {DatabaseRole.App} 都看看）"));
        }

        if (reader.GetString(4) != "on")
        {
            faults.Add(new("数据库没有数据校验和：磁盘坏了一处，读出来是错的也没有人知道", "停下数据库，运行 pg_checksums --enable --pgdata 数据目录，再启动"));
        }

        return faults;
    }
}
