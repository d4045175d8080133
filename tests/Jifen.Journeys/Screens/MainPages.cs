using Jifen.Cycle;
using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Screens;

/// <summary>
/// The main pages as people see them, at both sizes. With JIFEN_SCREENS=write their pictures go to docs/screens (<c>docs/screens/make</c>).
/// </summary>
public sealed class MainPages(DemoSite site) : IClassFixture<DemoSite>
{
    private const int LargestPicture = 120_000;

    private static readonly bool IsWriting = Environment.GetEnvironmentVariable("JIFEN_SCREENS") == "write";

    [Theory]
    [InlineData("sign-in", null, "/sign-in")]
    [InlineData("member-start", "党员", "/")]
    [InlineData("member-points", "党员", "/me")]
    [InlineData("member-reason", "党员乙", "/me", "ul.jf-reasons > li > details:has(ul li:nth-child(2)) > summary")]
    [InlineData("recorder-start", "记录员", "/")]
    [InlineData("roll-call", "记录员", "{open}/roll")]
    [InlineData("gathering", "记录员", "{open}")]
    [InlineData("branch-points", "记录员", "/points")]
    [InlineData("who-is-short", "记录员", "/points/short")]
    [InlineData("dues-month", "记录员", "/dues/2026-10")]
    [InlineData("records", "记录员", "/records")]
    [InlineData("members", "书记", "/members")]
    [InlineData("secretary-start", "书记", "/")]
    [InlineData("officer-start", "组织员", "/")]
    [InlineData("year", "书记", "/rounds")]
    [InlineData("declare", "党员", "/declarations/new")]
    [InlineData("review", "书记", "/rounds/2026-q3/review")]
    [InlineData("refinement", "书记", "/schemes/refinements/draft")]
    [InlineData("filings", "组织员", "/filings")]
    [InlineData("components", "组织员", "/developer/components")]
    public Task Looks(string name, string? login, string path, string? opened = null) => LookAsync(name, login, path, opened);

    [Fact]
    public async Task Looks_on_the_projector()
    {
        site.PutTo(CivilTime.At(new DateOnly(2026, 10, 16), new TimeOnly(14, 22)));
        var id = await site.OneAsync<Guid>(
            "select gathering_id from gathering where organization_id = @branch and kind = 'common-party-day' and starts_at > @now order by starts_at limit 1",
            new { branch = DemoSite.Branch.Value, now = site.Clock.GetUtcNow() });
        await LookAsync("projector", "记录员", $"/gatherings/{id}/projector", null);
    }

    private async Task LookAsync(string name, string? login, string path, string? opened)
    {
        if (path.Contains("{open}", StringComparison.Ordinal))
        {
            path = path.Replace("{open}", $"/gatherings/{await site.OneAsync<Guid>(
                "select gathering_id from gathering where organization_id = @branch and state = 'called' and starts_at < @now order by starts_at desc limit 1",
                new { branch = DemoSite.Branch.Value, now = site.Clock.GetUtcNow() })}", StringComparison.Ordinal);
        }

        foreach (var screen in Enum.GetValues<Screen>())
        {
            await using var hand = login is null ? await site.VisitorAsync(screen) : await site.SignedInAsync(login, screen);
            Assert.Equal(200, await hand.GoAsync(path));
            if (opened is not null)
            {
                await hand.TapAsync(hand.Page.Locator(opened).First);
            }
            else
            {
                // A note of what went wrong takes the focus; the sample of components has one.
                await hand.Page.EvaluateAsync("scrollTo(0, 0)");
            }

            await hand.FitsAsync();
            if (IsWriting)
            {
                var picture = PalettePng.Of(await hand.Page.ScreenshotAsync());
                Assert.True(picture.Length <= LargestPicture, $"{name} takes {picture.Length} bytes");
                await File.WriteAllBytesAsync(
                    Path.Combine(DemoCollege.Root, "docs", "screens", $"{name}-{(screen == Screen.Phone ? "390" : "1366")}.png"), picture, TestContext.Current.CancellationToken);
            }

            hand.IsHealthy();
        }
    }
}
