using Jifen.Demo;
using Jifen.Integration.World;
using Jifen.Store;
using Npgsql;

namespace Jifen.Journeys.World;

/// <summary>The demo college, loaded once into a database of the tests' cluster, and copied from there.</summary>
internal static class DemoCollege
{
    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static string? _loaded;

    /// <summary>A database with the demo college in it, of one's own.</summary>
    public static async Task<Database> CopyAsync(Cluster cluster)
    {
        // One after the other: PostgreSQL copies a database only while nobody uses it.
        await Turn.WaitAsync();
        try
        {
            return await cluster.CopyAsync(_loaded ??= await LoadAsync(cluster));
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>Where the schemes of the repository lie.</summary>
    public static string SchemesFolder { get; } = Path.Combine(Root, "schemes");

    /// <summary>The repository.</summary>
    public static string Root
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Jifen.slnx")))
                {
                    return folder.FullName;
                }
            }

            throw new InvalidOperationException("the tests do not lie inside the repository");
        }
    }

    private static async Task<string> LoadAsync(Cluster cluster)
    {
        await using var database = await cluster.FreshAsync();
        await DemoWorld.LoadAsync(database, new DemoClock(), SchemesFolder);
        // What the server would gather by itself on a system that has run for a while.
        await using var analyze = database.Owner.CreateCommand("analyze");
        await analyze.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(database.Owner.ConnectionString).Database!;
    }
}
