using System.Globalization;
using Jifen.Cycle;
using Jifen.Cycle.Evaluations;
using Jifen.Cycle.Rounds;
using Jifen.Demo;
using Jifen.Journeys.World;
using Jifen.Store.Steps;
using Xunit;

namespace Jifen.Journeys.Rounds;

/// <summary>Task 12: a member fills in the secret evaluation on the phone with a one-time slip – the same control for everybody, no trace of the voter; paper slips too.</summary>
public sealed class BallotJourney(DemoSite site) : IClassFixture<DemoSite>
{
    private const string Year = "2026";
    private const int Papers = 5;

    private static readonly OrganizationId Branch = DemoWorld.Organization("law-staff");

    private readonly Guid _box = Guid.CreateVersion7();

    [Fact]
    public async Task A_member_judges_every_colleague_with_one_tap_each_and_leaves_no_trace()
    {
        var codes = await OpenAsync();
        foreach (var (screen, code) in new[] { (Screen.Phone, codes[0]), (Screen.Desk, codes[1]) })
        {
            await using var voter = await site.VisitorAsync(screen, scripts: false);
            await voter.GoAsync($"/ballot/{code}");
            var names = voter.Page.Locator("form[data-action=cast-ballot] fieldset[data-field]");
            var people = await names.CountAsync();
            // Nothing is chosen for anybody, and everybody has the same choices.
            Assert.Equal(0, await voter.Page.Locator("form[data-action=cast-ballot] input:checked").CountAsync());
            for (var at = 0; at < people; at++)
            {
                Assert.Equal(4, await names.Nth(at).Locator("input[type=radio]").CountAsync());
                await voter.TapAsync(names.Nth(at).Locator("label").Nth(at % 3));
            }

            await voter.FollowAsync("button[data-action=cast-ballot]");
            await voter.SeesAsync("票已收到");
            await voter.ArrivedAsync($"12 民主评议，{people.ToString(CultureInfo.InvariantCulture)}人", people + 1);
            Assert.DoesNotContain(await voter.Page.Context.CookiesAsync(), cookie => cookie.Name.Contains("session", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(code, await voter.Page.ContentAsync(), StringComparison.Ordinal);
        }

        await using var again = await site.VisitorAsync(Screen.Phone);
        await again.GoAsync($"/ballot/{codes[0]}");
        await again.SeesAsync("不能用");
        // What lies in the box has neither a person nor a time, and nobody of the college looked while it was cast.
        Assert.Equal(2, await site.OneAsync<int>("select count(*)::int from ballot where box_id = @box", new { box = _box }));
        Assert.Equal(0, await site.OneAsync<int>(
            "select count(*)::int from information_schema.columns where table_name = 'ballot' and (column_name like '%person%' or column_name like '%\\_at' or column_name like '%\\_on')"));
        Assert.Equal(Papers, await site.OneAsync<int>("select (slips -> 0 ->> 'papers')::int from ballot_box where box_id = @box", new { box = _box }));
    }

    // In December, when the meeting has fixed the points; some of the slips are blank forms of paper.
    private async Task<IReadOnlyList<string>> OpenAsync()
    {
        site.PutTo(CivilTime.At(new DateOnly(2026, 12, 28), new TimeOnly(14, 0)));
        foreach (var (round, step) in new[] { ("2026-t1", "考评"), ("2026-t2", "考评"), (Year, "群评"), (Year, "综合评定") })
        {
            await site.EndStepAsync(Branch, round, step);
        }

        var codes = Enumerable.Range(1, 10).Select(number => $"JOURNEY2026X{number:00}").ToList();
        var opened = await site.Service<BallotSteps>().OpenAsync(
            Branch,
            new OpenEvaluation(new BallotBoxId(_box), RoundKey.Known(Year), "民主评议", [new SlipsWanted(VoterKind.Member, codes.Count, 0, Papers)]),
            [new SlipCodes(VoterKind.Member, codes)],
            await site.HolderAsync(Branch, "secretary"),
            new OperationId(Guid.CreateVersion7()),
            TestContext.Current.CancellationToken);
        Assert.Null(opened.Refusal?.Message);
        return codes;
    }
}
