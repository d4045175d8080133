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
    public static async Task<IReadOnlyList<EntryPlace>> AppendAsync(
        NpgsqlConnection connection, OrganizationId stream, EntryMaker maker, IReadOnlyList<Happening> happenings, CancellationToken cancel)
    {
        var fresh = await LeaveOutKnownAsync(connection, stream, happenings, cancel);
        if (fresh.Count == 0)
        {
            return [];
        }

        var head = await connection.QuerySingleOrDefaultAsync<Head>(new CommandDefinition(
            "select seq, entry_hash as hash from ledger_entry where stream_id = @stream order by seq desc limit 1",
            new { stream = stream.Value },
            cancellationToken: cancel)) ?? new Head { Seq = 0, Hash = LedgerEntry.Genesis(stream) };
        // The database keeps whole microseconds; what is hashed must be what is kept.
        var at = new DateTimeOffset(maker.At.Ticks - (maker.At.Ticks % 10), maker.At.Offset);
        var rows = new Rows(fresh.Count);
        var places = new List<EntryPlace>(fresh.Count);
        foreach (var happening in fresh)
        {
            var entry = new LedgerEntry(
                stream,
                head.Seq + 1,
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
            var nonce = RandomNumberGenerator.GetBytes(16);
            var leaf = entry.LeafHash(nonce);
            var hash = LedgerEntry.Link(head.Hash, leaf);
            rows.Add(entry, nonce, leaf, head.Hash, hash);
            places.Add(new EntryPlace(stream, entry.Seq, entry.Entry, hash));
            head = new Head { Seq = entry.Seq, Hash = hash };
        }

        await rows.InsertAsync(connection, stream, maker, at, cancel);
        return places;
    }

    private static async Task<IReadOnlyList<Happening>> LeaveOutKnownAsync(
        NpgsqlConnection connection, OrganizationId stream, IReadOnlyList<Happening> happenings, CancellationToken cancel)
    {
        var keys = happenings.Where(happening => happening.SourceKey is not null).Select(happening => happening.SourceKey!).ToArray();
        if (keys.Length == 0)
        {
            return happenings;
        }

        var known = (await connection.QueryAsync<string>(new CommandDefinition(
            "select source_key from ledger_entry where stream_id = @stream and source_key = any (@keys)",
            new { stream = stream.Value, keys },
            cancellationToken: cancel))).ToHashSet(StringComparer.Ordinal);
        return happenings.Where(happening => happening.SourceKey is null || known.Add(happening.SourceKey)).ToList();
    }

    private sealed record Head
    {
        public required long Seq { get; init; }

        public required byte[] Hash { get; init; }
    }

    /// <summary>Entries as columns: one statement however many there are.</summary>
    private sealed class Rows(int capacity)
    {
        private readonly List<long> _seq = new(capacity);
        private readonly List<Guid> _entry = new(capacity);
        private readonly List<string> _kind = new(capacity);
        private readonly List<Guid?> _person = new(capacity);
        private readonly List<DateOnly> _on = new(capacity);
        private readonly List<string?> _ground = new(capacity);
        private readonly List<string?> _clause = new(capacity);
        private readonly List<string?> _source = new(capacity);
        private readonly List<Guid?> _corrects = new(capacity);
        private readonly List<string> _body = new(capacity);
        private readonly List<byte[]> _nonce = new(capacity);
        private readonly List<byte[]> _leaf = new(capacity);
        private readonly List<byte[]> _previous = new(capacity);
        private readonly List<byte[]> _hash = new(capacity);

        public void Add(LedgerEntry entry, byte[] nonce, byte[] leaf, byte[] previous, byte[] hash)
        {
            _seq.Add(entry.Seq);
            _entry.Add(entry.Entry.Value);
            _kind.Add(entry.Kind);
            _person.Add(entry.Person?.Value);
            _on.Add(entry.HappenedOn);
            _ground.Add(entry.Ground);
            _clause.Add(entry.Clause);
            _source.Add(entry.SourceKey);
            _corrects.Add(entry.Corrects?.Value);
            _body.Add(entry.Body);
            _nonce.Add(nonce);
            _leaf.Add(leaf);
            _previous.Add(previous);
            _hash.Add(hash);
        }

        public async Task InsertAsync(
            NpgsqlConnection connection, OrganizationId stream, EntryMaker maker, DateTimeOffset at, CancellationToken cancel)
        {
            await using var command = new NpgsqlCommand(
                """
                insert into ledger_entry (stream_id, seq, entry_id, algorithm, kind, person_id, happened_on, recorded_at, recorded_by, office,
                    second_by, operation_id, ground, clause, scheme, source_key, corrects, body, nonce, leaf_hash, previous_hash, entry_hash)
                select $1, seq, entry, $2, kind, person, happened, $3, $4, $5, $6, $7, ground, clause, $8, source, corrects, body, nonce, leaf, previous, hash
                from unnest($9::bigint[], $10::uuid[], $11::text[], $12::uuid[], $13::date[], $14::text[], $15::text[], $16::text[], $17::uuid[],
                    $18::text[], $19::bytea[], $20::bytea[], $21::bytea[], $22::bytea[])
                    as one (seq, entry, kind, person, happened, ground, clause, source, corrects, body, nonce, leaf, previous, hash)
                order by seq
                """,
                connection);
            var with = command.Parameters;
            with.AddWithValue(stream.Value);
            with.AddWithValue(LedgerEntry.Algorithm);
            with.AddWithValue(at.ToUniversalTime());
            with.AddWithValue(maker.By.Value);
            with.AddWithValue(maker.Office);
            with.Add(new NpgsqlParameter { Value = (object?)maker.SecondBy?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
            with.AddWithValue(maker.Operation.Value);
            with.Add(new NpgsqlParameter { Value = (object?)maker.Scheme ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            AddArray(with, _seq.ToArray(), NpgsqlDbType.Bigint);
            AddArray(with, _entry.ToArray(), NpgsqlDbType.Uuid);
            AddArray(with, _kind.ToArray(), NpgsqlDbType.Text);
            AddArray(with, _person.ToArray(), NpgsqlDbType.Uuid);
            AddArray(with, _on.ToArray(), NpgsqlDbType.Date);
            AddArray(with, _ground.ToArray(), NpgsqlDbType.Text);
            AddArray(with, _clause.ToArray(), NpgsqlDbType.Text);
            AddArray(with, _source.ToArray(), NpgsqlDbType.Text);
            AddArray(with, _corrects.ToArray(), NpgsqlDbType.Uuid);
            AddArray(with, _body.ToArray(), NpgsqlDbType.Text);
            AddArray(with, _nonce.ToArray(), NpgsqlDbType.Bytea);
            AddArray(with, _leaf.ToArray(), NpgsqlDbType.Bytea);
            AddArray(with, _previous.ToArray(), NpgsqlDbType.Bytea);
            AddArray(with, _hash.ToArray(), NpgsqlDbType.Bytea);
            await command.ExecuteNonQueryAsync(cancel);
        }

        private static void AddArray<T>(NpgsqlParameterCollection to, T[] values, NpgsqlDbType element) =>
            to.Add(new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | element });
    }
}
