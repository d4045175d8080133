using Jifen.Demo;
using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.SignIn;

/// <summary>通行密钥, with an authenticator the browser pretends to have: added in the settings, then signed in with and removed.</summary>
public sealed class PasskeyJourney(DemoSite site) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task A_passkey_is_added_with_the_password_and_opens_the_account_without_it()
    {
        await using var member = await site.VisitorAsync();
        var page = member.Page;
        var devices = await page.Context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        // Browsers give no passkey to an address of numbers.
        await page.GotoAsync($"http://localhost:{site.Address.Port}/sign-in?return=/settings");
        await member.TypeAsync("[name=login]", "党员");
        await member.TypeAsync("[name=password]", DemoWorld.Password);
        await member.FollowAsync("button[data-action=sign-in]");

        await member.TypeAsync("#f-passkey-confirm", "不是这个密码，这个不对");
        await member.FollowAsync("[data-action=add-passkey]");
        await member.SeesAsync("现在的密码不对");
        await member.TypeAsync("#f-passkey-confirm", DemoWorld.Password);
        await member.FollowAsync("[data-action=add-passkey]");
        await member.SeesAsync("通行密钥已登记");

        await member.FollowAsync("#devices button[data-action=sign-out]");
        await member.FollowAsync("[data-action=sign-in-passkey]");
        Assert.Equal("/", member.Path);
        member.IsHealthy();
    }
}
