using Dapper;
using Npgsql;

namespace Jifen.Store.Backups;

/// <summary>Every table there is, as the database itself knows them: a new one is in the next backup without anybody thinking of it.</summary>
internal static class BackupTables
{
    /// <summary>With the columns that are stored and not computed; those that others refer to come first.</summary>
    /// <exception cref="InvalidOperationException">row-level security would hide rows from the owner</exception>
    public static async Task<IReadOnlyList<(string Name, string[] Columns)>> InOrderAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var tables = (await connection.QueryAsync<(string Name, string[] Columns, string[] Needs, bool IsHidden)>(new CommandDefinition(
            """
            select c.relname::text,
                array(select a.attname::text from pg_attribute a
                      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum),
                array(select r.relname::text from pg_constraint f join pg_class r on r.oid = f.confrelid
                      where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid),
                c.relforcerowsecurity and not exists (
                    select from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname and p.qual = 'true' and 'jifen_owner' = any (p.roles))
            from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_version'
            order by c.relname
            """,
            cancellationToken: cancel))).ToList();
        if (tables.Find(table => table.IsHidden) is { Name: { } hidden })
        {
            throw new InvalidOperationException($"row-level security hides rows of {hidden} from its owner: a backup would lack them");
        }

        var ordered = new List<(string, string[])>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (ordered.Count < tables.Count)
        {
            var next = tables.Find(table => !done.Contains(table.Name) && table.Needs.All(done.Contains));
            done.Add(next.Name ?? throw new InvalidOperationException("tables refer to each other in a circle"));
            ordered.Add((next.Name, next.Columns));
        }

        return ordered;
    }

    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Columns(IEnumerable<string> columns) => string.Join(", ", columns.Select(Quoted));
}
