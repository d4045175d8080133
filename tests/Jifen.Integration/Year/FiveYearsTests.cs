using Jifen.Cycle.Rounds;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.Year;

/// <summary>A year of each document from its first day to its last step, through the pages, by the people the document names.</summary>
public sealed class FiveYearsTests(Cluster cluster)
{
    [Theory]
    [InlineData("jsit-2020", 2024)]
    [InlineData("wuxi-2020", 2025)]
    public async Task The_year_of_the_document_is_carried_to_its_end(string scheme, int year)
    {
        await using var world = await YearWorld.StartAsync(cluster, scheme, year);
        var walk = new YearWalk(world);

        await walk.GoAsync(until: step => step.Step.Kind == StepKinds.Filing);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', walk.Deeds));
        Assert.Equal(4, walk.Deeds.Count(deed => deed.Contains("评定（", StringComparison.Ordinal)));
    }
}
