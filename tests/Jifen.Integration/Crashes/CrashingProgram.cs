using Dapper;
using Jifen.Cycle;
using Jifen.Integration.Cli;
using Jifen.Integration.LocalPostgres;
using Jifen.Integration.World;
using Jifen.Store;
using Jifen.Store.Accounts;
using Jifen.Store.Ledgers;
using Xunit;

namespace Jifen.Integration.Crashes;

/// <summary>What is killed.</summary>
public enum Victim
{
    Program,
    Server,
    Both,
}

/// <summary>The program as people start it, on a data folder of its own with a small college in it, to be killed and started again.</summary>
internal sealed class CrashingProgram : IDisposable
{
    private readonly ClusterPlace _place = new();
    private JifenProcess? _program;

    /// <summary>The folder given to <c>--data</c>.</summary>
    public string DataFolder => Path.GetDirectoryName(_place.Folder)!;

    /// <summary>Where it listens now: another port after every start.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:1");

    /// <summary>What the program wrote on its outputs since it was started last.</summary>
    public string Said => $"{_program?.Out}\n{_program?.Error}";

    /// <returns>a session for each of these people</returns>
    public async Task<IReadOnlyList<string>> FoundAsync(Func<College, IEnumerable<PersonId>> people)
    {
        await using var database = await OpenAsync();
        await database.MigrateAsync(Cancel);
        var college = await College.FoundAsync(database);
        var sessions = new Sessions(database, TimeProvider.System);
        var keys = new List<string>();
        await using var connection = await database.Owner.OpenConnectionAsync(Cancel);
        foreach (var person in people(college))
        {
            var account = Guid.CreateVersion7();
            await connection.ExecuteAsync(
                "insert into account (account_id, person_id, security_stamp, opened_at, link_granted_at) values (@account, @person, random_stamp(), now(), now())",
                new { account, person = person.Value });
            keys.Add(await sessions.OpenAsync(account, "test", Cancel) ?? throw new InvalidOperationException("no session"));
        }

        return keys;
    }

    public async Task StartAsync()
    {
        _program = JifenProcess.Run("start", "--port", "0", "--data", DataFolder);
        await _program.SaysAsync("停止：");
        Address = new Uri(_program.Out.Split("积分册已启动：")[1].Split('\n')[0]);
    }

    /// <summary>Kills without a chance to say anything: the program, its database server with all its processes, or both at once.</summary>
    public async Task KillAsync(Victim victim)
    {
        if (victim != Victim.Server)
        {
            ClusterPlace.Kill(_program!.Id);
        }

        if (victim != Victim.Program)
        {
            // The postmaster first: its children see that it is gone, some in the middle of what they write.
            ClusterPlace.Kill(_place.ServerPid);
        }

        if (victim != Victim.Server)
        {
            await _program!.EndsAsync();
            _program.Dispose();
            _program = null;
        }
    }

    /// <summary>Starts what was killed, or waits until it has started itself.</summary>
    public async Task RecoverAsync()
    {
        if (_program is null)
        {
            await StartAsync();
        }

        using var http = new HttpClient { BaseAddress = Address };
        Assert.True(await ClusterPlace.ComesTrueAsync(() => IsReady(http)), $"not ready again:\n{_program!.Error}");
    }

    /// <summary>The database, while the program runs or not.</summary>
    public Task<Database> OpenAsync() => Database.OpenAsync(new LocalDatabaseOptions { DataFolder = DataFolder }, Cancel);

    /// <summary>Reads the whole ledger again, and what is computed from it.</summary>
    public async Task VerifyAsync()
    {
        await using var database = await OpenAsync();
        var found = await new LedgerVerifier(database, DataFolder).RunAsync(withViews: true, null, Cancel);
        Assert.True(found.Holds, string.Join('\n', found.Alterations.Select(alteration => alteration.Message)));
    }

    public void Dispose()
    {
        _program?.Dispose();
        _place.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static bool IsReady(HttpClient http)
    {
        try
        {
            using var answer = http.Send(new HttpRequestMessage(HttpMethod.Get, "/readyz"), Cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
