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
        await AfterwardsAsync(world, walk);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', walk.Deeds));
        var board = await world.BoardAsync();
        Assert.All(board.Plan.Steps, step => Assert.True(board.IsDone(step), step.FullName));
        Assert.Equal(TimesSettled, await world.CountAsync("year-settled"));
        await CheckAsync(world);
    }

    /// <summary>Once, unless the year is opened again.</summary>
    private protected virtual int TimesSettled => 1;

    /// <summary>What else happens in this year.</summary>
    private protected virtual void Play(YearWorld world, YearWalk walk)
    {
    }

    /// <summary>What happens when everything has been done once.</summary>
    private protected virtual Task AfterwardsAsync(YearWorld world, YearWalk walk) => Task.CompletedTask;

    private protected virtual Task CheckAsync(YearWorld world) => Task.CompletedTask;
}
