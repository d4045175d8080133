using System.Net;
using Dapper;
using Jifen.Cycle;
using Jifen.Integration.World;
using Jifen.Store.Accounts;
using Jifen.Web.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jifen.Integration.SignIn;

/// <summary>People with passwords, and browsers that use them.</summary>
internal static class Passwords
{
    public const string Good = "水杯 台灯 青石板路";
    public const string Other = "雨伞 邮票 第二食堂";

    /// <summary>Gives a person login name and password through a one-time link.</summary>
    public static async Task<string> GiveAsync(this TestSite site, PersonId person, string loginName, string password = Good)
    {
        var account = await site.AccountAsync(person);
        var token = SecretKey.Create();
        var now = site.Clock.GetUtcNow();
        await using var connection = await site.Database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(
            """
            update account set link_granted_at = @now where account_id = @account;
            select issue_link(@hash, @account, @now, @until);
            """,
            new { hash = SecretKey.Hash(token), account, now, until = now.AddDays(1) });
        await using var scope = site.Services.CreateAsyncScope();
        var hash = scope.ServiceProvider.GetRequiredService<IPasswordHasher<Account>>()
            .HashPassword(new Account { AccountId = account, PersonId = person, SecurityStamp = "" }, password);
        var (used, refusal) = await site.Services.GetRequiredService<OneTimeLinks>()
            .UseAsync(token, new NewCredentials(loginName, new LoginNames().NormalizeName(loginName)!, hash, Guid.CreateVersion7().ToString()), TestContext.Current.CancellationToken);
        Assert.Null(refusal);
        Assert.Equal(account, used);
        return loginName;
    }

    public static async Task<Page> SignInAsync(this Browser browser, string loginName, string password, string? back = null) =>
        await browser.SubmitAsync(
            await browser.GetAsync($"/sign-in{(back is null ? "" : $"?return={Uri.EscapeDataString(back)}")}"),
            "form[data-action=sign-in]",
            ("login", loginName),
            ("password", password));

    /// <summary>Whether a page for those who are signed in is shown.</summary>
    public static async Task<bool> IsSignedInAsync(this Browser browser) =>
        await browser.GetAsync("/settings") is { Path: "/settings", Status: HttpStatusCode.OK };
}
