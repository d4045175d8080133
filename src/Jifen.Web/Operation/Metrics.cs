using System.Diagnostics;
using System.Globalization;
using System.Text;
using Jifen.Cycle.Permissions;
using Jifen.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Jifen.Web.Operation;

/// <summary>/metrics: figures of the operation as Prometheus reads them. For the administrator; for the public only where it was opened.</summary>
internal static class Metrics
{
    private const int PatienceSeconds = 3;

    public static void MapMetrics(this IEndpointRouteBuilder site) => site.MapGet("/metrics", ShowAsync).WithMetadata(new NeedsAttribute("HL2"));

    private static async Task<IResult> ShowAsync(Visit visit, SiteSettings settings, RequestFigures requests, Database database, CancellationToken cancel)
    {
        // The gate lets everybody in who ever could; whether it is opened is known here.
        var target = Target.Of(Scope.Installation) with { IsOpenedToWeb = settings.HasOpenMetrics };
        if (Authority.Judge(Actions.HL2ReadMetrics, await visit.ActorAsync(), target).Refusal is { } refusal)
        {
            return TypedResults.Text(refusal.Message, "text/plain; charset=utf-8", Encoding.UTF8, StatusCodes.Status403Forbidden);
        }

        var text = new StringBuilder();
        OfRequests(text, requests);
        OfProcess(text);
        await OfDatabaseAsync(text, database, cancel);
        return TypedResults.Text(text.ToString(), "text/plain; version=0.0.4; charset=utf-8", Encoding.UTF8);
    }

    private static void OfRequests(StringBuilder to, RequestFigures requests)
    {
        Head(to, "jifen_http_requests_in_flight", "gauge", "Requests being answered now.");
        Line(to, $"jifen_http_requests_in_flight {requests.UnderWay}");
        Head(to, "jifen_http_request_seconds", "histogram", "Time to the last byte, by address, method and status.");
        foreach (var ((method, route, status), series) in requests.All)
        {
            var labels = $"method=\"{method}\",route=\"{Escaped(route)}\",status=\"{status.ToString(CultureInfo.InvariantCulture)}\"";
            var counts = series.Cumulative.ToList();
            for (var i = 0; i < counts.Count; i++)
            {
                var bound = i < RequestFigures.Bounds.Length ? RequestFigures.Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                Line(to, $"jifen_http_request_seconds_bucket{{{labels},le=\"{bound}\"}} {counts[i]}");
            }

            Line(to, $"jifen_http_request_seconds_sum{{{labels}}} {series.Seconds}");
            Line(to, $"jifen_http_request_seconds_count{{{labels}}} {counts[^1]}");
        }
    }

    private static void OfProcess(StringBuilder to)
    {
        using var process = Process.GetCurrentProcess();
        Told(to, "jifen_process_resident_bytes", "gauge", "Memory the program holds.", process.WorkingSet64);
        Told(to, "jifen_process_heap_bytes", "gauge", "Memory of its objects.", GC.GetTotalMemory(forceFullCollection: false));
        Told(to, "jifen_process_collections_total", "counter", "Garbage collections.", GC.CollectionCount(0));
        Told(to, "jifen_process_cpu_seconds_total", "counter", "Processor time used.", process.TotalProcessorTime.TotalSeconds);
        Told(to, "jifen_process_threads", "gauge", "Threads of the pool.", ThreadPool.ThreadCount);
        Told(to, "jifen_process_waiting", "gauge", "Work that waits for a thread.", ThreadPool.PendingWorkItemCount);
    }

    private static async Task OfDatabaseAsync(StringBuilder to, Database database, CancellationToken cancel)
    {
        const string Up = "jifen_database_up";
        try
        {
            await using var command = database.Reader.CreateCommand(
                "select coalesce(max(position), 0), pg_database_size(current_database()) from ledger_entry");
            command.CommandTimeout = PatienceSeconds;
            await using var reader = await command.ExecuteReaderAsync(cancel);
            await reader.ReadAsync(cancel);
            Told(to, Up, "gauge", "1: the database answers.", 1);
            Told(to, "jifen_ledger_position", "counter", "The last entry of all ledgers.", reader.GetInt64(0));
            Told(to, "jifen_database_bytes", "gauge", "Size of the database on disk.", reader.GetInt64(1));
        }
        catch (NpgsqlException)
        {
            Told(to, Up, "gauge", "1: the database answers.", 0);
        }
    }

    private static void Told(StringBuilder to, string name, string type, string help, double value)
    {
        Head(to, name, type, help);
        Line(to, $"{name} {value}");
    }

    private static void Head(StringBuilder to, string name, string type, string help) => Line(to, $"# HELP {name} {help}\n# TYPE {name} {type}");

    private static string Escaped(string label) => label.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static void Line(StringBuilder to, FormattableString line) => to.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
