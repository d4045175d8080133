namespace Jifen.Cycle.Evaluations;

/// <summary>Who of the branch could count ballots of paper: members without office whom the vote does not concern.</summary>
/// <param name="Ready">by name: they have an account to type their count with</param>
/// <param name="WithoutAccount">by name: they have none yet</param>
public sealed record TellersOfPaper(IReadOnlyList<string> Ready, IReadOnlyList<string> WithoutAccount)
{
    private const int Needed = 2;

    public bool AreEnough => Ready.Count >= Needed;

    /// <summary>监票要两名……，本支部有1名：冯若琳</summary>
    public string InWords =>
        $"监票要两名不担任职务、有账号的党员，本支部现在{(Ready.Count == 0 ? "没有" : $"有{Ready.Count}名：{string.Join("、", Ready)}")}";

    /// <summary>How there come to be enough; null: there are.</summary>
    public string? Remedy => this switch
    {
        { AreEnough: true } => null,
        _ when Ready.Count + WithoutAccount.Count >= Needed =>
            $"先在“账号”里给{string.Join("、", WithoutAccount)}开通账号（书记提出，上级组织员确认），本人登录过就可以监票；来不及的，发打印的一次性选票或者手机领票",
        _ => "本支部不担任职务的党员不够两名，发不了纸质票：请发打印的一次性选票或者手机领票",
    };

    /// <summary>Paper that nobody could count is not given out.</summary>
    internal Refusal? ObjectionTo(int papers) => papers > 0 && !AreEnough ? new TooFewTellers(this) : null;
}
