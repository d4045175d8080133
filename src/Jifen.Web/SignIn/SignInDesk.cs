using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Jifen.Cycle;
using Jifen.Store.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Jifen.Web.SignIn;

/// <summary>Wrong password, or nobody of this name: which of the two is not said.</summary>
public sealed record NotSignedIn() : Refusal("登录名或密码不对。请核对大小写；忘了密码，请支部书记或组织员发一个重设链接。");

/// <summary>Guessed too often from where one is.</summary>
public sealed record TooManyGuesses()
    : Refusal("这个登录名在这里输错的次数太多，请一小时后再试。在以前登录过的设备上，或者用通行密钥，现在就能登录。");

/// <summary>The password is right; the account is closed.</summary>
public sealed record AccountIsDisabled() : Refusal("这个账号已经停用。需要恢复，请联系支部书记或组织员。");

/// <summary>The hashing gate is full.</summary>
public sealed record PasswordsAreQueuing() : Refusal("现在登录的人太多，刚才没有核对。请几秒后再试。");

/// <summary>The password of the account that is signed in.</summary>
public sealed record NotYourPassword() : Refusal("现在的密码不对，请再输一次。");

/// <summary>Proves who somebody is, and opens the session.</summary>
public sealed class SignInDesk(
    UserManager<Account> accounts,
    IPasswordHasher<Account> hasher,
    IEnumerable<IPasswordValidator<Account>> rules,
    SignInAttempts attempts,
    OneTimeLinks links,
    PasswordGate gate,
    IHttpContextAccessor http)
{
    // Somebody to compare with where nobody has the name, so that the answer takes as long.
    private static readonly Account Nobody = new() { AccountId = default, PersonId = default, SecurityStamp = "" };
    private static readonly Lazy<string> NobodysHash =
        new(() => new PasswordHasher<Account>(SignInServices.Hashing).HashPassword(Nobody, SecretKey.Create()));

    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("signing in needs a request");

    /// <returns>null: signed in</returns>
    public async Task<Refusal?> WithPasswordAsync(string loginName, string password)
    {
        if (loginName.Length > 100 || password.Length > PasswordRules.Longest)
        {
            return new NotSignedIn();
        }

        var account = await accounts.FindByNameAsync(loginName);
        return await JudgeAsync(accounts.NormalizeName(loginName)!, account, password, new NotSignedIn()) ?? await OpenAsync(account!);
    }

    /// <summary>Opens the session of somebody who has proved who he is.</summary>
    /// <returns>null: signed in</returns>
    public async Task<Refusal?> OpenAsync(Account account)
    {
        if (account.DisabledAt is not null)
        {
            return new AccountIsDisabled();
        }

        await Context.SignInAsync(SessionAuthentication.Name, SessionAuthentication.PrincipalOf(account.AccountId, account.PersonId.Value));
        await attempts.RememberAsync(DeviceCookie.Keep(Context), account.AccountId, Context.RequestAborted);
        return null;
    }

    /// <summary>Login name and password of somebody who came with a link, checked and hashed.</summary>
    /// <returns>the credentials; or what is wrong, by field: login, password</returns>
    /// <exception cref="GateIsFullException">come back later</exception>
    public async Task<(NewCredentials? Credentials, IReadOnlyDictionary<string, string> Wrong)> PrepareAsync(
        string loginName, string password, string repeated)
    {
        var wrong = new Dictionary<string, string>();
        if (LoginNames.Objection(loginName) is { } objection)
        {
            wrong["login"] = objection.Message;
        }

        if (await PasswordObjectionAsync(loginName, password, repeated) is { } why)
        {
            wrong["password"] = why;
        }

        if (wrong.Count > 0)
        {
            return (null, wrong);
        }

        var hash = await gate.PassAsync(() => Task.FromResult(hasher.HashPassword(Nobody, password)), Context.RequestAborted);
        return (new NewCredentials(loginName, accounts.NormalizeName(loginName)!, hash, NewStamp()), wrong);
    }

    /// <summary>Uses a link and signs its holder in.</summary>
    /// <returns>null: done</returns>
    public async Task<Refusal?> UseLinkAsync(string token, NewCredentials credentials)
    {
        var (used, refusal) = await links.UseAsync(token, credentials, Context.RequestAborted);
        return refusal ?? await OpenAsync(used!.Value);
    }

    /// <returns>null: signed in</returns>
    public async Task<Refusal?> OpenAsync(Guid account) =>
        await accounts.FindByIdAsync(account.ToString()) is { } found ? await OpenAsync(found) : new LinkDoesNotHold();

    /// <summary>Changes the password of whoever is signed in: every other session ends, this one is opened anew.</summary>
    /// <returns>what is wrong, by field: old, password; empty: changed</returns>
    /// <exception cref="GateIsFullException">come back later</exception>
    public async Task<IReadOnlyDictionary<string, string>> ChangePasswordAsync(Account account, string old, string password, string repeated)
    {
        if (await PasswordObjectionAsync(account.LoginName, password, repeated) is { } why)
        {
            return new Dictionary<string, string> { ["password"] = why };
        }

        if (await ConfirmAsync(account, old) is { } refusal)
        {
            return new Dictionary<string, string> { ["old"] = refusal.Message };
        }

        var changed = await gate.PassAsync(() => accounts.ChangePasswordAsync(account, old, password), Context.RequestAborted);
        if (!changed.Succeeded)
        {
            return new Dictionary<string, string> { ["password"] = changed.Errors.First().Description };
        }

        await OpenAsync(account);
        return new Dictionary<string, string>();
    }

    /// <summary>
    /// Whether the person before the screen knows the password: asked before anything that outlasts the session. Counted like a guess, since
    /// whoever finds a browser open can guess here.
    /// </summary>
    /// <returns>null: he does</returns>
    public Task<Refusal?> ConfirmAsync(Account account, string password) =>
        JudgeAsync(account.NormalizedName ?? "", account, password, new NotYourPassword());

    /// <summary>Counts, waits for its turn, compares.</summary>
    /// <returns>null: the password is right</returns>
    private async Task<Refusal?> JudgeAsync(string normalizedName, Account? account, string password, Refusal otherwise)
    {
        if (await attempts.BeginAsync(normalizedName, Source, DeviceCookie.Read(Context.Request), Context.RequestAborted) is not { } attempt)
        {
            return new TooManyGuesses();
        }

        try
        {
            if (!await gate.PassAsync(() => IsRightAsync(account, password), Context.RequestAborted))
            {
                return otherwise;
            }
        }
        catch (GateIsFullException)
        {
            await attempts.SucceededAsync(attempt, Context.RequestAborted);
            return new PasswordsAreQueuing();
        }

        await attempts.SucceededAsync(attempt, Context.RequestAborted);
        return null;
    }

    private async Task<string?> PasswordObjectionAsync(string? loginName, string password, string repeated)
    {
        var candidate = new Account { AccountId = default, PersonId = default, SecurityStamp = "", LoginName = loginName };
        foreach (var rule in rules)
        {
            var judged = await rule.ValidateAsync(accounts, candidate, password);
            if (!judged.Succeeded)
            {
                return judged.Errors.First().Description;
            }
        }

        return password == repeated ? null : "两次输入的密码不一样，请重新输入。";
    }

    private async Task<bool> IsRightAsync(Account? account, string password)
    {
        if (account?.PasswordHash is null)
        {
            hasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password);
            return false;
        }

        return await accounts.CheckPasswordAsync(account, password);
    }

    private static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    /// <summary>One household of IPv6 is one source.</summary>
    private string Source
    {
        get
        {
            var address = Context.Connection.RemoteIpAddress ?? IPAddress.None;
            if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
            {
                return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
            }

            var bytes = address.GetAddressBytes();
            Array.Clear(bytes, 8, 8);
            return $"{new IPAddress(bytes)}/64";
        }
    }
}
