using Jifen.Cycle;
using Jifen.Integration.Records;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.Year;

/// <summary>A year of one document from its first day to its last step, through the pages, by the people the document names.</summary>
public abstract class DocumentYear(Cluster cluster, string scheme, int year)
{
    [Fact]
    public async Task The_year_of_the_document_is_carried_to_its_end()
    {
        await using var world = await YearWorld.StartAsync(cluster, scheme, year);
        var walk = new YearWalk(world);
        Play(world, walk);

        await walk.GoAsync();

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', walk.Deeds));
        var board = await world.BoardAsync();
        Assert.All(board.Plan.Steps, step => Assert.True(board.IsDone(step), step.FullName));
        Assert.Equal(1, await world.CountAsync("year-settled"));
        await CheckAsync(world);
    }

    /// <summary>What else happens in this year.</summary>
    private protected virtual void Play(YearWorld world, YearWalk walk)
    {
    }

    private protected virtual Task CheckAsync(YearWorld world) => Task.CompletedTask;
}

/// <summary>A leap year: what happened on its day counts.</summary>
public sealed class JsitYearTests(Cluster cluster) : DocumentYear(cluster, "jsit-2020", 2024)
{
    private protected override void Play(YearWorld world, YearWalk walk) => walk.Before.Add(async step =>
    {
        if (step.FullName == "初评（2024年第一季度）" && await world.CountAsync("fact-recorded") == 0)
        {
            var recorder = await world.AsAsync(YearWorld.Recorder);
            Assert.Contains("已登记", (await RecordsWorld.RecordAsync(recorder, "badge-missing", YearWorld.Poor, "2024-02-29")).Text, StringComparison.Ordinal);
        }
    });

    private protected override async Task CheckAsync(YearWorld world)
    {
        Assert.Equal(new DateOnly(2024, 2, 29), await world.OneAsync<DateOnly>("select happened_on from fact where kind = 'badge-missing'"));
        Assert.Equal(0.5m, await TotalAsync(world, YearWorld.Good) - await TotalAsync(world, YearWorld.Poor));
    }

    private static Task<decimal> TotalAsync(YearWorld world, PersonId person) =>
        world.OneAsync<decimal>("select total from annual_result where person_id = @person", new { person = person.Value });
}

public sealed class WuxiYearTests(Cluster cluster) : DocumentYear(cluster, "wuxi-2020", 2025);

public sealed class YxnuYearTests(Cluster cluster) : DocumentYear(cluster, "yxnu-2016", 2025);

public sealed class DistrictYearTests(Cluster cluster) : DocumentYear(cluster, "district", 2025);

public sealed class LawSchoolYearTests(Cluster cluster) : DocumentYear(cluster, "jsu-law-2017", 2025);
