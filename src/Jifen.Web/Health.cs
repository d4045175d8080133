using Jifen.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Jifen.Web;

/// <summary>Addresses for whoever watches the machine.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder site)
    {
        site.MapGet("/healthz", () => Results.Text("alive")).WithMetadata(new OpenToAllAttribute("says only that the program runs"));
        site.MapGet("/readyz", async (Database database, CancellationToken cancel) =>
        {
            try
            {
                await using var command = database.App.CreateCommand("select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean");
                command.CommandTimeout = 3;
                return await command.ExecuteScalarAsync(cancel) is false
                    ? Results.Text("ready")
                    : Results.Text("read-only", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
            catch (NpgsqlException)
            {
                return Results.Text("no database", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }).WithMetadata(new OpenToAllAttribute("says only whether writes are possible"));
    }
}
