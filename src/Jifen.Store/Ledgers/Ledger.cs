using System.Security.Cryptography;
using Dapper;
using Jifen.Cycle;
using Npgsql;
using NpgsqlTypes;

namespace Jifen.Store.Ledgers;

/// <summary>What is said once for all entries of one step.</summary>
/// <param name="Office">the office in which the person acts, kebab-case, or <c>member</c>, <c>installer</c>, <c>import</c></param>
/// <param name="Scheme">fingerprint of the scheme in force for the stream; null before one is adopted</param>
public sealed record EntryMaker(
    PersonId By, string Office, OperationId Operation, DateTimeOffset At, PersonId? SecondBy = null, string? Scheme = null);

/// <summary>Where an entry came to stand.</summary>
public sealed record EntryPlace(OrganizationId Stream, long Seq, EntryId Entry, byte[] Hash);

/// <summary>Appends to the streams; reads nothing but their heads.</summary>
public static class Ledger
{
    /// <summary>
    /// Takes the streams for this transaction, in one order for everybody: others that append to them wait. Before anything is read that
    /// the step decides on.
    /// </summary>
    public static async Task TakeAsync(NpgsqlConnection connection, IEnumerable<OrganizationId> streams, CancellationToken cancel)
    {
        foreach (var stream in streams.Select(stream => stream.Value).Distinct().Order())
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "select pg_advisory_xact_lock(hashtextextended(@stream::text, 20200628))", new { stream }, cancellationToken: cancel));
        }
    }

    /// <summary>Appends in the order given. The stream must have been taken in this transaction.</summary>
    /// <returns>where the entries stand; those whose source key the stream holds already are left out</returns>
    /// <exception cref="PostgresException">the database refuses: an entry corrected twice, a foreign scope</exception>
    public static Task<IReadOnlyList<EntryPlace>> AppendAsync(
        NpgsqlConnection connection, OrganizationId stream, EntryMaker maker, IReadOnlyList<Happening> happenings, CancellationToken cancel) =>
        AppendAsync(connection, stream, happenings.Select(happening => (maker, happening)).ToList(), cancel);

    /// <summary>Appends what several people did at several times: books brought in from elsewhere.</summary>
    /// <inheritdoc cref="AppendAsync(NpgsqlConnection, OrganizationId, EntryMaker, IReadOnlyList{Happening}, CancellationToken)"/>
    public static async Task<IReadOnlyList<EntryPlace>> AppendAsync(
        NpgsqlConnection connection, OrganizationId stream, IReadOnlyList<(EntryMaker Maker, Happening Happening)> deeds, CancellationToken cancel)
    {
        var fresh = await LeaveOutKnownAsync(connection, stream, deeds, cancel);
        if (fresh.Count == 0)
        {
            return [];
        }

        var head = await connection.QuerySingleOrDefaultAsync<Head>(new CommandDefinition(
            "select seq, hash from stream_head(@stream)",
            new { stream = stream.Value },
            cancellationToken: cancel)) ?? new Head { Seq = 0, Hash = LedgerEntry.Genesis(stream) };
        var rows = new Rows(fresh.Count);
        var places = new List<EntryPlace>(fresh.Count);
        foreach (var (maker, happening) in fresh)
        {
            var entry = EntryOf(stream, head.Seq + 1, maker, happening);
            var nonce = RandomNumberGenerator.GetBytes(16);
            var leaf = entry.LeafHash(nonce);
            var hash = LedgerEntry.Link(head.Hash, leaf);
            rows.Add(entry, nonce, leaf, head.Hash, hash);
            places.Add(new EntryPlace(stream, entry.Seq, entry.Entry, hash));
            head = new Head { Seq = entry.Seq, Hash = hash };
        }

        await rows.InsertAsync(connection, stream, cancel);
        return places;
    }

    /// <summary>Takes a stream and appends many deeds to it, in portions, all or nothing.</summary>
    /// <exception cref="PostgresException">the database refuses</exception>
    public static async Task AppendAsync(
        NpgsqlDataSource source, OrganizationId stream, IReadOnlyList<(EntryMaker Maker, Happening Happening)> deeds, CancellationToken cancel)
    {
        // What one statement carries as arrays: enough to make the way there and back nothing, little enough to be kept in memory.
        const int Portion = 2_000;
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await TakeAsync(connection, [stream], cancel);
        foreach (var portion in deeds.Chunk(Portion))
        {
            await AppendAsync(connection, stream, portion, cancel);
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Takes a stream and appends what one person did at one time.</summary>
    /// <inheritdoc cref="AppendAsync(NpgsqlDataSource, OrganizationId, IReadOnlyList{ValueTuple{EntryMaker, Happening}}, CancellationToken)"/>
    public static Task AppendAsync(
        NpgsqlDataSource source, OrganizationId stream, EntryMaker maker, IReadOnlyList<Happening> happenings, CancellationToken cancel) =>
        AppendAsync(source, stream, happenings.Select(happening => (maker, happening)).ToList(), cancel);

    private static LedgerEntry EntryOf(OrganizationId stream, long seq, EntryMaker maker, Happening happening)
    {
        // The database keeps whole microseconds; what is hashed must be what is kept.
        var at = new DateTimeOffset(maker.At.Ticks - (maker.At.Ticks % 10), maker.At.Offset).ToUniversalTime();
        return new LedgerEntry(
            stream,
            seq,
            new EntryId(Guid.CreateVersion7(at)),
            EventKind.Of(happening.Event),
            happening.About,
            happening.On ?? CivilTime.DayOf(at),
            at,
            maker.By,
            maker.Office,
            maker.SecondBy,
            maker.Operation,
            happening.Ground,
            happening.Clause,
            maker.Scheme,
            happening.SourceKey,
            happening.Corrects,
            CanonicalJson.Of(happening.Event));
    }

    private static async Task<IReadOnlyList<(EntryMaker Maker, Happening Happening)>> LeaveOutKnownAsync(
        NpgsqlConnection connection, OrganizationId stream, IReadOnlyList<(EntryMaker Maker, Happening Happening)> deeds, CancellationToken cancel)
    {
        var keys = deeds.Where(deed => deed.Happening.SourceKey is not null).Select(deed => deed.Happening.SourceKey!).ToArray();
        if (keys.Length == 0)
        {
            return deeds;
        }

        var known = (await connection.QueryAsync<string>(new CommandDefinition(
            "select source_key from ledger_entry where stream_id = @stream and source_key = any (@keys)",
            new { stream = stream.Value, keys },
            cancellationToken: cancel))).ToHashSet(StringComparer.Ordinal);
        return deeds.Where(deed => deed.Happening.SourceKey is null || known.Add(deed.Happening.SourceKey)).ToList();
    }

    private sealed record Head
    {
        public required long Seq { get; init; }

        public required byte[] Hash { get; init; }
    }

    /// <summary>Entries as columns: one statement however many there are.</summary>
    private sealed class Rows(int capacity)
    {
        private readonly List<LedgerEntry> _entries = new(capacity);
        private readonly List<byte[]> _nonces = new(capacity);
        private readonly List<byte[]> _leaves = new(capacity);
        private readonly List<byte[]> _previous = new(capacity);
        private readonly List<byte[]> _hashes = new(capacity);

        public void Add(LedgerEntry entry, byte[] nonce, byte[] leaf, byte[] previous, byte[] hash)
        {
            _entries.Add(entry);
            _nonces.Add(nonce);
            _leaves.Add(leaf);
            _previous.Add(previous);
            _hashes.Add(hash);
        }

        public async Task InsertAsync(NpgsqlConnection connection, OrganizationId stream, CancellationToken cancel)
        {
            await using var command = new NpgsqlCommand(
                """
                insert into ledger_entry (stream_id, algorithm, seq, entry_id, kind, person_id, happened_on, recorded_at, recorded_by, office,
                    second_by, operation_id, ground, clause, scheme, source_key, corrects, body, nonce, leaf_hash, previous_hash, entry_hash)
                select $1, $2, one.*
                from unnest($3::bigint[], $4::uuid[], $5::text[], $6::uuid[], $7::date[], $8::timestamptz[], $9::uuid[], $10::text[], $11::uuid[],
                    $12::uuid[], $13::text[], $14::text[], $15::text[], $16::text[], $17::uuid[], $18::text[], $19::bytea[], $20::bytea[],
                    $21::bytea[], $22::bytea[]) as one (seq)
                order by seq
                """,
                connection);
            var with = command.Parameters;
            with.AddWithValue(stream.Value);
            with.AddWithValue(LedgerEntry.Algorithm);
            Column(with, NpgsqlDbType.Bigint, entry => entry.Seq);
            Column(with, NpgsqlDbType.Uuid, entry => entry.Entry.Value);
            Column(with, NpgsqlDbType.Text, entry => entry.Kind);
            Column(with, NpgsqlDbType.Uuid, entry => entry.Person?.Value);
            Column(with, NpgsqlDbType.Date, entry => entry.HappenedOn);
            Column(with, NpgsqlDbType.TimestampTz, entry => entry.RecordedAt);
            Column(with, NpgsqlDbType.Uuid, entry => entry.RecordedBy.Value);
            Column(with, NpgsqlDbType.Text, entry => entry.Office);
            Column(with, NpgsqlDbType.Uuid, entry => entry.SecondBy?.Value);
            Column(with, NpgsqlDbType.Uuid, entry => entry.Operation.Value);
            Column(with, NpgsqlDbType.Text, entry => entry.Ground);
            Column(with, NpgsqlDbType.Text, entry => entry.Clause);
            Column(with, NpgsqlDbType.Text, entry => entry.Scheme);
            Column(with, NpgsqlDbType.Text, entry => entry.SourceKey);
            Column(with, NpgsqlDbType.Uuid, entry => entry.Corrects?.Value);
            Column(with, NpgsqlDbType.Text, entry => entry.Body);
            Column(with, _nonces);
            Column(with, _leaves);
            Column(with, _previous);
            Column(with, _hashes);
            await command.ExecuteNonQueryAsync(cancel);
        }

        private void Column<T>(NpgsqlParameterCollection to, NpgsqlDbType element, Func<LedgerEntry, T> value) =>
            to.Add(new NpgsqlParameter { Value = _entries.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | element });

        private static void Column(NpgsqlParameterCollection to, List<byte[]> values) =>
            to.Add(new NpgsqlParameter { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
    }
}
