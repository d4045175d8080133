using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Members;
using Npgsql;

namespace Jifen.Store.Ledgers;

/// <summary>Something in the database is not as it was written.</summary>
/// <param name="What">entry, gap, chain, person, scheme, evidence, view</param>
/// <param name="Stream">null when it is not in a stream</param>
/// <param name="Seq">the first place of the stream that does not hold</param>
/// <param name="Message">Chinese: what, where, what it may come from</param>
public sealed record Alteration(string What, Guid? Stream, long? Seq, string Message);

/// <summary>What a reading of the whole ledger came to.</summary>
/// <param name="Heads">the last entry of each stream, to be compared with what was printed or filed</param>
public sealed record Verification(
    long Entries, IReadOnlyList<StreamHead> Heads, IReadOnlyList<Alteration> Alterations, long Files, IReadOnlyList<string> Views)
{
    public bool Holds => Alterations.Count == 0;
}

/// <param name="Hash">lower-case hex</param>
public sealed record StreamHead(Guid Stream, long Seq, string Hash);

/// <summary>
/// Reads the whole ledger again, entry by entry: content against its hash, hash against the one before, numbers without gaps; names and
/// schemes against the digests entered when they were kept; files against theirs; views against what the ledger makes of them.
/// </summary>
public sealed class LedgerVerifier(Database database, string dataFolder)
{
    /// <summary>What an entry is read from; see <see cref="EntryOf"/>.</summary>
    internal const string Columns =
        """
        stream_id, seq, entry_id, kind, person_id, happened_on, recorded_at, recorded_by, office, second_by, operation_id, ground,
        clause, scheme, source_key, corrects, body, nonce, leaf_hash, previous_hash, entry_hash
        """;

    private readonly List<Alteration> _alterations = [];

    /// <param name="withViews">also empties and fills all views in a transaction that is thrown away: reads the ledger twice</param>
    /// <param name="progress">told how many entries have been read</param>
    public async Task<Verification> RunAsync(bool withViews, IProgress<long>? progress = null, CancellationToken cancel = default)
    {
        DapperTypes.Register();
        await using var connection = await database.Owner.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var (entries, heads) = await ReadStreamsAsync(connection, progress, cancel);
        await CheckNamesAsync(connection, cancel);
        await CheckSchemesAsync(connection, cancel);
        var files = await CheckFilesAsync(connection, cancel);
        var views = withViews ? await CheckViewsAsync(connection, cancel) : [];
        await transaction.RollbackAsync(cancel);
        return new Verification(entries, heads, _alterations, files, views);
    }

    private async Task<(long Entries, List<StreamHead> Heads)> ReadStreamsAsync(NpgsqlConnection connection, IProgress<long>? progress, CancellationToken cancel)
    {
        var entries = 0L;
        var heads = new List<StreamHead>();
        await using var command = new NpgsqlCommand($"select {Columns} from ledger_entry order by stream_id, seq", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        Guid? stream = null;
        var (expected, previous, isBroken) = (1L, Array.Empty<byte>(), false);
        while (await reader.ReadAsync(cancel))
        {
            var entry = EntryOf(reader);
            if (stream != entry.Stream.Value)
            {
                (stream, expected, previous, isBroken) = (entry.Stream.Value, 1L, LedgerEntry.Genesis(entry.Stream), false);
                heads.Add(new StreamHead(entry.Stream.Value, 0, ""));
            }

            // One finding a stream: what follows a broken place proves nothing more.
            if (!isBroken && FaultOf(entry, reader, expected, previous) is { } fault)
            {
                _alterations.Add(fault);
                isBroken = true;
            }

            previous = (byte[])reader["entry_hash"];
            expected = entry.Seq + 1;
            heads[^1] = new StreamHead(entry.Stream.Value, entry.Seq, Convert.ToHexStringLower(previous));
            if (++entries % 10_000 == 0)
            {
                progress?.Report(entries);
            }
        }

        return (entries, heads);
    }

    private static Alteration? FaultOf(LedgerEntry entry, NpgsqlDataReader reader, long expected, byte[] previous)
    {
        var (stream, seq) = (entry.Stream.Value, entry.Seq);
        if (seq != expected)
        {
            return new Alteration("gap", stream, expected, $"第 {expected} 条不见了：下一条是第 {seq} 条。有人删去了中间的账");
        }

        if (!((byte[])reader["previous_hash"]).AsSpan().SequenceEqual(previous))
        {
            return new Alteration("chain", stream, seq, $"第 {seq} 条接的不是第 {seq - 1} 条：前面的账被换过，或这一条是插进来的");
        }

        var leaf = entry.LeafHash((byte[])reader["nonce"]);
        if (!((byte[])reader["leaf_hash"]).AsSpan().SequenceEqual(leaf))
        {
            return new Alteration("entry", stream, seq, $"第 {seq} 条（{entry.Kind}，{entry.HappenedOn:yyyy-MM-dd}）的内容与入账时的校验值不符：有人改过");
        }

        return ((byte[])reader["entry_hash"]).AsSpan().SequenceEqual(LedgerEntry.Link(previous, leaf))
            ? null
            : new Alteration("chain", stream, seq, $"第 {seq} 条的链值不对：有人改过");
    }

    internal static LedgerEntry EntryOf(NpgsqlDataReader reader)
    {
        T? Maybe<T>(int column)
            where T : class => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);
        Guid? MaybeId(int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);
        return new LedgerEntry(
            new OrganizationId(reader.GetGuid(0)),
            reader.GetInt64(1),
            new EntryId(reader.GetGuid(2)),
            reader.GetString(3),
            MaybeId(4) is { } person ? new PersonId(person) : null,
            reader.GetFieldValue<DateOnly>(5),
            reader.GetFieldValue<DateTimeOffset>(6),
            new PersonId(reader.GetGuid(7)),
            reader.GetString(8),
            MaybeId(9) is { } second ? new PersonId(second) : null,
            new OperationId(reader.GetGuid(10)),
            Maybe<string>(11),
            Maybe<string>(12),
            Maybe<string>(13),
            Maybe<string>(14),
            MaybeId(15) is { } corrects ? new EntryId(corrects) : null,
            reader.GetString(16));
    }

