using System.Data;
using System.Text;
using Jifen.Store.Ledgers;
using Npgsql;

namespace Jifen.Store.Backups;

/// <summary>
/// The ledger as text, for a second verifier and for the archive: one line an entry, streams by id, entries by number. The same ledger gives
/// the same bytes (docs/ledger-format.md).
/// </summary>
public static class CanonicalExport
{
    /// <returns>how many entries were written</returns>
    public static async Task<long> WriteAsync(Database database, Stream to, CancellationToken cancel = default)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(cancel);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await using var command = new NpgsqlCommand($"select {LedgerVerifier.Columns} from ledger_entry order by stream_id, seq", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var entries = 0L;
        while (await reader.ReadAsync(cancel))
        {
            var line = $"{Hex(reader, "entry_hash")} {Hex(reader, "leaf_hash")} {Hex(reader, "nonce")} ";
            await to.WriteAsync(Encoding.ASCII.GetBytes(line), cancel);
            await to.WriteAsync(LedgerVerifier.EntryOf(reader).CanonicalBytes(), cancel);
            to.WriteByte((byte)'\n');
            entries++;
        }

        return entries;
    }

    private static string Hex(NpgsqlDataReader reader, string column) => Convert.ToHexStringLower((byte[])reader[column]);
}
