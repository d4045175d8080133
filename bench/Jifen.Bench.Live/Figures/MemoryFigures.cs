using Jifen.Bench.Harness;
using Jifen.Bench.Live.Running;
using Jifen.Bench.Live.World;

namespace Jifen.Bench.Live.Figures;

/// <summary>Memory of program and PostgreSQL, shared pages counted by their share.</summary>
internal static class MemoryFigures
{
    private const double MostIdle = 250;

    public static async IAsyncEnumerable<Figure> RunAsync(Options options, Town town)
    {
        // Connections made for setting up the college are not the product's.
        town.Database.Owner.Clear();
        var (program, postgres) = Now(town);
        yield return Figure.AtMost($"{town.Name}: memory idle, program {program:0} MB, PostgreSQL {postgres:0} MB", program + postgres, MostIdle, "MB");
        var visitors = await town.MembersSignedInAsync();
        foreach (var visitor in visitors)
        {
            await visitor.AskAsync("/");
            await visitor.AskAsync("/me");
        }

        var (withPeople, postgresWithPeople) = Now(town);
        yield return Figure.Told(
            Figure.Text($"… with {visitors.Count} people signed in, each having looked at two pages"),
            Figure.Text($"program {withPeople:0} MB, PostgreSQL {postgresWithPeople:0} MB")) with
        { Beside = "idle", Ratio = Figure.Text($"{(withPeople + postgresWithPeople) / (program + postgres):0.00} × idle") };
    }

    private static (double Program, double Postgres) Now(Town town) => (town.System.ProgramMegabytes(), RunningSystem.PostgresMegabytes(town.Folder));
}