    // The name lies outside the ledger; its digest was entered with the person.
    private async Task CheckNamesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var rows = await connection.QueryAsync<(Guid Stream, long Seq, string Body, Guid? Person, string? Number, string? Name, string? Salt)>(new CommandDefinition(
            """
            select distinct on (e.person_id) e.stream_id, e.seq, e.body, p.person_id, p.number, p.name, p.name_salt
            from ledger_entry e left join person p on p.person_id = e.person_id
            where e.kind in ('person-registered', 'person-renamed')
            order by e.person_id, e.position desc
            """,
            commandTimeout: 0,
            cancellationToken: cancel));
        foreach (var row in rows)
        {
            var kept = JsonDocument.Parse(row.Body).RootElement.GetProperty("nameDigest").GetString();
            if (row.Person is { } person && new PersonName(new PersonId(person), row.Number, row.Name!, row.Salt).Digest != kept)
            {
                _alterations.Add(new Alteration("person", row.Stream, row.Seq, $"人员 {person} 的姓名与登记时不符：有人在账外改过"));
            }
        }
    }

    private async Task CheckSchemesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var rows = await connection.QueryAsync<(string Fingerprint, string Scheme, string? Refinement)>(new CommandDefinition(
            "select fingerprint, scheme_text, refinement_text from scheme_version", cancellationToken: cancel));
        foreach (var row in rows)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(row.Scheme));
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(row.Refinement ?? ""));
            if (Convert.ToHexStringLower(hash.GetHashAndReset()) != row.Fingerprint)
            {
                _alterations.Add(new Alteration("scheme", null, null, $"办法 {row.Fingerprint[..12]} 的文字与指纹不符：有人改过"));
            }
        }
    }

    private async Task<long> CheckFilesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var rows = (await connection.QueryAsync<(Guid Id, byte[] Sha256)>(new CommandDefinition(
            "select evidence_id, sha256 from evidence", cancellationToken: cancel))).AsList();
        foreach (var row in rows)
        {
            var path = EvidencePath.Of(dataFolder, row.Sha256);
            if (!File.Exists(path))
            {
                _alterations.Add(new Alteration("evidence", null, null, $"佐证材料 {row.Id} 的文件不见了"));
                continue;
            }

            await using var file = File.OpenRead(path);
            if (!(await SHA256.HashDataAsync(file, cancel)).AsSpan().SequenceEqual(row.Sha256))
            {
                _alterations.Add(new Alteration("evidence", null, null, $"佐证材料 {row.Id} 的文件与入账时的校验值不符：有人改过"));
            }
        }

        return rows.Count;
    }

    private async Task<IReadOnlyList<string>> CheckViewsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var tables = (await connection.QueryAsync<string>(new CommandDefinition("select name from view_table order by name", cancellationToken: cancel))).AsList();
        var before = await DigestsAsync(connection, tables, cancel);
        await connection.ExecuteAsync(new CommandDefinition("select rebuild_views()", commandTimeout: 0, cancellationToken: cancel));
        var after = await DigestsAsync(connection, tables, cancel);
        foreach (var table in tables.Where(table => before[table] != after[table]))
        {
            _alterations.Add(new Alteration("view", null, null, $"表 {table} 与账算出来的不一样：有人绕过账改过。运行 ./jifen rebuild 照账重建"));
        }

        return tables;
    }

    private static async Task<Dictionary<string, string>> DigestsAsync(NpgsqlConnection connection, List<string> tables, CancellationToken cancel)
    {
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            var name = new NpgsqlCommandBuilder().QuoteIdentifier(table);
            digests[table] = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                $"select encode(sha256(convert_to(coalesce(string_agg(t::text, E'\\n' order by t::text), ''), 'UTF8')), 'hex') from {name} t",
                commandTimeout: 0,
                cancellationToken: cancel)) ?? "";
        }

        return digests;
    }
}
