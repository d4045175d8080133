using System.Diagnostics;
using Jifen.Bench.Harness;
using Jifen.Bench.Live.World;
using Npgsql;

namespace Jifen.Bench.Live.Figures;

/// <summary>The roll of a gathering of 1,000 saved through the form, beside as many rows inserted one by one.</summary>
internal static class GatheringFigures
{
    public static async IAsyncEnumerable<Figure> RunAsync(Options options, Town town)
    {
        var college = town.Large!;
        using var recorder = await town.SignInAsync(college.PersonOf(college.Large, 2));
        var (saved, opened, inserted) = (new List<double>(), new List<double>(), new List<double>());
        for (var n = 0; n <= options.Pairs; n++)
        {
            var path = $"/gatherings/{LargeCollege.Uncalled(n)}/roll";
            var began = Stopwatch.GetTimestamp();
            var page = await recorder.ReadAsync(path);
            var open = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var fields = Running.Visitor.FieldsOf(page, "take-roll");
            began = Stopwatch.GetTimestamp();
            await recorder.SendAsync(path, fields);
            var save = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var insert = await InsertOneByOneAsync(town);
            // The first compiles.
            if (n > 0)
            {
                opened.Add(open);
                saved.Add(save);
                inserted.Add(insert);
            }
        }

        var pairs = new Pairs(saved, inserted);
        yield return Figure.Told($"Roll-call page of {LargeCollege.MembersOfLargeBranch} people", Figure.Text($"{Pairs.Median(opened) * 1000:0} ms"));
        yield return Figure.Compared(
            $"A gathering of {LargeCollege.MembersOfLargeBranch} saved through the form: judged, in the ledger, in the tables; beside as many rows inserted one by one, each its own transaction",
            pairs,
            Figure.Text($"{pairs.OursMedian * 1000:0} ms"),
            Figure.Text($"{pairs.BesideMedian * 1000:0} ms"));
    }

    private static async Task<double> InsertOneByOneAsync(Town town)
    {
        await using var connection = await town.Database.Owner.OpenConnectionAsync();
        await using (var make = new NpgsqlCommand("create table bench_attendance (like attendance including all)", connection))
        {
            await make.ExecuteNonQueryAsync();
        }

        await using var insert = new NpgsqlCommand(
            """
            insert into bench_attendance (entry_id, gathering_id, person_id, organization_id, attendance, recorded_at, recorded_by)
            values ($1, $2, $3, $4, 'present', now(), $1)
            """,
            connection)
        {
            Parameters = { new() { Value = Guid.CreateVersion7() }, new() { Value = Guid.CreateVersion7() }, new() { Value = Guid.CreateVersion7() }, new() { Value = Guid.CreateVersion7() } },
        };
        await insert.PrepareAsync();
        var began = Stopwatch.GetTimestamp();
        for (var n = 0; n < LargeCollege.MembersOfLargeBranch; n++)
        {
            insert.Parameters[2].Value = Guid.CreateVersion7();
            await insert.ExecuteNonQueryAsync();
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await using var drop = new NpgsqlCommand("drop table bench_attendance", connection);
        await drop.ExecuteNonQueryAsync();
        return seconds;
    }
}
