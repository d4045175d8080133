using Jifen.Cycle;
using Jifen.Journeys.World;
using Jifen.Web.Pages.Gatherings;
using Xunit;

namespace Jifen.Journeys.Gatherings;

/// <summary>任务2：投影上出签到码，手机扫码签到，有异常的列出来。</summary>
public sealed class ProjectorJourney(DemoSite site) : IClassFixture<DemoSite>
{
    private static readonly DateOnly Friday = new(2026, 10, 16);

    [Fact]
    public async Task The_code_on_the_wall_is_scanned_by_phones_and_what_is_odd_is_listed()
    {
        site.PutTo(CivilTime.At(Friday, new TimeOnly(14, 22)));
        await using var recorder = await site.SignedInAsync("记录员");
        await recorder.FollowAsync(recorder.Page.Locator("a[href$='/projector']:visible").First);
        var gathering = new GatheringId(Guid.Parse(new Uri(recorder.Page.Url).AbsolutePath.Split('/')[2]));
        await recorder.ArrivedAsync("2 出签到码", 2);

        // What the picture says is what a camera would open.
        var address = await AddressAsync(recorder, gathering);
        var first = DemoSite.Person("党员");
        await using (var member = await site.SignedInAsync("党员", Screen.Phone))
        {
            await member.GoAsync(address);
            await member.FollowAsync("button[data-action=check-in]");
            await member.SeesAsync("已签到");
            await member.ArrivedAsync("2 扫码签到", 1);

            // The same phone, in other hands: signed in as somebody else, another time.
            await member.Page.Context.ClearCookiesAsync(new() { Name = "jifen-session" });
            await member.GoAsync(address);
            await member.Page.GetByLabel("登录名").FillAsync("党员乙");
            await member.Page.GetByLabel("密码").FillAsync(Demo.DemoWorld.Password);
            await member.FollowAsync("button[data-action=sign-in]");
            await member.FollowAsync("button[data-action=check-in]");
            await member.SeesAsync("已签到");
        }

        // A photo of the code, passed on.
        site.PutTo(CivilTime.At(Friday, new TimeOnly(14, 28)));
        await using (var deputy = await site.SignedInAsync("副书记", Screen.Phone))
        {
            await deputy.GoAsync(address);
            await deputy.FollowAsync("button[data-action=check-in]");
            await deputy.SeesAsync("已签到");
            deputy.IsHealthy();
        }

        Assert.Equal(3, await site.OneAsync<long>("select count(*) from check_in where gathering_id = @id", new { id = gathering.Value }));
        await recorder.GoAsync($"/gatherings/{gathering}/check-ins");
        var odd = recorder.Page.Locator(".jf-loss");
        Assert.True(await odd.CountAsync() >= 2, await recorder.TextAsync());
        Assert.Equal(0, await recorder.Page.Locator($"li[data-id='{first}'] form").CountAsync());

        recorder.IsHealthy();

        // The roll proposes what was scanned; who was not is to be looked at.
        site.PutTo(CivilTime.At(Friday, new TimeOnly(16, 35)));
        await using var again = await site.SignedInAsync("记录员");
        await again.GoAsync($"/gatherings/{gathering}/roll");
        Assert.True(await again.Page.Locator($"[data-id='{first}'] input[value=present]").IsCheckedAsync());
        again.IsHealthy();
    }

    /// <summary>Where the code leads, once it is sure that the drawn squares say so.</summary>
    private async Task<string> AddressAsync(Journey recorder, GatheringId gathering)
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var picture = await recorder.Page.Locator("img[data-refresh]").GetAttributeAsync("src");
            var drawn = await (await recorder.Page.Context.APIRequest.GetAsync(picture!.Split('?')[0])).TextAsync();
            var address = $"{site.Address.ToString().TrimEnd('/')}/check-in/{site.Service<CheckInCodes>().Now(gathering)}";
            if (drawn.Contains($"\"{CheckInCodes.Draw(address).Path}\"", StringComparison.Ordinal))
            {
                return new Uri(address).PathAndQuery;
            }
        }

        throw new InvalidOperationException("the code on the wall is not the address of this half minute");
    }
}
