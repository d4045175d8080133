using Jifen.Cycle.Declarations;
using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Feedback;

/// <summary>Where the feedback of a round stands.</summary>
/// <param name="Step">反馈 of the scheme; null: it has none, and one can answer from the review until the meeting has decided</param>
/// <param name="Open">null while one can answer, otherwise why not</param>
public sealed record FeedbackWindow(PlannedStep? Step, Refusal? Open)
{
    public static FeedbackWindow Of(YearBoard board, RoundKey round)
    {
        var step = board.Plan.In(round).FirstOrDefault(planned => planned.Step.Kind == StepKinds.Feedback);
        return step is null ? new FeedbackWindow(null, null) : new FeedbackWindow(step, board.ObjectionToEnd(step));
    }
}

/// <summary>认可 of one's sheet of the round.</summary>
/// <param name="Total">as it was shown</param>
public sealed record AcceptFeedback(RoundKey Round, decimal Total)
{
    /// <param name="total">now; null: no sheet</param>
    /// <param name="hasAnswered">agreed, or raised a defence that waits</param>
    public Ruling Decide(FeedbackWindow window, PersonId self, decimal? total, bool hasAnswered) =>
        window.Open is { } closed ? closed
        : total is null ? new NoSheetHere()
        : hasAnswered ? new AnsweredAlready()
        : total != Total ? new SheetHasChanged()
        : new Happening(new FeedbackAccepted(Round.ToString(), Total), self, Clause: window.Step?.Clause ?? "DIST-4③");
}

/// <summary>申辩: in writing, about the sheet or about a declaration that was not accepted.</summary>
public sealed record RaiseDefence(DefenceId Defence, RoundKey Round, SealedText Text, DeclarationId? Declaration)
{
    /// <param name="waits">a defence of his that is not answered yet</param>
    /// <param name="own">the declaration, where it is his and was not accepted</param>
    public Ruling Decide(FeedbackWindow window, PersonId self, bool waits, DeclarationOnRecord? own) =>
        window.Open is { } closed ? closed
        : waits ? new DefenceWaits()
        : Declaration is not null && own is not { State: DeclarationState.Rejected, IsReport: false, IsByActor: true } ? new NoSuchDeclaration()
        : WrittenText.Fault(Fields.Defence, "申辩", Text.Text, WrittenText.LongestDefence, "写明哪一项、为什么、有什么证明", WrittenText.ShortestReason) is { } fault ? new InputIsWrong([fault])
        : new Happening(new DefenceRaised(Defence, Round.ToString(), Text.Digest, Declaration), self, Clause: window.Step?.Clause ?? "DIST-4③");
}

/// <summary>A defence as it stands.</summary>
public sealed record DefenceOnRecord(DefenceId Defence, PersonId Person, RoundKey Round, bool IsAnswered);

/// <summary>听取、答复申辩, in writing.</summary>
public sealed record AnswerDefence(DefenceId Defence, DefenceOutcome? Outcome, SealedText Text)
{
    public Ruling Decide(DefenceOnRecord? defence) => defence switch
    {
        null => new NoSuchDefence(),
        { IsAnswered: true } => new DefenceIsAnswered(),
        _ when Outcome is null => new InputIsWrong([new RowFault(RowFault.WholeForm, Fields.Outcome, "没有选结果。选采纳、部分采纳或不采纳")]),
        _ when WrittenText.Fault(Fields.Answer, "答复", Text.Text, WrittenText.LongestDefence, "写明核对了什么、为什么这样定", WrittenText.ShortestReason) is { } fault => new InputIsWrong([fault]),
        _ => new Happening(new DefenceAnswered(defence.Defence, Outcome.Value, Text.Digest), defence.Person, Clause: "DIST-4③"),
    };
}

/// <summary>办完反馈: not while a defence waits for its answer.</summary>
public sealed record EndFeedback(RoundKey Round, string Step)
{
    /// <param name="waiting">names of those whose defence is not answered</param>
    public Ruling Decide(YearBoard board, IReadOnlyList<string> waiting, string outcome) =>
        waiting.Count > 0 ? new DefencesUnanswered(waiting) : new EndRoundStep(Round, Step, null, outcome).Decide(board);
}

public sealed record NoSheetHere() : Refusal("这一期您没有得分单，不用答复。经批准不参加积分的、还没有到本支部的，没有得分单。");

public sealed record AnsweredAlready() : Refusal("您已经答复过这一期的反馈。认可以后又有意见的，在下面写申辩；已经在申辩的，等支委答复。");

public sealed record SheetHasChanged() : Refusal("得分单在您打开以后有了变动，请看过新的再认可。");

public sealed record DefenceWaits() : Refusal("您的申辩还没有答复，答复以后还可以再写。要补充的，请直接告诉支委。");

public sealed record NoSuchDefence() : Refusal("没有这份申辩，或者不属于本支部。请从“反馈”页面重新打开。");

public sealed record DefenceIsAnswered() : Refusal("这份申辩已经答复过，答复留着不改。要补正的，请当面说明，或者办更正。");

/// <summary>DIST-4③: each is heard before the notice.</summary>
public sealed record DefencesUnanswered(IReadOnlyList<string> Names)
    : Refusal($"反馈还不能办完：{string.Join("、", Names.Take(8))}{(Names.Count > 8 ? $"等{Names.Count}人" : "")}的申辩还没有书面答复。先答复，再办完。", "DIST-4③");
