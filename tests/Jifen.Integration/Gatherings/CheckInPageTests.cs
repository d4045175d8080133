using System.Net;
using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Integration.World;
using Jifen.Store.Keys;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jifen.Integration.Gatherings;

/// <summary>扫码签到, from the projector to the roll-call.</summary>
public sealed class CheckInPageTests(Cluster cluster)
{
    [Fact]
    public async Task The_projector_shows_a_code_that_changes_and_its_page_renews_itself_without_scripts()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync("15:30");
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);

        var page = await recorder.GetAsync($"{meeting}/projector");
        Assert.Contains("refresh", page.Document.QuerySelector("noscript")!.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("已签到0人，应到7人", page.Text, StringComparison.Ordinal);
        var first = await recorder.Http.GetStringAsync($"{meeting}/code.svg", TestContext.Current.CancellationToken);
        world.Clock.Advance(SignInCode.Window);
        var second = await recorder.Http.GetStringAsync($"{meeting}/code.svg", TestContext.Current.CancellationToken);
        Assert.StartsWith("<svg", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task A_member_scans_signs_in_and_confirms_with_one_tap()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync("15:30");
        using var phone = world.Site.Browser();

        // Nobody is signed in on this phone: it is sent to sign in and comes back.
        var answer = await phone.Http.GetAsync($"/check-in/{Code(world, meeting)}", TestContext.Current.CancellationToken);
        Assert.Equal("/check-in", answer.Headers.Location!.ToString());
        var asked = await phone.Http.GetAsync("/check-in", TestContext.Current.CancellationToken);
        Assert.Equal("/sign-in?return=%2Fcheck-in", asked.Headers.Location!.ToString());

        using var member = await world.SignInAsync(BranchWorld.Member);
        var confirmed = await ScanAsync(member, Code(world, meeting));
        Assert.Contains("15:30已签到", confirmed.Text, StringComparison.Ordinal);
        Assert.Equal(1, await world.EntriesAsync("member-checked-in"));
        // Once more changes nothing.
        await ScanAgainAsync(member, Code(world, meeting));
        Assert.Equal(1, await world.EntriesAsync("member-checked-in"));
    }

    [Fact]
    public async Task Fifty_scan_at_once_and_each_is_signed_in_once()
    {
        const int Fifty = 50;
        await using var world = await BranchWorld.StartAsync(cluster, more: Fifty);
        var meeting = await world.MeetingAsync("15:30");
        var code = Code(world, meeting);
        var phones = new List<Browser>();
        for (var number = 1; number <= Fifty; number++)
        {
            phones.Add(await world.SignInAsync(BranchWorld.More(number)));
        }

        var answers = await Task.WhenAll(phones.Select(phone => ScanAsync(phone, code)));

        Assert.All(answers, page => Assert.Contains("已签到", page.Text, StringComparison.Ordinal));
        Assert.Equal(Fifty, await world.EntriesAsync("member-checked-in"));
        Assert.Equal([Fifty], await world.QueryAsync<int>("select count(distinct person_id)::int from check_in where odd is null"));
        phones.ForEach(phone => phone.Dispose());
    }

    [Fact]
    public async Task Odd_scans_are_taken_and_listed_and_the_roll_starts_from_the_scans()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync("15:30");
        using var member = await world.SignInAsync(BranchWorld.Member);
        var old = Code(world, meeting);
        await ScanAsync(member, old);
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        // A photo of the code, sent on; and a second person on the phone of the first.
        using var another = await world.SignInAsync(BranchWorld.Another);
        another.Cookies.Add(new Cookie("jifen-device", member.Cookies.GetAllCookies()["jifen-device"]!.Value, "/", world.Site.Address.Host));
        await ScanAsync(another, old);

        using var recorder = await world.SignInAsync(BranchWorld.Recorder);
        var list = await recorder.GetAsync($"{meeting}/check-ins");
        Assert.Contains("用的是6分钟前的旧码；与钱静用同一部手机", list.Text, StringComparison.Ordinal);
        var roll = await recorder.GetAsync($"{meeting}/roll");
        Assert.Equal("late", Chosen(roll, BranchWorld.Another));
        Assert.Equal("present", Chosen(roll, BranchWorld.Member));
        Assert.Equal("absent", Chosen(roll, BranchWorld.Deputy));
        Assert.Contains("没有签到", roll.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_moment_of_the_scan_counts_however_long_signing_in_takes()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync("15:30");
        using var phone = world.Site.Browser();
        await phone.Http.GetAsync($"/check-in/{Code(world, meeting)}", TestContext.Current.CancellationToken);
        world.Clock.Advance(TimeSpan.FromMinutes(12));
        using var member = await world.SignInAsync(BranchWorld.Member);
        member.Cookies.Add(new Cookie("jifen-scan", phone.Cookies.GetAllCookies()["jifen-scan"]!.Value, "/", world.Site.Address.Host));

        var page = await member.GetAsync("/check-in");
        await member.SubmitAsync(page, "form[data-action=check-in]");

        Assert.Equal([(false, (string?)null)], await world.QueryAsync<(bool, string?)>(
            "select scanned_at > @start + interval '1 minute', odd from check_in", new { start = BranchWorld.Now }));
    }

    [Fact]
    public async Task Who_has_no_phone_is_signed_in_by_hand_but_not_the_recorder_by_himself()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync("15:30");
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);
        var page = await recorder.GetAsync($"{meeting}/check-ins");

        await recorder.SubmitAsync(page, $"[data-id='{BranchWorld.Member}'] button");
        var own = await recorder.SubmitAsync(page, $"[data-id='{BranchWorld.Recorder}'] button", ("operation", Guid.CreateVersion7().ToString()));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, own.Status);
        Assert.Equal(["hand"], await world.QueryAsync<string>("select manner from check_in"));
    }

    [Fact]
    public async Task A_code_that_is_none_and_one_of_another_branch_sign_nobody_in()
    {
        await using var world = await BranchWorld.StartAsync(cluster);
        var meeting = await world.MeetingAsync("15:30");
        using var stranger = await world.SignInAsync(BranchWorld.Stranger);

        Assert.Contains("这个码不对", (await stranger.GetAsync("/check-in/nonsense")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/check-in/{Code(world, meeting)}")).Status);
        Assert.Equal(0, await world.EntriesAsync("member-checked-in"));
    }

    private static string Code(BranchWorld world, string meeting) => SignInCode.Of(
        world.Site.Services.GetRequiredService<KeyFile>().For("check-in"), new GatheringId(BranchWorld.IdOf(meeting)), world.Clock.GetUtcNow());

    private static async Task<Page> ScanAsync(Browser phone, string code) =>
        await phone.SubmitAsync(await phone.GetAsync($"/check-in/{code}"), "form[data-action=check-in]");

    private static Task<Page> ScanAgainAsync(Browser phone, string code) => phone.GetAsync($"/check-in/{code}");

    private static string? Chosen(Page roll, PersonId person) =>
        roll.Document.QuerySelector($"[data-id='{person}'] input[checked]")?.GetAttribute("value");
}
