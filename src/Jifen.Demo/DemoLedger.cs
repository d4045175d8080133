using Jifen.Cycle;
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
}
