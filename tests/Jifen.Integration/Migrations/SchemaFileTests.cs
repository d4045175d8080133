using Dapper;
using Jifen.Integration.World;
using Jifen.Store;
using Npgsql;
using Xunit;

namespace Jifen.Integration.Migrations;

/// <summary>src/Jifen.Store/schema.sql is what a reader reads; the migrations are what runs. They must come to the same.</summary>
public sealed class SchemaFileTests(Cluster cluster)
{
    // Everything the catalogs know of our schema, one line a thing.
    private const string Catalog =
        """
        select format('column %s.%s %s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
            coalesce(pg_get_expr(d.adbin, d.adrelid), '')) as line
        from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped
        union all
        select format('constraint %s %s', c.conrelid::regclass, pg_get_constraintdef(c.oid)) from pg_constraint c where c.connamespace = 'public'::regnamespace
        union all
        select format('index %s', pg_get_indexdef(i.indexrelid)) from pg_index i join pg_class c on c.oid = i.indexrelid where c.relnamespace = 'public'::regnamespace
        union all
        select format('function %s %s', pg_get_functiondef(p.oid), p.proacl) from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
        union all
        select format('trigger %s', pg_get_triggerdef(t.oid)) from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
        union all
        select format('policy %s %s %s %s %s %s %s', tablename, policyname, permissive, roles, cmd, qual, with_check) from pg_policies
        union all
        select format('table %s owner %s rights %s security %s %s comment %s', c.relname, pg_get_userbyid(c.relowner), c.relacl, c.relrowsecurity,
            c.relforcerowsecurity, obj_description(c.oid)) from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        union all
        select format('rights %s.%s %s', c.relname, a.attname, a.attacl) from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'public'::regnamespace and a.attacl is not null
        union all
        select format('view %s', name) from view_table
        """;

    [Fact]
    public async Task The_schema_file_makes_the_database_the_migrations_make()
    {
        await using var migrated = await cluster.FreshAsync();
        var ofFile = await FromFileAsync();
        var ofMigrations = await LinesAsync(migrated);
        Assert.NotEmpty(ofMigrations);
        Assert.Equal(ofMigrations, ofFile);
    }

    private async Task<List<string>> FromFileAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        await using (var postgres = new NpgsqlConnection(cluster.Superuser("postgres")))
        {
            await postgres.OpenAsync(stop);
            await postgres.ExecuteAsync("create database from_schema_file owner jifen_owner");
        }

        await using var connection = new NpgsqlConnection(cluster.Superuser("from_schema_file"));
        await connection.OpenAsync(stop);
        await connection.ExecuteAsync("set role jifen_owner");
        await connection.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src", "Jifen.Store", "schema.sql"), stop));
        return await LinesAsync(connection);
    }

    private static async Task<List<string>> LinesAsync(Database database)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await LinesAsync(connection);
    }

    private static async Task<List<string>> LinesAsync(NpgsqlConnection connection) =>
        (await connection.QueryAsync<string>(Catalog))
            .Where(line => !line.Contains("schema_version", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
}
