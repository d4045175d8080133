using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Rounds;

/// <summary>任务18：上级一眼看到哪些支部没有报、缺什么。</summary>
public sealed class FilingsJourney(DemoSite site) : IClassFixture<DemoSite>
{
    [Theory]
    [InlineData(Screen.Desk)]
    [InlineData(Screen.Phone)]
    public async Task The_officer_sees_which_branch_has_not_filed_what(Screen screen)
    {
        await using var officer = await site.SignedInAsync("组织员", screen);
        if (screen == Screen.Phone)
        {
            await officer.GoAsync("/filings");
        }
        else
        {
            await officer.FollowAsync(officer.Page.Locator("a[href='/filings']:visible").First);
        }

        await officer.SeesAsync("产业园");
        await officer.ArrivedAsync("18 哪些支部没有报", 2);
    }
}
