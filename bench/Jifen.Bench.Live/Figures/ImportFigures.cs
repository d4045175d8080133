using System.Diagnostics;
using System.Globalization;
using System.Text;
using Jifen.Bench.Harness;
using Jifen.Bench.Live.World;
using Jifen.Scoring.Schemes;
using Npgsql;
using NpgsqlTypes;

namespace Jifen.Bench.Live.Figures;

/// <summary>Facts from a table, as <c>jifen import facts</c> takes them: checked, in the ledger, in the tables; beside COPY of the same rows.</summary>
internal static class ImportFigures
{
    private const int Rounds = 3;

    public static async IAsyncEnumerable<Figure> RunAsync(Options options, Town town)
    {
        var college = town.Large!;
        var (imported, copied) = (new List<double>(), new List<double>());
        var rounds = options.IsQuick ? 1 : Rounds;
        for (var round = 0; round < rounds; round++)
        {
            var file = Path.Combine(town.Folder, $"facts-{round}.csv");
            await File.WriteAllTextAsync(file, Table(college, options.Facts, round));
            imported.Add(Import(options, town, file, college.PersonOf(college.Large, 2).Number));
            copied.Add(await CopyAsync(town, college, options.Facts));
        }

        var pairs = new Pairs(imported, copied);
        yield return Figure.Compared(
            Figure.Text($"{options.Facts} facts imported by jifen import facts, the whole command ({options.Facts / pairs.OursMedian:0} facts/s); beside COPY of the same rows into an equal table without ledger"),
            pairs,
            Figure.Text($"{pairs.OursMedian:0.0} s"),
            Figure.Text($"{pairs.BesideMedian:0.0} s"));
    }

    private static string Table(LargeCollege college, int facts, int round)
    {
        var text = new StringBuilder("编号,党员,日期,事实,数量\n");
        var first = new DateOnly(college.FirstYear, 1, 1);
        // A fact that is nothing but itself: no level, no content, no points to choose.
        var kind = college.Scheme.FactKinds.First(one => one.Carries == Carried.None && one.RecordedBy == "记录员").Name;
        for (var n = 0; n < facts; n++)
        {
            var person = college.PersonOf(college.Large, 10 + (n % 900));
            text.Append(CultureInfo.InvariantCulture, $"R{round}-{n},{person.Number},{Later(first.AddDays(n / 900 % 364), person.JoinedOn):yyyy-MM-dd},{kind},1\n");
        }

        return text.ToString();
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static double Import(Options options, Town town, string file, string recorder)
    {
        var start = new ProcessStartInfo(
            options.Jifen, ["import", "facts", file, "--organization", town.Large!.Large.Name, "--by", recorder, "--data", town.Folder])
        { UseShellExecute = false, RedirectStandardError = true };
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(began).TotalSeconds : throw new InvalidOperationException(said);
    }

    private static async Task<double> CopyAsync(Town town, LargeCollege college, int facts)
    {
        await using var connection = await town.Database.Owner.OpenConnectionAsync();
        await using (var make = new NpgsqlCommand("create table bench_fact (like fact including all)", connection))
        {
            await make.ExecuteNonQueryAsync();
        }

        var began = Stopwatch.GetTimestamp();
        var recorder = college.PersonOf(college.Large, 2).Id.Value;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await using (var copy = await connection.BeginBinaryImportAsync(
            """
            copy bench_fact (entry_id, person_id, organization_id, kind, happened_on, quantity, ground, evidence, state, state_at, recorded_at, recorded_by)
            from stdin (format binary)
            """))
        {
            for (var n = 0; n < facts; n++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(Guid.CreateVersion7());
                await copy.WriteAsync(college.PersonOf(college.Large, 10 + (n % 900)).Id.Value);
                await copy.WriteAsync(college.Large.Id.Value);
                await copy.WriteAsync("volunteer", NpgsqlDbType.Text);
                await copy.WriteAsync(new DateOnly(college.FirstYear, 1, 1).AddDays(n / 900 % 364), NpgsqlDbType.Date);
                await copy.WriteAsync(1m, NpgsqlDbType.Numeric);
                await copy.WriteAsync("导入", NpgsqlDbType.Text);
                await copy.WriteAsync(Array.Empty<Guid>(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
                await copy.WriteAsync("counts", NpgsqlDbType.Text);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(recorder);
            }

            await copy.CompleteAsync();
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await using var drop = new NpgsqlCommand("drop table bench_fact", connection);
        await drop.ExecuteNonQueryAsync();
        return seconds;
    }
}
