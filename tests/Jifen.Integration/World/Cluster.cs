using Jifen.Store;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(Jifen.Integration.World.Cluster))]

namespace Jifen.Integration.World;

/// <summary>
/// A PostgreSQL for the tests of one assembly, migrated once; whoever asks gets a fresh database copied from that. A test class takes it
/// in its constructor: <c>public sealed class SomeTests(Cluster cluster)</c>.
/// </summary>
public sealed class Cluster : IAsyncLifetime
{
    // Not CreateTempSubdirectory: the server's own user must pass through it.
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"jifen-cluster-{Guid.CreateVersion7():N}");
    private Database? _template;
    private int _count;

    public async ValueTask InitializeAsync()
    {
        _template = await Database.OpenAsync(new LocalDatabaseOptions { DataFolder = _folder, Name = "template", Durable = false });
        await _template.MigrateAsync();
        // A database is copied only while nobody is connected to it.
        _template.Owner.Clear();
        _template.App.Clear();
        _template.Reader.Clear();
    }

    /// <summary>A database of one's own: migrated, otherwise empty. Dispose of it, so that its connections are free for others.</summary>
    public Task<Database> FreshAsync() => CopyAsync("template");

    /// <summary>A copy of a database made here before, to which nobody is connected any more.</summary>
    public async Task<Database> CopyAsync(string of)
    {
        var name = $"fresh{Interlocked.Increment(ref _count)}";
        await using var superuser = new NpgsqlConnection(Superuser("postgres"));
        await superuser.OpenAsync(TestContext.Current.CancellationToken);
        // Copied as files: a quarter of the work of copying through the log, which is there for what must outlive a crash.
        await using var copy = new NpgsqlCommand($"create database {name} template {of} owner jifen_owner strategy file_copy", superuser);
        await copy.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return Template.Beside(name);
    }

    /// <summary>A connection that no right and no row-level security binds, for tests that tamper.</summary>
    public string Superuser(string database) => Template.Superuser(database);

    public async ValueTask DisposeAsync()
    {
        if (_template is not null)
        {
            await _template.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private Database Template => _template ?? throw new InvalidOperationException("the cluster is not open");
}
