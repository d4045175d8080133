using System.Net;
using Dapper;
using Jifen.Integration.World;
using Jifen.Store.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jifen.Integration.SignIn;

public sealed class SignInTests(Cluster cluster)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_signs_in_comes_to_where_he_wanted_to_go_and_signs_out()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Member, "成元");
        using var browser = site.Browser();

        var asked = await browser.GetAsync("/settings");
        Assert.Equal("/sign-in?return=%2Fsettings", asked.Path);
        var settings = await browser.SubmitAsync(asked, "form[data-action=sign-in]", ("login", "成元"), ("password", Passwords.Good));
        Assert.Equal("/settings", settings.Path);
        Assert.Contains("登录名：成元", settings.Text, StringComparison.Ordinal);

        var left = await browser.SubmitAsync(settings, "button[data-action=sign-out]");
        Assert.Contains("已退出登录", left.Text, StringComparison.Ordinal);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_login_name_typed_full_width_or_in_another_case_is_the_same_name()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Member, "Cheng01");
        using var browser = site.Browser();

        await browser.SignInAsync(" ｃＨＥＮＧ０１ ", Passwords.Good);

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Member, "成元");
        using var browser = site.Browser();

        var wrong = await browser.SignInAsync("成元", Passwords.Other);
        var unknown = await browser.SignInAsync("无人", Passwords.Other);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(wrong.Status, unknown.Status);
        Assert.Equal(Refused(wrong), Refused(unknown));
        Assert.Contains("登录名或密码不对", Refused(wrong), StringComparison.Ordinal);
        Assert.Equal("成元", wrong.Document.QuerySelector("input[name=login]")?.GetAttribute("value"));
        Assert.Null(wrong.Document.QuerySelector("input[name=password]")?.GetAttribute("value"));
    }

    [Theory]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/settings?done=password", "/settings?done=password")]
    public async Task One_is_sent_back_only_inside_the_site(string asked, string goes)
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Member, "成元");
        using var browser = site.Browser();

        var page = await browser.GetAsync($"/sign-in?return={Uri.EscapeDataString(asked)}");
        var answer = await browser.PostAsync(page, "form[data-action=sign-in]", ("return", asked), ("login", "成元"), ("password", Passwords.Good));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(new Uri(site.Address, goes), new Uri(site.Address, answer.Headers.Location!));
    }

    [Fact]
    public async Task Cookies_are_out_of_reach_of_scripts_and_other_sites_and_the_key_is_not_in_the_database()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Member, "成元");
        using var browser = site.Browser();

        var page = await browser.GetAsync("/sign-in");
        var answer = await browser.PostAsync(page, "form[data-action=sign-in]", ("login", "成元"), ("password", Passwords.Good));

        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        var session = Assert.Single(cookies, cookie => cookie.StartsWith("jifen-session=", StringComparison.Ordinal));
        Assert.All(cookies, cookie => Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, cookie => Assert.Contains("samesite=", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("expires", session, StringComparison.OrdinalIgnoreCase);
        var key = session.Split('=', ';')[1];
        Assert.Equal(43, key.Length);
        await using var connection = await site.Database.Owner.OpenConnectionAsync(Cancel);
        var hash = await connection.QuerySingleAsync<byte[]>("select key_hash from session where ended_at is null");
        Assert.Equal(SecretKey.Hash(key), hash);
    }

    [Fact]
    public async Task Under_https_the_session_cookie_is_secure_and_bound_to_the_host()
    {
        // The site stands behind a proxy that ends TLS: the request says https.
        await using var site = await TestSite.StartAsync(cluster, services: services => services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter, BehindTls>());
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Member, "成元");
        using var browser = site.Browser();
        var page = await browser.GetAsync("/sign-in");
        // The browser of the tests keeps secure cookies to itself over http: the token's cookie is sent by hand.
        var token = page.Answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("jifen-form=", StringComparison.Ordinal)).Split(';')[0];
        using var form = new FormUrlEncodedContent(
        [
            .. page.Document.QuerySelectorAll("form[data-action=sign-in] input[type=hidden]")
                .Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? "")),
            KeyValuePair.Create("login", "成元"),
            KeyValuePair.Create("password", Passwords.Good),
        ]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = form };
        request.Headers.Add("Cookie", token);

        var answer = await browser.Http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-jifen-session=", StringComparison.Ordinal));
        Assert.All(cookies, cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-out")]
    [InlineData("/sign-in/passkey")]
    [InlineData("/sign-in/passkey/options")]
    public async Task A_form_without_its_token_is_refused(string path)
    {
        await using var site = await TestSite.StartAsync(cluster);
        using var browser = site.Browser();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "sign-in"), KeyValuePair.Create("login", "成元"), KeyValuePair.Create("password", Passwords.Good)]);

        var answer = await browser.Http.PostAsync(path, form, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("表单已经失效", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_form_that_another_site_sends_is_refused_even_with_a_token(string header, string value)
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        using var browser = await site.SignInAsync(college.Member);
        var settings = await browser.GetAsync("/settings");
        browser.Http.DefaultRequestHeaders.Add(header, value);

        var answer = await browser.PostAsync(settings, "button[data-action=sign-out]");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        browser.Http.DefaultRequestHeaders.Remove(header);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Signing_in_never_takes_over_a_key_that_was_there_before()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        using var administrator = await site.SignInAsync(college.Administrator);
        var link = await LinkTests.InviteAsync(administrator, college.Member.ToString());
        // A browser in which somebody else is signed in – or has planted his key.
        using var browser = await site.SignInAsync(college.OtherMember);
        var before = browser.Cookies.GetCookies(site.Address)["jifen-session"]!.Value;

        await browser.SubmitAsync(
            await browser.GetAsync(link), "form[data-action=set-password]", ("login", "成元"), ("password", Passwords.Good), ("repeated", Passwords.Good));

        Assert.NotEqual(before, browser.Cookies.GetCookies(site.Address)["jifen-session"]!.Value);
        Assert.True(await browser.IsSignedInAsync());
        using var planter = site.Browser();
        planter.Cookies.Add(new Cookie("jifen-session", before, "/", site.Address.Host));
        Assert.False(await planter.IsSignedInAsync());
    }

    internal static string Refused(Page page) => page.Document.QuerySelector("[data-refused]")?.TextContent ?? $"not refused: {page.Text}";
}
