using Jifen.Cycle.Scorecards;
using Xunit;

namespace Jifen.Tests.LiveScores;

/// <summary>What a total is held against.</summary>
public sealed class FullMarksTests
{
    [Theory]
    [InlineData("jsit-2020")]
    [InlineData("wuxi-2020")]
    [InlineData("yxnu-2016")]
    public void A_total_is_held_against_the_hundred_of_the_document(string scheme) =>
        Assert.Equal("100", FullMarks.Of(World.Scheme(scheme), category: null)?.ToString());
}
