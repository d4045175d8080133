using System.Diagnostics;
using Jifen.Bench.Harness;
using Jifen.Bench.Live.World;
using Jifen.Cycle;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring.Facts;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Tests.Naive;

namespace Jifen.Bench.Live.Figures;

/// <summary>Every point of everybody computed anew from the database, nothing kept from before; beside reading the rows alone, and beside the naive scorer.</summary>
internal static class RescoreFigures
{
    public static async IAsyncEnumerable<Figure> RunAsync(Options options, Town town)
    {
        var college = town.Large!;
        var (ours, reading) = (new List<double>(), new List<double>());
        var facts = 0;
        for (var round = 0; round <= options.Pairs; round++)
        {
            var began = Stopwatch.GetTimestamp();
            facts = 0;
            var live = new LiveScores(new SchemesInForce());
            foreach (var branch in college.All)
            {
                await using var scope = await OpenAsync(town, college);
                facts += (await live.OfAsync(scope, branch.Id, college.FirstYear, scope.Today))!.Scores.Facts.Count;
            }

            var scored = Stopwatch.GetElapsedTime(began).TotalSeconds;
            began = Stopwatch.GetTimestamp();
            await ReadAloneAsync(town, college);
            if (round > 0)
            {
                ours.Add(scored);
                reading.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            }
        }

        var pairs = new Pairs(ours, reading);
        yield return Figure.Within(
            Figure.Text($"All points of last year of {options.Members} people anew ({facts} facts, of which daily records become most); beside reading the same rows alone"),
            pairs,
            Figure.Text($"{pairs.OursMedian:0.00} s"),
            Figure.Text($"{pairs.BesideMedian:0.00} s"),
            1.5);
        yield return await BesideNaiveAsync(options, town, college);
    }

    // Last year's sheets rest on the year before too, where the scheme asks for it: read here as there.
    private static async Task ReadAloneAsync(Town town, LargeCollege college)
    {
        var schemes = new SchemesInForce();
        foreach (var branch in college.All)
        {
            await using var scope = await OpenAsync(town, college);
            var inForce = (await schemes.OfAsync(scope, branch.Id, college.FirstYear))!;
            await BranchYearRecords.ReadAsync(scope, branch.Id, inForce.Plan, scope.Today);
        }
    }

    private static async Task<Figure> BesideNaiveAsync(Options options, Town town, LargeCollege college)
    {
        await using var scope = await OpenAsync(town, college);
        var schemes = new SchemesInForce();
        var branch = college.Branches[0].Id;
        var inForce = (await schemes.OfAsync(scope, branch, college.FirstYear))!;
        var books = (await BranchYearRecords.ReadAsync(scope, branch, inForce.Plan, scope.Today))!;
        var scores = BranchScores.Of(inForce.Plan, books, scope.Today);
        var members = scores.Roster.Members.Select(member => new NaiveMember(
            member.Id, member.Branch, Member.StandingName(member.Standing), member.Category, member.Office, member.EnrolledFrom, member.EnrolledTo, member.IsExempt)).ToList();
        var facts = scores.Facts.Select(fact => new NaiveFact(
            fact.Id,
            fact.Person.ToString(),
            fact.On,
            fact.Kind.Name,
            fact.Quantity / 100m,
            fact.Level == 0 ? null : fact.Kind.Levels[fact.Level - 1],
            fact.Content,
            fact.Amount == FactSegment.NoAmount ? null : fact.Amount / 100m,
            fact.Sharers)).ToList();
        var folder = Path.Combine(options.Schemes, inForce.Scheme.Id);
        var (text, refinement) = (File.ReadAllText(Path.Combine(folder, $"{inForce.Scheme.Id}.scheme.yaml")), File.ReadAllText(Path.Combine(folder, "example.refinement.yaml")));
        IReadOnlyList<NaiveResult> Naive() => NaiveScorer.Score(text, refinement, college.FirstYear, members, facts, new Dictionary<string, NaivePrevious>(StringComparer.Ordinal));
        if (Naive().Where(result => result.HasScorecard).Any(result => result.Total != Total(result.Member)))
        {
            throw new InvalidOperationException("the naive scorer comes to other totals");
        }

        var pairs = Pairs.Run(
            options.Pairs,
            () => Pairs.Time(() => BranchScores.Of(inForce.Plan, books, scope.Today)),
            () => Pairs.Time(() => Naive()));
        return Figure.Compared(
            Figure.Text($"… of a branch of 40 from its books in memory ({facts.Count} facts), daily records turned into facts, beside the naive scorer over the facts"),
            pairs,
            Figure.Text($"{pairs.OursMedian * 1000:0.0} ms"),
            Figure.Text($"{pairs.BesideMedian * 1000:0} ms"));

        decimal Total(string member) =>
            decimal.Parse(scores.Totals.TotalOf(scores.Roster.Members.Select((one, index) => (one, index)).First(pair => pair.one.Id == member).index).ToString(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Task<DataScope> OpenAsync(Town town, LargeCollege college) =>
        DataScope.OpenAsync(town.Database.App, college.Officer, TimeProvider.System.Today(), default);
}
