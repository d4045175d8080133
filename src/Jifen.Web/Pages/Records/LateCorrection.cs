using Jifen.Cycle;
using Jifen.Cycle.Permissions;

namespace Jifen.Web.Pages.Records;

/// <summary>By which action an entry is put right, by how far the rounds of its day have come (JSIT-7③④).</summary>
internal static class LateCorrection
{
    /// <param name="first">while the round is open: RC1 for something new, RC2 for something recorded</param>
    public static ActionRow Of(ActionRow first, Stage stage) =>
        stage <= Stage.Reviewing ? first : stage < Stage.Decided ? Actions.RC3CorrectAfterReview : Actions.RC4CorrectAfterDecision;

    /// <summary>Why somebody who could once cannot now: of the action of the stage for whoever may ever take it, else of the first, which names the later.</summary>
    public static Refusal? RefusalOf(ActionRow first, Actor actor, Target target)
    {
        var now = Of(first, target.Stage ?? Stage.Recording);
        var verdict = Authority.Judge(now, actor, target);
        return verdict.IsAllowed ? null
            : Authority.MayEver(now, actor, target.Scope) ? verdict.Refusal
            : Authority.Judge(first, actor, target).Refusal ?? verdict.Refusal;
    }
}
