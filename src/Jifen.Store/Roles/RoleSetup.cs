using Npgsql;

namespace Jifen.Store.Roles;

/// <summary>Makes the three roles, and the rights they need before the first migration.</summary>
internal static class RoleSetup
{
    // "jifen" and a number, beside that of the migrations.
    private const long Lock = 0x6A6966656E02;

    /// <summary>The private cluster: what the password file says is made true.</summary>
    public static async Task<RolePasswords> PrepareLocalAsync(NpgsqlConnection superuser, string passwordFile, string database, CancellationToken cancel)
    {
        RolePasswords passwords;
        await using (var transaction = await superuser.BeginTransactionAsync(cancel))
        {
            await ExecuteAsync(superuser, $"select pg_advisory_xact_lock({Lock})", cancel);
            var isNew = !File.Exists(passwordFile);
            passwords = RolePasswords.In(passwordFile);
            foreach (var role in (string[])[DatabaseRole.Owner, DatabaseRole.App, DatabaseRole.Reader])
            {
                if (!await ExistsAsync(superuser, role, cancel))
                {
                    await ExecuteAsync(superuser, Create(role, passwords[role]), cancel);
                }
                else if (isNew)
                {
                    await ExecuteAsync(superuser, $"alter role {role} password '{ScramVerifier.Of(passwords[role])}'", cancel);
                }
            }

            await ReaderOnlyReadsAsync(superuser, cancel);
            await transaction.CommitAsync(cancel);
        }

        await EnsureDatabaseAsync(superuser, database, cancel);
        return passwords;
    }

    /// <summary>An existing server: roles are made once, by the first machine; nothing that is there is changed.</summary>
    public static async Task<RolePasswords> PrepareServerAsync(NpgsqlConnection login, string passwordFile, CancellationToken cancel)
    {
        await using var transaction = await login.BeginTransactionAsync(cancel);
        await ExecuteAsync(login, $"select pg_advisory_xact_lock({Lock})", cancel);
        var present = await ExistsAsync(login, DatabaseRole.App, cancel) || await ExistsAsync(login, DatabaseRole.Reader, cancel);
        if (present && !File.Exists(passwordFile))
        {
            throw new InstallationException(
                $"数据库服务器上已有角色 {DatabaseRole.App}、{DatabaseRole.Reader}，这台机器上却没有它们的口令（{passwordFile}）：多半是另一台机器先装的",
                $"从那台机器复制这个文件；或设 JIFEN_APP_DATABASE、JIFEN_READER_DATABASE 为这两个角色的连接串");
        }

        var passwords = RolePasswords.In(passwordFile);
        try
        {
            if (!await ExistsAsync(login, DatabaseRole.Owner, cancel))
            {
                await ExecuteAsync(login, $"create role {DatabaseRole.Owner} nologin", cancel);
            }

            foreach (var role in (string[])[DatabaseRole.App, DatabaseRole.Reader])
            {
                if (!await ExistsAsync(login, role, cancel))
                {
                    await ExecuteAsync(login, Create(role, passwords[role]), cancel);
                    if (role == DatabaseRole.Reader)
                    {
                        await ReaderOnlyReadsAsync(login, cancel);
                    }
                }
            }

            await GrantAsync(login, cancel);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw NotPrepared(login, refused);
        }

        await transaction.CommitAsync(cancel);
        return passwords;
    }

    /// <summary>An existing server whose roles somebody prepared.</summary>
    public static async Task RequirePreparedAsync(NpgsqlConnection login, CancellationToken cancel)
    {
        if (!await ExistsAsync(login, DatabaseRole.Owner, cancel)
            || !await TrueAsync(login, $"select pg_has_role(current_user, '{DatabaseRole.Owner}', 'member')", cancel))
        {
            throw NotPrepared(login, null);
        }
    }

    // A line each: the right, and how it is given.
    private static async Task GrantAsync(NpgsqlConnection login, CancellationToken cancel)
    {
        var database = Quoted(login.Database);
        (string Has, string Grant)[] rights =
        [
            ($"pg_has_role(current_user, '{DatabaseRole.Owner}', 'member')", $"grant {DatabaseRole.Owner} to current_user"),
            ($"has_database_privilege('{DatabaseRole.Owner}', current_database(), 'create')", $"grant create, temporary on database {database} to {DatabaseRole.Owner}"),
            ($"has_schema_privilege('{DatabaseRole.Owner}', 'public', 'create')", $"grant usage, create on schema public to {DatabaseRole.Owner}"),
            ($"has_database_privilege('{DatabaseRole.App}', current_database(), 'connect')", $"grant connect on database {database} to {DatabaseRole.App}"),
            ($"has_database_privilege('{DatabaseRole.App}', current_database(), 'temporary')", $"grant temporary on database {database} to {DatabaseRole.App}"),
            ($"has_database_privilege('{DatabaseRole.Reader}', current_database(), 'connect')", $"grant connect on database {database} to {DatabaseRole.Reader}"),
            ($"has_schema_privilege('{DatabaseRole.App}', 'public', 'usage')", $"grant usage on schema public to {DatabaseRole.App}"),
            ($"has_schema_privilege('{DatabaseRole.Reader}', 'public', 'usage')", $"grant usage on schema public to {DatabaseRole.Reader}"),
        ];
        foreach (var (has, grant) in rights)
        {
            if (!await TrueAsync(login, $"select {has}", cancel))
            {
                await ExecuteAsync(login, grant, cancel);
            }
        }
    }

    private static string Create(string role, string password) =>
        $"create role {role} login nosuperuser nocreatedb nocreaterole nobypassrls password '{ScramVerifier.Of(password)}'";

    // Its rights say so already; this says it once more for everything somebody may grant by mistake.
    private static Task ReaderOnlyReadsAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        ExecuteAsync(connection, $"alter role {DatabaseRole.Reader} set default_transaction_read_only = on", cancel);

    private static async Task EnsureDatabaseAsync(NpgsqlConnection superuser, string database, CancellationToken cancel)
    {
        await using var known = new NpgsqlCommand("select exists (select from pg_database where datname = $1)", superuser)
        {
            Parameters = { new() { Value = database } },
        };
        if (await known.ExecuteScalarAsync(cancel) is true)
        {
            return;
        }

        try
        {
            await ExecuteAsync(superuser, $"create database {Quoted(database)} owner {DatabaseRole.Owner}", cancel);
        }
        catch (PostgresException beaten) when (beaten.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process made it in this moment.
        }
    }

    private static InstallationException NotPrepared(NpgsqlConnection login, Exception? inner) => new(
        $"连接串里的用户 {login.UserName} 不能建角色，数据库里也没有给它准备好",
        $"给它建角色的权限（CREATEROLE），或请数据库管理员执行：create role {DatabaseRole.Owner}; "
            + $"create role {DatabaseRole.App} login password '…'; create role {DatabaseRole.Reader} login password '…'; "
            + $"grant {DatabaseRole.Owner} to {Quoted(login.UserName ?? "")}; grant create, temporary on database {Quoted(login.Database)} to {DatabaseRole.Owner}; "
            + $"grant usage, create on schema public to {DatabaseRole.Owner}，再设 JIFEN_APP_DATABASE、JIFEN_READER_DATABASE 为后两个角色的连接串",
        inner);

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static Task<bool> ExistsAsync(NpgsqlConnection connection, string role, CancellationToken cancel) =>
        TrueAsync(connection, $"select to_regrole('{role}') is not null", cancel);

    private static async Task<bool> TrueAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
