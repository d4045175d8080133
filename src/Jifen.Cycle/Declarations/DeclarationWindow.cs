using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Declarations;

/// <summary>申报期: the step 申报 of the round in which a matter lies. It is open until the review of that round begins.</summary>
/// <param name="Step">null: the scheme asks nobody to declare</param>
/// <param name="State">of the step</param>
/// <param name="ClosedOn">the day on which the review began; null while it is open</param>
public sealed record DeclarationWindow(PlannedStep? Step, StepState State, DateOnly? ClosedOn)
{
    public bool IsOpen => Step is not null && State == StepState.Open;

    /// <summary>The window a matter of this day goes through.</summary>
    public static DeclarationWindow Of(YearBoard board, DateOnly on)
    {
        if (board.Plan.OnDay(StepKinds.Declaration, on) is not { } step)
        {
            return new DeclarationWindow(null, StepState.Outside, null);
        }

        var closedOn = board.Plan.RestingOn(step).Select(later => board.MarkOf(later)).Where(mark => mark is not null).Min(mark => mark!.BegunOn ?? mark.EndedOn);
        return new DeclarationWindow(step, board.StateOf(step), closedOn);
    }

    /// <param name="aboutAnother">可报他人 of the step is asked for</param>
    public Refusal? Objection(DateOnly on, bool aboutAnother) => (Step, State) switch
    {
        (null, _) => new NothingIsDeclaredHere(),
        (_, StepState.Ended) => new DeclaredTooLate(Step, on, ClosedOn),
        (_, StepState.Outside) => new BeforeAdoption(Step),
        (_, StepState.Ahead) => new TooEarly(Step),
        _ when aboutAnother && !Step.Step.MayReportOthers => new OthersAreNotReported(Step),
        _ => null,
    };
}

/// <summary>The scheme has no step in which one declares.</summary>
public sealed record NothingIsDeclaredHere()
    : Refusal("本支部的办法没有“申报”这一步，积分由记录员或考评小组照记录计。漏了什么，请把事情和证明告诉他们登记；结果不对的，在公示期提异议。");

/// <summary>The review of that round has begun: what can still be done instead.</summary>
public sealed record DeclaredTooLate(PlannedStep Step, DateOnly On, DateOnly? ClosedOn)
    : Refusal(
        $"{Days.Full(On)}的事属于{Step.Round.Name}，那一期的申报{(ClosedOn is { } day ? $"已在{Days.Full(day)}初评开始时截止" : "已经截止")}，没有收下。"
        + "还可以：把事情和证明交给支委，由支委按“初评后更正”登记（要两人签）；初评反馈给您时写申辩；公示期提异议。",
        Step.Clause);

/// <summary>可报他人 is not said of the step.</summary>
public sealed record OthersAreNotReported(PlannedStep Step)
    : Refusal($"本支部的办法里，“{Step.Name}”只收本人的事项，没有写可以报他人的。别人的事请直接向书记或支委反映。", Step.Clause);

/// <summary>What gatherings, dues and reports give by themselves.</summary>
public sealed record IsNotDeclared(string Kind)
    : Refusal($"“{Kind}”不用申报：它由点名、党费、思想汇报等记录自动产生，或者由上级、群众、考评小组认定。漏记了，请告诉记录员。");

/// <summary>Twice the same.</summary>
public sealed record DeclaredAlready(string What, DateOnly On)
    : Refusal($"{Days.Full(On)}的“{What}”您已经申报过，正在等核实，没有再收一份。要改的，先撤回原来的那一份。");

/// <summary>There is none, or it is out of sight.</summary>
public sealed record NoSuchDeclaration() : Refusal("没有这份申报，或者您看不到它。请从“申报”页面再找。");

/// <summary>It is past that.</summary>
public sealed record DeclarationIsSettled(DeclarationState State) : Refusal(State switch
{
    DeclarationState.Withdrawn => "这份申报已经撤回。要报的，请重新申报。",
    DeclarationState.Returned => "这份申报已经退回补充，等申报人补好再交。",
    DeclarationState.Replaced => "这份申报退回后已经补充重交，请办理重交的那一份。",
    DeclarationState.Accepted => "这份申报已经认定。要改，请对认定的那条事实办更正。",
    DeclarationState.Rejected => "这份申报已经办理为不认定。本人可以在反馈时申辩。",
    DeclarationState.Submitted => "这份申报还在等核实。",
});

/// <summary>A return comes before the review: afterwards it could not be mended any more.</summary>
public sealed record TooLateToReturn(string Round)
    : Refusal($"{Round}的初评已经开始，退回了本人也不能再补。请认定、改动后认定，或者写明理由不认定；本人可以在反馈时申辩。");

/// <summary>Who reported something does not decide it.</summary>
public sealed record ReportedItYourself() : Refusal("这件事是您报告的，由支委中没有报告它的人核实。");

/// <summary>Joint facts of one kind are divided by the step in which they are recorded.</summary>
public sealed record SharedItemsOneByOne(string Kind)
    : Refusal($"“{Kind}”几个人均分：同一件事的几个人一并认定，不同的事要分开认定，不然会分错。请按事情分次勾选。");

/// <summary>Nothing was chosen.</summary>
public sealed record NoDeclarationChosen() : Refusal("没有勾选申报。请先勾选要认定的。");
