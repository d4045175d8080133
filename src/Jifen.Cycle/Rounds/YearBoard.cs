using Jifen.Cycle.Permissions;

namespace Jifen.Cycle.Rounds;

/// <summary>Where a step of a round stands.</summary>
public enum StepState
{
    /// <summary>What it rests on is not done, or its day has not come.</summary>
    Ahead,

    /// <summary>Can be taken now.</summary>
    Open,

    /// <summary>Has begun, is not done.</summary>
    Begun,

    Ended,

    /// <summary>Its round was over before the branch adopted the scheme.</summary>
    Outside,
}

/// <summary>What the ledger says of one step.</summary>
/// <param name="EndedOn">null while it goes on</param>
/// <param name="Digest">of the table it was taken on</param>
public sealed record StepMark(
    RoundKey Round, string Step, DateOnly? BegunOn, PersonId? BegunBy, DateOnly? EndedOn, PersonId? EndedBy, EntryId Entry, string? Digest, string? Outcome);

/// <summary>A branch's year: what the scheme asks for and what the ledger says was done.</summary>
public sealed class YearBoard
{
    private readonly Dictionary<PlannedStep, StepMark> _marks;
    private readonly Dictionary<PlannedStep, StepState> _states = [];

    /// <param name="adoptedOn">rounds that were over by then are not asked for; null: the branch has always kept them</param>
    public YearBoard(YearPlan plan, IEnumerable<StepMark> marks, DateOnly? adoptedOn, DateOnly today)
    {
        Plan = plan;
        AdoptedOn = adoptedOn;
        Today = today;
        _marks = marks
            .Select(mark => (Step: plan.Find(mark.Round, mark.Step), Mark: mark))
            .Where(one => one.Step is not null)
            .ToDictionary(one => one.Step!, one => one.Mark);
    }

    public YearPlan Plan { get; }

    public DateOnly? AdoptedOn { get; }

    public DateOnly Today { get; }

    public StepMark? MarkOf(PlannedStep step) => _marks.GetValueOrDefault(step);

    public StepState StateOf(PlannedStep step)
    {
        if (!_states.TryGetValue(step, out var state))
        {
            _states[step] = state = FindState(step);
        }

        return state;
    }

    public bool IsDone(PlannedStep step) => StateOf(step) is StepState.Ended or StepState.Outside;

    /// <summary>What can or must be done now, the earlier due first.</summary>
    public IEnumerable<PlannedStep> Current => Plan.Steps
        .Where(step => StateOf(step) is StepState.Open or StepState.Begun)
        .OrderBy(step => step.Due ?? DateOnly.MaxValue);

    /// <summary>Steps that keep this one from being taken.</summary>
    public IReadOnlyList<PlannedStep> Missing(PlannedStep step) => step.After.Where(before => !before.Step.IsWindow() && !IsDone(before)).ToList();

    /// <summary>Why it cannot begin (or, where it has no beginning, be taken) now; null when it can.</summary>
    public Refusal? ObjectionToBegin(PlannedStep step) => StateOf(step) switch
    {
        StepState.Outside => new BeforeAdoption(step),
        StepState.Ended => new AlreadyEnded(step, MarkOf(step)?.EndedOn ?? step.Round.Last),
        StepState.Begun => new AlreadyBegun(step, MarkOf(step)!.BegunOn!.Value),
        StepState.Ahead when Missing(step) is { Count: > 0 } missing => new NotItsTurn(step, missing),
        StepState.Ahead => new TooEarly(step),
        StepState.Open => null,
    };

    /// <summary>Why it cannot end now; null when it can.</summary>
    public Refusal? ObjectionToEnd(PlannedStep step) => StateOf(step) switch
    {
        StepState.Begun => null,
        StepState.Open when !step.Step.HasBeginning() => null,
        StepState.Open => new NotBegun(step),
        _ => ObjectionToBegin(step),
    };

    /// <summary>How far one round has come: what rights in it depend on.</summary>
    public Stage StageOf(RoundKey round) => Plan.In(round).Select(StageAfter).Append(Stage.Recording).Max();

    /// <summary>How far the rounds have come in which a day lies: the furthest of them binds what is recorded of that day.</summary>
    public Stage StageOn(DateOnly day) => Plan.Rounds.Where(round => round.Contains(day)).Select(round => StageOf(round.Key)).Append(Stage.Recording).Max();

    /// <summary>What the scheme has come after a yearly 汇总 and judges or shows its results: notices, evaluations, decisions that are not over yet.</summary>
    /// <param name="summary">name of the 汇总</param>
    public IReadOnlyList<PlannedStep> StillJudging(string summary) => Plan.Find(RoundKey.OfYear(Plan.Year), summary) is not { } settled ? [] :
    [
        .. Plan.AllRestingOn(settled).Where(step =>
            step.Round.Key == settled.Round.Key && step.Step.Kind is StepKinds.Notice or StepKinds.DemocraticEvaluation or StepKinds.Decision or StepKinds.GradeDecision && !IsDone(step)),
    ];

    /// <summary>定等次 of the scheme; null where the grades of the points are the grades.</summary>
    public PlannedStep? GradeDecision => Plan.Steps.FirstOrDefault(step => step.Step.Kind == StepKinds.GradeDecision);

    /// <summary>The scheme has people decide the grades, and they have not yet: what the points give is a proposal.</summary>
    public bool GradesAreOpen => GradeDecision is { } step && !IsDone(step);

    private StepState FindState(PlannedStep step)
    {
        var mark = MarkOf(step);
        if (mark?.EndedOn is not null)
        {
            return StepState.Ended;
        }

        if (mark is not null)
        {
            return StepState.Begun;
        }

        if (AdoptedOn is { } adopted && step.Round.Last < adopted)
        {
            return StepState.Outside;
        }

        if (step.Step.IsWindow())
        {
            return Plan.RestingOn(step).Any(later => MarkOf(later) is not null) ? StepState.Ended
                : Today >= step.Earliest ? StepState.Open
                : StepState.Ahead;
        }

        return Missing(step).Count == 0 && Today >= step.Earliest ? StepState.Open : StepState.Ahead;
    }

    private Stage StageAfter(PlannedStep step) => (step.Step.Kind, StateOf(step)) switch
    {
        (StepKinds.Review or StepKinds.GroupEvaluation, StepState.Begun) => Stage.Reviewing,
        (StepKinds.Review or StepKinds.GroupEvaluation, StepState.Ended) => Stage.Reviewed,
        (StepKinds.Feedback, StepState.Begun or StepState.Ended) => Stage.Reviewed,
        (StepKinds.MassEvaluation, StepState.Begun or StepState.Ended) => Stage.MassEvaluation,
        (StepKinds.Decision, StepState.Begun) => Stage.Meeting,
        (StepKinds.Decision, StepState.Ended) => Stage.Decided,
        (StepKinds.Notice, StepState.Begun) when step.Step.IsNoticeOfPoints() => Stage.OnNotice,
        (StepKinds.Notice, StepState.Ended) when step.Step.IsNoticeOfPoints() => Stage.Settled,
        (StepKinds.Summary, StepState.Ended) => IsFollowedByNotice(step) ? Stage.Decided : Stage.Settled,
        (StepKinds.Filing, StepState.Ended) => Stage.Filed,
        _ => Stage.Recording,
    };

    private bool IsFollowedByNotice(PlannedStep summary) =>
        Plan.In(summary.Round.Key).Any(step => step.Step.IsNoticeOfPoints() && step.After.Contains(summary));
}
