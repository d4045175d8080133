using Jifen.Cycle;
using Jifen.Store;
using Jifen.Store.Ledgers;
using Npgsql;

namespace Jifen.Demo;

/// <summary>Enters what the books of the demo say, past the steps of the program.</summary>
internal static class DemoLedger
{
    public static async Task WriteAsync(
        NpgsqlConnection connection, OrganizationId stream, EntryMaker maker, CancellationToken cancel, params IReadOnlyList<Happening> happenings)
    {
        await Ledger.TakeAsync(connection, [stream], cancel);
        await Ledger.AppendAsync(connection, stream, maker, happenings, cancel);
    }

    public static async Task AppendAsync(
        Database database, OrganizationId stream, IReadOnlyList<(EntryMaker Maker, Happening Happening)> deeds, CancellationToken cancel)
    {
        const int Portion = 2_000;
        await using var connection = await database.Owner.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Ledger.TakeAsync(connection, [stream], cancel);
        foreach (var portion in deeds.Chunk(Portion))
        {
            await Ledger.AppendAsync(connection, stream, portion, cancel);
        }

        await transaction.CommitAsync(CancellationToken.None);
    }
}
