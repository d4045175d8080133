namespace Jifen.Cycle.Permissions;

/// <summary>The table does not know this action: nobody may do it.</summary>
public sealed record NoSuchAction(string Id) : Refusal($"没有“{Id}”这件事，谁也不能办。请从菜单重新进入。");

/// <summary>LG4, MT4: denied to all.</summary>
public sealed record NobodyMay(ActionRow Action)
    : Refusal($"“{Action.Name}”谁也不能办。记错了的，另记一笔更正，原来的照样留着。", Action.Clause);

/// <summary>No office and no standing here gives a right to it.</summary>
public sealed record NotYourOffice(ActionRow Action, bool IsSignedIn)
    : Refusal($"“{Action.Name}”由{Holders.Of(Action)}办理。{(IsSignedIn ? "您在这个组织没有这样的职务或身份；确需办理，请联系他们。" : "请先登录。")}", Action.Clause);

/// <summary>Recusal: nobody decides in his own case.</summary>
public sealed record ConcernsYourself(ActionRow Action)
    : Refusal($"“{Action.Name}”这次涉及您本人，须回避，由{Holders.OthersOf(Action)}中与此事无关的人办理；无关的人不足两名的，报上级党组织。", Action.Clause);

/// <summary>The recorder's own points.</summary>
public sealed record RecorderKeepsNotOwnPoints(ActionRow Action)
    : Refusal("积分记录员本人的积分，由书记或副书记登记、更正，记录员不办自己的。请把事实和依据告诉书记。", Action.Clause);

/// <summary>K: the secretary is not a second recorder.</summary>
public sealed record SecretaryKeepsRecordersOnly(ActionRow Action)
    : Refusal($"“{Action.Name}”由积分记录员办理；书记、副书记只办记录员本人的。请交给积分记录员。", Action.Clause);

public sealed record OnlyForOneself(ActionRow Action)
    : Refusal($"“{Action.Name}”只能办自己的。{Holders.InsteadOf(Action)}", Action.Clause);

/// <param name="Now">null: the action touches no round that has a stage</param>
/// <param name="Then">null: only an invitation opens it</param>
public sealed record NotInThisStage(ActionRow Action, Stage? Now, StageSpan? Then)
    : Refusal(
        $"“{Action.Name}”{(Then is { } span ? $"在“{span}”阶段办理" : "凭邀请或一次性链接办理")}，"
        + $"{(Now is { } stage ? $"现在是“{stage.Name()}”阶段。" : "现在不在办理的阶段。")}{Holders.LaterThan(Action, Now)}",
        Action.Clause);

/// <summary>SC4, OB3: who drafted, recorded or signed it does not judge it.</summary>
public sealed record HandledItBefore(ActionRow Action)
    : Refusal($"这件事由您起草、记录、核实或签署过，“{Action.Name}”须回避，由{Holders.OthersOf(Action)}中没有经手的人办理。", Action.Clause);

public sealed record OfTheBranchComplainedOf(ActionRow Action)
    : Refusal($"申诉针对您所在的支部，“{Action.Name}”由支部以外的{Holders.OthersOf(Action)}办理。", Action.Clause);

public sealed record HasNoVote(ActionRow Action)
    : Refusal("表决权属于本支部的正式党员；预备党员、列席的同志可以参加讨论，不投票。", Action.Clause);

public sealed record NotOpenedToWeb(ActionRow Action)
    : Refusal($"“{Action.Name}”没有对外公开。请登录；没有账号的，请联系党支部。", Action.Clause);

public sealed record OnlyAboveBranches(ActionRow Action)
    : Refusal($"“{Action.Name}”由党支部的上级统一办理：{Holders.Of(Action)}（党委、党工委、党总支）。", Action.Clause);

public sealed record ConfirmedByTheSamePerson(ActionRow Action)
    : Refusal($"“{Action.Name}”要由另一个人确认，办理的人不能自己确认。请{Holders.OthersOf(Action)}中的另一位确认。", Action.Clause);

public sealed record SecondIsOfTheBranch(ActionRow Action)
    : Refusal($"“{Action.Name}”要由支部以外的人确认，您是这个支部的。请上级的另一位确认。", Action.Clause);

/// <summary>A defect of ours, refused all the same: whom it concerns decides here, and the caller did not say.</summary>
public sealed record ConcernNotSaid(ActionRow Action)
    : Refusal($"没有说明“{Action.Name}”涉及谁，无法判断是否须回避，没有办理。请指定人员后再试。", Action.Clause);

/// <summary>A defect of ours, refused all the same: who handled it decides here, and the caller did not look it up.</summary>
public sealed record HandlersNotSaid(ActionRow Action)
    : Refusal($"没有查明这件事由谁起草、记录、签署，无法判断“{Action.Name}”是否须回避，没有办理。请刷新后再试。", Action.Clause);

/// <summary>Who may, in words out of the table.</summary>
internal static class Holders
{
    /// <summary>积分记录员（本人的事除外）、书记（只限记录员本人的积分）: roles with the same marks stand together.</summary>
    public static string Of(ActionRow action)
    {
        var parts = new List<string>();
        var marked = RoleText.All.Where(role => !action[role].IsDenied).ToList();
        for (var at = 0; at < marked.Count;)
        {
            var cell = action[marked[at]];
            var same = marked.Skip(at).TakeWhile(role => action[role] == cell).ToList();
            var note = cell.InWords();
            parts.Add(string.Join('、', same.Select(role => role.Name())) + (note.Length == 0 ? "" : $"（{note}）"));
            at += same.Count;
        }

        return string.Join('、', parts);
    }

    /// <summary>Who may do it for others: 支委、书记.</summary>
    public static string OthersOf(ActionRow action) =>
        string.Join('、', RoleText.All.Where(role => !action[role].IsDenied && !action[role].Has(Marks.OwnCase)).Select(role => role.Name()));

    public static string InsteadOf(ActionRow action) =>
        OthersOf(action) is { Length: > 0 } others ? $"别人的由{others}办理。" : "别人的事由他本人办理。";

    /// <summary>A correction that comes too late for one row has another.</summary>
    public static string LaterThan(ActionRow action, Stage? now)
    {
        if (now is not { } stage || action.Clause != Actions.RC1EnterDailyRecord.Clause)
        {
            return "";
        }

        var later = new[] { Actions.RC3CorrectAfterReview, Actions.RC4CorrectAfterDecision }.FirstOrDefault(row => row.During?.Covers(stage) == true);
        return later is null ? "" : $"这时要改，走“{later.Name}”：{Of(later)}。";
    }
}
