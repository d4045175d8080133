using Jifen.Cycle;
using Jifen.Cycle.Accounts;
using Jifen.Cycle.Organizations;
using Jifen.Integration.World;
using Jifen.Store.Steps;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jifen.Integration.SignIn;

public sealed class SessionTests(Cluster cluster)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sessions_and_forms_survive_a_restart_of_the_program()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Member, "成元");
        using var browser = site.Browser();
        await browser.SignInAsync("成元", Passwords.Good);
        var open = await browser.GetAsync("/settings");

        await site.RestartAsync();

        Assert.True(await browser.IsSignedInAsync());
        var left = await browser.SubmitAsync(open, "button[data-action=sign-out]");
        Assert.Contains("已退出登录", left.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_all_other_devices_ends_them_at_their_next_request_and_keeps_this_one()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        using var here = await site.SignInAsync(college.Member);
        using var there = await site.SignInAsync(college.Member);
        using var somebodyElse = await site.SignInAsync(college.OtherMember);

        var page = await here.SubmitAsync(await here.GetAsync("/settings"), "button[data-action=end-other-sessions]");

        Assert.Contains("其他设备都已退出", page.Text, StringComparison.Ordinal);
        Assert.Contains("在另一台设备上退出", (await there.GetAsync("/settings")).Text, StringComparison.Ordinal);
        Assert.True(await here.IsSignedInAsync());
        Assert.True(await somebodyElse.IsSignedInAsync());
    }

    [Fact]
    public async Task Sessions_that_ran_out_a_week_ago_are_forgotten_when_somebody_signs_in()
    {
        var clock = new MovableClock(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        await using var site = await TestSite.StartAsync(cluster, clock);
        var college = await College.FoundAsync(site);
        (await site.SignInAsync(college.Member)).Dispose();
        clock.Advance(TimeSpan.FromDays(7));
        (await site.SignInAsync(college.Member)).Dispose();
        Assert.Equal(2, await SessionsAsync(site));

        clock.Advance(TimeSpan.FromDays(1));
        (await site.SignInAsync(college.OtherMember)).Dispose();

        Assert.Equal(2, await SessionsAsync(site));
    }

    [Fact]
    public async Task Nobody_ends_the_sessions_of_somebody_else()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        using var victim = await site.SignInAsync(college.OtherMember);
        var foreign = (await victim.GetAsync("/settings")).Document.QuerySelector("tr[data-id]")!.GetAttribute("data-id")!;
        using var here = await site.SignInAsync(college.Member);
        using var also = await site.SignInAsync(college.Member);

        await here.SubmitAsync(await here.GetAsync("/settings"), "button[data-action=end-session]", ("session", foreign));

        Assert.True(await victim.IsSignedInAsync());
        Assert.True(await also.IsSignedInAsync());
    }

    [Fact]
    public async Task Half_an_hour_without_a_request_ends_a_session_and_a_request_keeps_it()
    {
        var clock = new MovableClock(new DateTimeOffset(2026, 3, 2, 0, 30, 0, TimeSpan.Zero));
        await using var site = await TestSite.StartAsync(cluster, clock);
        var college = await College.FoundAsync(site);
        using var browser = await site.SignInAsync(college.Member);

        clock.Advance(TimeSpan.FromMinutes(29));
        Assert.True(await browser.IsSignedInAsync());
        clock.Advance(TimeSpan.FromMinutes(29));
        Assert.True(await browser.IsSignedInAsync());
        clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Contains("半小时没有操作", (await browser.GetAsync("/settings")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_twelve_hours_even_a_busy_session_is_over()
    {
        var clock = new MovableClock(new DateTimeOffset(2026, 3, 2, 0, 30, 0, TimeSpan.Zero));
        await using var site = await TestSite.StartAsync(cluster, clock);
        var college = await College.FoundAsync(site);
        using var browser = await site.SignInAsync(college.Member);

        for (var quarter = 1; quarter < 48; quarter++)
        {
            clock.Advance(TimeSpan.FromMinutes(15));
            Assert.True(await browser.IsSignedInAsync());
        }

        clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Contains("已满十二小时", (await browser.GetAsync("/settings")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabling_an_account_ends_its_sessions_at_once_and_a_right_password_opens_nothing()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Member, "成元");
        using var browser = site.Browser();
        await browser.SignInAsync("成元", Passwords.Good);

        var disabled = await site.Services.GetRequiredService<AccountSteps>().DisableAsync(
            new DisableAccount(college.Member, "可能被盗用"), college.Administrator, new OperationId(Guid.CreateVersion7()), Cancel);

        Assert.Null(disabled.Refusal);
        Assert.False(disabled.AwaitsSecond);
        Assert.False(await browser.IsSignedInAsync());
        var again = await browser.SignInAsync("成元", Passwords.Good);
        Assert.Contains("已经停用", SignInTests.Refused(again), StringComparison.Ordinal);
        // Whoever does not know the password does not learn that the account is disabled.
        Assert.Contains("登录名或密码不对", SignInTests.Refused(await browser.SignInAsync("成元", Passwords.Other)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_office_ends_the_sessions_of_whom_it_concerns()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        using var promoted = await site.SignInAsync(college.Member);
        using var other = await site.SignInAsync(college.OtherMember);

        await College.EnterAsync(
            site.Database, college.Branch, college.Member, new OfficeAssigned(new OfficeTermId(Guid.CreateVersion7()), Office.CommitteeMember, null, false));

        Assert.Contains("职务刚有变动", (await promoted.GetAsync("/settings")).Text, StringComparison.Ordinal);
        Assert.True(await other.IsSignedInAsync());
    }

    [Fact]
    public async Task A_new_password_needs_the_old_one_and_ends_the_other_sessions()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Member, "成元");
        using var here = site.Browser();
        await here.SignInAsync("成元", Passwords.Good);
        using var there = site.Browser();
        await there.SignInAsync("成元", Passwords.Good);

        var refused = await here.SubmitAsync(
            await here.GetAsync("/settings"), "form[data-action=change-password]", ("old", Passwords.Other), ("password", Passwords.Other), ("repeated", Passwords.Other));
        Assert.Contains("现在的密码不对", refused.Text, StringComparison.Ordinal);
        Assert.True(await there.IsSignedInAsync());

        var changed = await here.SubmitAsync(
            await here.GetAsync("/settings"), "form[data-action=change-password]", ("old", Passwords.Good), ("password", Passwords.Other), ("repeated", Passwords.Other));
        Assert.Contains("密码已改", changed.Text, StringComparison.Ordinal);
        Assert.True(await here.IsSignedInAsync());
        Assert.False(await there.IsSignedInAsync());
        Assert.Contains("登录名或密码不对", SignInTests.Refused(await there.SignInAsync("成元", Passwords.Good)), StringComparison.Ordinal);
        await there.SignInAsync("成元", Passwords.Other);
        Assert.True(await there.IsSignedInAsync());
    }

    [Fact]
    public async Task Reading_the_whole_ledger_again_ends_no_session_and_changes_no_account()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Member, "成元");
        var steps = site.Services.GetRequiredService<AccountSteps>();
        await steps.DisableAsync(new DisableAccount(college.Member, "外出"), college.Administrator, new OperationId(Guid.CreateVersion7()), Cancel);
        await College.EnterAsync(site.Database, college.Branch, college.Member, new AccountOpened());
        using var browser = site.Browser();
        await browser.SignInAsync("成元", Passwords.Good);

        await using var rebuild = site.Database.Owner.CreateCommand("select rebuild_views()");
        await rebuild.ExecuteNonQueryAsync(Cancel);

        Assert.True(await browser.IsSignedInAsync());
    }

    private static async Task<long> SessionsAsync(TestSite site)
    {
        await using var count = site.Database.Owner.CreateCommand("select count(*) from session");
        return (long)(await count.ExecuteScalarAsync(Cancel))!;
    }
}
