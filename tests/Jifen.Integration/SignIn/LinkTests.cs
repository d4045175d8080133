using System.Net;
using Dapper;
using Jifen.Cycle.Accounts;
using Jifen.Cycle.Organizations;
using Jifen.Integration.World;
using Jifen.Store.Accounts;
using Xunit;

namespace Jifen.Integration.SignIn;

public sealed class LinkTests(Cluster cluster)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("party-committee", "OrganizationOfficer")]
    [InlineData("branch", "Secretary")]
    public async Task The_set_up_link_makes_the_first_officer_once(string kind, string office)
    {
        await using var site = await TestSite.StartAsync(cluster);
        var link = await FirstOfficer.LinkAsync(site.Database, site.Clock, Cancel);
        var second = await FirstOfficer.LinkAsync(site.Database, site.Clock, Cancel);
        using var browser = site.Browser();

        var page = await browser.GetAsync(link!);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        await browser.SubmitAsync(page, "form[data-action=set-up]", Answers(kind));

        Assert.True(await browser.IsSignedInAsync());
        Assert.Null(await FirstOfficer.LinkAsync(site.Database, site.Clock, Cancel));
        using var late = site.Browser();
        Assert.Equal(HttpStatusCode.Gone, (await late.GetAsync(link!)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await late.GetAsync(second!)).Status);
        await using var connection = await site.Database.Owner.OpenConnectionAsync(Cancel);
        var offices = await connection.QueryAsync<string>("select office from office_term order by office");
        Assert.Equal(new[] { "administrator", Cycle.Words.Of(Enum.Parse<Office>(office)) }.Order(StringComparer.Ordinal), offices.Order(StringComparer.Ordinal));
        Assert.Equal("installer", Assert.Single((await connection.QueryAsync<string>("select distinct office from ledger_entry")).AsList()));
    }

    [Fact]
    public async Task Two_who_open_the_set_up_page_at_once_do_not_both_become_the_first_officer()
    {
        await using var site = await TestSite.StartAsync(cluster);
        using var one = site.Browser();
        using var other = site.Browser();
        var first = await one.GetAsync((await FirstOfficer.LinkAsync(site.Database, site.Clock, Cancel))!);
        var second = await other.GetAsync((await FirstOfficer.LinkAsync(site.Database, site.Clock, Cancel))!);

        await Task.WhenAll(
            one.SubmitAsync(first, "form[data-action=set-up]", Answers("party-committee")),
            other.SubmitAsync(second, "form[data-action=set-up]", [.. Answers("party-committee"), ("login", "另一人")]));

        Assert.Single(new[] { await one.IsSignedInAsync(), await other.IsSignedInAsync() }, isIn => isIn);
        await using var connection = await site.Database.Owner.OpenConnectionAsync(Cancel);
        Assert.Equal(1, await connection.QuerySingleAsync<int>("select count(*)::int from organization"));
    }

    [Fact]
    public async Task What_is_wrong_in_the_set_up_form_is_said_at_its_field_and_the_rest_is_kept()
    {
        await using var site = await TestSite.StartAsync(cluster);
        using var browser = site.Browser();
        var page = await browser.GetAsync((await FirstOfficer.LinkAsync(site.Database, site.Clock, Cancel))!);

        var refused = await browser.SubmitAsync(page, "form[data-action=set-up]", [.. Answers("party-committee"), ("login", "有 空格"), ("password", "1234567890")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("不能有空格", refused.Document.QuerySelector("[data-field=login]")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(refused.Document.QuerySelector("[data-field=password] .jf-wrong"));
        Assert.Equal("中共信息学院委员会", refused.Document.QuerySelector("input[name=organization]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task An_invitation_sets_login_name_and_password_once()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        using var officer = await site.SignInAsync(college.Administrator);
        var link = await InviteAsync(officer, college.Member.ToString());
        using var browser = site.Browser();

        var page = await browser.GetAsync(link);
        Assert.Contains("成元同志", page.Text, StringComparison.Ordinal);
        var mistyped = await browser.SubmitAsync(
            page, "form[data-action=set-password]", ("login", "成元"), ("password", Passwords.Good), ("repeated", Passwords.Other));
        Assert.Contains("两次输入的密码不一样", mistyped.Text, StringComparison.Ordinal);
        await browser.SubmitAsync(mistyped, "form[data-action=set-password]", ("password", Passwords.Good), ("repeated", Passwords.Good));

        Assert.True(await browser.IsSignedInAsync());
        using var other = site.Browser();
        Assert.Equal(HttpStatusCode.Gone, (await other.GetAsync(link)).Status);
        var again = await other.SubmitAsync(page, "form[data-action=set-password]", ("login", "别人"), ("password", Passwords.Other), ("repeated", Passwords.Other));
        Assert.NotEqual(HttpStatusCode.OK, again.Status);
        Assert.False(await other.IsSignedInAsync());
        await other.SignInAsync("成元", Passwords.Good);
        Assert.True(await other.IsSignedInAsync());
    }

    [Fact]
    public async Task A_link_ends_after_its_days_and_when_a_newer_one_is_made()
    {
        var clock = new MovableClock(new DateTimeOffset(2026, 3, 2, 0, 30, 0, TimeSpan.Zero));
        await using var site = await TestSite.StartAsync(cluster, clock);
        var college = await College.FoundAsync(site);
        using var officer = await site.SignInAsync(college.Administrator);
        using var browser = site.Browser();
        var first = await InviteAsync(officer, college.Member.ToString());
        clock.Advance(TimeSpan.FromMinutes(1));

        var remade = await officer.SubmitAsync(await officer.GetAsync($"/accounts/{college.Member}"), "button[data-action=issue-link]");
        var second = LinkOf(remade);

        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync(first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(second)).Status);
        clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync(second)).Status);
    }

    [Fact]
    public async Task A_login_name_that_somebody_has_cannot_be_taken_and_the_link_still_works()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.OtherMember, "成元");
        using var officer = await site.SignInAsync(college.Administrator);
        var link = await InviteAsync(officer, college.Member.ToString());
        using var browser = site.Browser();

        var taken = await browser.SubmitAsync(
            await browser.GetAsync(link), "form[data-action=set-password]", ("login", "成元"), ("password", Passwords.Good), ("repeated", Passwords.Good));
        Assert.Contains("已经有人用了", taken.Text, StringComparison.Ordinal);
        await browser.SubmitAsync(taken, "form[data-action=set-password]", ("login", "成元2"), ("password", Passwords.Good), ("repeated", Passwords.Good));

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_reset_keeps_the_login_name_and_ends_what_was_valid_before()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Member, "成元");
        using var before = site.Browser();
        await before.SignInAsync("成元", Passwords.Good);
        using var officer = await site.SignInAsync(college.Administrator);

        var page = await officer.GetAsync($"/accounts/{college.Member}");
        var refused = await officer.SubmitAsync(page, "button[data-action=reset-account]", ("reason", " "));
        Assert.Contains("原因", SignInTests.Refused(refused), StringComparison.Ordinal);
        var link = LinkOf(await officer.SubmitAsync(page, "button[data-action=reset-account]", ("operation", Guid.CreateVersion7().ToString()), ("reason", "忘了密码")));
        Assert.StartsWith("/reset/", link, StringComparison.Ordinal);
        Assert.True(await before.IsSignedInAsync());
        using var browser = site.Browser();
        await browser.SubmitAsync(await browser.GetAsync(link), "form[data-action=set-password]", ("password", Passwords.Other), ("repeated", Passwords.Other));

        Assert.True(await browser.IsSignedInAsync());
        Assert.False(await before.IsSignedInAsync());
        await before.SignInAsync("成元", Passwords.Other);
        Assert.True(await before.IsSignedInAsync());
    }

    [Fact]
    public async Task The_operator_at_the_machine_opens_resets_and_disables_and_the_ledger_says_so()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        var desk = new OperatorDesk(site.Database, site.Clock);
        var (link, _) = await desk.OpenAsync(Assert.Single(await desk.FindAsync("成元", Cancel)), Cancel);
        using var browser = site.Browser();
        await browser.SubmitAsync(
            await browser.GetAsync(link!), "form[data-action=set-password]", ("login", "cy"), ("password", Passwords.Good), ("repeated", Passwords.Good));
        Assert.True(await browser.IsSignedInAsync());

        var (reset, _) = await desk.ResetAsync(Assert.Single(await desk.FindAsync("cy", Cancel)), "忘了密码", Cancel);
        Assert.StartsWith("/reset/", reset, StringComparison.Ordinal);
        Assert.Null(await desk.DisableAsync(Assert.Single(await desk.FindAsync("cy", Cancel)), "离职", Cancel));
        Assert.False(await browser.IsSignedInAsync());
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync(reset!)).Status);
        Assert.IsType<NoOpenAccount>((await desk.ResetAsync(Assert.Single(await desk.FindAsync("cy", Cancel)), "又忘了", Cancel)).Refusal);
        await using var connection = await site.Database.Owner.OpenConnectionAsync(Cancel);
        var kinds = await connection.QueryAsync<string>("select kind from ledger_entry where office = 'operator' and recorded_by = @by order by position", new { by = Operator.Person.Value });
        Assert.Equal(["account-opened", "account-reset", "account-disabled"], kinds);
    }

    private static (string, string)[] Answers(string kind) =>
    [
        ("kind", kind), ("organization", "中共信息学院委员会"), ("short", "信息学院党委"), ("name", "高敏"), ("number", ""), ("login", "高敏"),
        ("password", Passwords.Good), ("repeated", Passwords.Good),
    ];

    internal static async Task<string> InviteAsync(Browser officer, string person) =>
        LinkOf(await officer.SubmitAsync(await officer.GetAsync($"/accounts/{person}"), "button[data-action=open-account]"));

    internal static string LinkOf(Page page) =>
        new Uri((page.Document.QuerySelector("[data-field=link]") ?? throw new InvalidOperationException($"no link: {page.Text}")).GetAttribute("href")!).AbsolutePath;
}
