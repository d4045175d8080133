using Microsoft.AspNetCore.Identity;

namespace Jifen.Web.SignIn;

/// <summary>What ASP.NET Core Identity says to people, as far as it can be said here.</summary>
internal sealed class IdentityWords : IdentityErrorDescriber
{
    public override IdentityError DefaultError() => Say(nameof(DefaultError), "没有办成，请再试一次。");

    public override IdentityError ConcurrencyFailure() => Say(nameof(ConcurrencyFailure), "别处刚改过这个账号，请刷新后再试。");

    public override IdentityError PasswordMismatch() => Say(nameof(PasswordMismatch), "原密码不对。");

    public override IdentityError PasswordTooShort(int length) => Say(nameof(PasswordTooShort), $"密码太短，至少 {length} 个字符。几个不相干的词连起来就够长，也好记。");

    public override IdentityError DuplicateUserName(string userName) => Say(nameof(DuplicateUserName), $"登录名“{userName}”已经有人用了，请换一个。");

    public override IdentityError InvalidUserName(string? userName) => Say(nameof(InvalidUserName), new LoginNameNotPossible().Message);

    public override IdentityError UserAlreadyHasPassword() => Say(nameof(UserAlreadyHasPassword), "这个账号已经有密码了。");

    private static IdentityError Say(string code, string description) => new() { Code = code, Description = description };
}
