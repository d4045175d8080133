using System.Globalization;
using Dapper;
using Npgsql;
using Xunit;

namespace Jifen.Integration.Crashes;

/// <summary>
/// kill -9 at any moment loses nothing: what was acknowledged is there, once; what was not is there once or not at all, and sending it
/// again makes it once.
/// </summary>
public sealed class CrashTests
{
    private const int UsualRounds = 6;

    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("JIFEN_CRASH_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : UsualRounds;

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private int _unanswered;
    private int _written;

    [Fact]
    public async Task Killed_in_the_middle_of_writes_again_and_again_nothing_acknowledged_is_lost_or_doubled()
    {
        using var program = new CrashingProgram();
        var sessions = await program.FoundAsync(college => [college.Secretary, college.Deputy, college.Recorder]);
        var clients = sessions.Select((session, index) => new CrashClient(program, $"第{index + 1}人", session)).ToList();
        var random = new Random(20_261_015);
        try
        {
            await program.StartAsync();
            foreach (var client in clients)
            {
                await client.OpenFormAsync();
            }

            for (var round = 0; round < Rounds; round++)
            {
                await CrashAsync(program, clients, (Victim)(round % 3), writes: random.Next(1, 40));
                await program.RecoverAsync();
                await LookAsync(program, clients);
            }

            await program.VerifyAsync();
            Assert.All(clients, client => Assert.NotEmpty(client.Acknowledged));
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Rounds} crashes, {clients.Sum(client => client.Acknowledged.Count)} writes acknowledged, {_unanswered} unanswered, of which {_written} were written");
    }

    /// <summary>All write at once; when so many writes were acknowledged, the axe falls on what is under way.</summary>
    private static async Task CrashAsync(CrashingProgram program, List<CrashClient> clients, Victim victim, int writes)
    {
        var acknowledged = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = clients.ConvertAll(client => client.WriteAsync(() =>
        {
            if (Interlocked.Increment(ref acknowledged) >= writes)
            {
                enough.TrySetResult();
            }
        }));
        if (await Task.WhenAny(enough.Task, Task.WhenAll(writing)) != enough.Task)
        {
            await Task.WhenAll(writing);
            Assert.Fail($"writing stopped before anything was killed: {string.Join(' ', clients.Select(client => client.LastTrouble))}\n{program.Said}");
        }

        await program.KillAsync(victim);
        await Task.WhenAll(writing);
    }

    private async Task LookAsync(CrashingProgram program, List<CrashClient> clients)
    {
        await using var database = await program.OpenAsync();
        await using var connection = new NpgsqlConnection(database.Superuser("jifen"));
        foreach (var client in clients)
        {
            await client.IsSignedInAsync();
            foreach (var operation in client.Acknowledged.Keys)
            {
                Assert.Equal(1, await TimesAsync(connection, operation));
            }

            foreach (var operation in client.Unknown.ToList())
            {
                var times = await TimesAsync(connection, operation);
                Assert.InRange(times, 0, 1);
                _unanswered++;
                _written += times;
                Assert.True(await client.SendAsync(operation), "sent again, it was not acknowledged");
                Assert.Equal(1, await TimesAsync(connection, operation));
            }

            // What was acknowledged before is answered in the same way, and not done again.
            var last = client.Acknowledged.Keys.Last();
            Assert.True(await client.SendAsync(last));
            Assert.Equal(1, await TimesAsync(connection, last));
        }
    }

    /// <summary>How many times an operation was done: its entries, its row, its gathering and the people called to it all say the same.</summary>
    private static async Task<int> TimesAsync(NpgsqlConnection connection, Guid operation)
    {
        var counts = await connection.QuerySingleAsync<(long Operations, long Planned, long Called, long Gatherings, bool Expected)>(
            """
            select
                (select count(*) from operation where operation_id = @operation),
                (select count(*) from ledger_entry where operation_id = @operation and kind = 'gathering-planned'),
                (select count(*) from ledger_entry where operation_id = @operation and kind = 'gathering-called'),
                (select count(*) from gathering where gathering_id = @operation),
                exists (select from gathering_expected where gathering_id = @operation)
            """,
            new { operation });
        Assert.True(
            counts.Operations == counts.Planned && counts.Planned == counts.Called && counts.Called == counts.Gatherings && counts.Expected == (counts.Planned > 0),
            $"half an operation: {counts}");
        return (int)counts.Operations;
    }
}
