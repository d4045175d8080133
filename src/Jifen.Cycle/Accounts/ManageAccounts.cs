namespace Jifen.Cycle.Accounts;

/// <summary>How somebody's account stands.</summary>
/// <param name="Exists">it was opened once</param>
/// <param name="HasLoginName">the person has used a link</param>
/// <param name="IsDisabled">停用</param>
/// <param name="AwaitsLink">a one-time link may be issued, or one is about</param>
public sealed record AccountState(bool Exists, bool HasLoginName, bool IsDisabled, bool AwaitsLink);

/// <summary>开通账号: for the first time, or again.</summary>
public sealed record OpenAccount(PersonId Person)
{
    public Ruling Decide(AccountState now) => now is { Exists: true, IsDisabled: false }
        ? new AccountIsOpenAlready()
        : new Happening(new AccountOpened(), Person);
}

/// <summary>重设密码: the person has lost it, or somebody else may know it.</summary>
public sealed record ResetAccount(PersonId Person, string Reason)
{
    public Ruling Decide(AccountState now) => now switch
    {
        { Exists: false } or { IsDisabled: true } => new NoOpenAccount(),
        { HasLoginName: false } => new LinkNotUsedYet(),
        _ when string.IsNullOrWhiteSpace(Reason) => new AccountReasonIsMissing(),
        _ => new Happening(new AccountReset(Reason.Trim()), Person),
    };
}

/// <summary>停用账号</summary>
public sealed record DisableAccount(PersonId Person, string Reason)
{
    public Ruling Decide(AccountState now) => now switch
    {
        { Exists: false } or { IsDisabled: true } => new NoOpenAccount(),
        _ when string.IsNullOrWhiteSpace(Reason) => new AccountReasonIsMissing(),
        _ => new Happening(new AccountDisabled(Reason.Trim()), Person),
    };
}

public sealed record AccountIsOpenAlready() : Refusal("这个人的账号已经开通。忘了密码，用“重设密码”。");

public sealed record NoOpenAccount() : Refusal("这个人现在没有可用的账号。要让他登录，先“开通账号”。");

public sealed record LinkNotUsedYet() : Refusal("这个人还没用过邀请链接，没有密码可以重设。请“生成链接”重新发给他。");

public sealed record AccountReasonIsMissing() : Refusal("请写明原因：它会留在账上，本人看得到。");

/// <summary>The person is on no roll this officer sees.</summary>
public sealed record NotAmongYours() : Refusal("没有在您管理的名册里找到这个人。请刷新页面再试；刚转走的，由现在的支部办理。");

/// <summary>The ledger grants no link: nothing to do, or the second person has not confirmed yet.</summary>
public sealed record NoLinkGranted() : Refusal("现在不能生成链接：还没有另一位确认，或者本人已经设好了密码。");
