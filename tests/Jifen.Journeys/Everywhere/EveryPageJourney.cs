using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Everywhere;

/// <summary>Every page within reach of those who run a branch.</summary>
public sealed class EveryPageOfTheBranchJourney(DemoSite site) : PageWalk(site)
{
    [Theory]
    [InlineData("书记")]
    [InlineData("支委")]
    public Task Every_page_within_reach_is_sound(string login) => WalkAsync(login);
}

/// <summary>Every page within reach of its members and its recorder.</summary>
public sealed class EveryPageOfMembersJourney(DemoSite site) : PageWalk(site)
{
    [Theory]
    [InlineData("党员")]
    [InlineData("记录员")]
    public Task Every_page_within_reach_is_sound(string login) => WalkAsync(login);
}

/// <summary>Every page within reach of those above it.</summary>
public sealed class EveryPageOfSuperiorsJourney(DemoSite site) : PageWalk(site)
{
    [Theory]
    [InlineData("纪检员")]
    [InlineData("组织员")]
    public Task Every_page_within_reach_is_sound(string login) => WalkAsync(login);
}
