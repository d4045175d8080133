using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.Year;

/// <summary>A year of each document from its first day to its last step, through the pages, by the people the document names.</summary>
public sealed class FiveYearsTests(Cluster cluster)
{
    [Theory]
    [InlineData("jsit-2020", 2024)]
    [InlineData("wuxi-2020", 2025)]
    [InlineData("yxnu-2016", 2025)]
    [InlineData("district", 2025)]
    [InlineData("jsu-law-2017", 2025)]
    public async Task The_year_of_the_document_is_carried_to_its_end(string scheme, int year)
    {
        await using var world = await YearWorld.StartAsync(cluster, scheme, year);
        var walk = new YearWalk(world);

        await walk.GoAsync();

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', walk.Deeds));
        var board = await world.BoardAsync();
        Assert.All(board.Plan.Steps, step => Assert.True(board.IsDone(step), step.FullName));
        Assert.Equal(1, await world.CountAsync("year-settled"));
    }
}
