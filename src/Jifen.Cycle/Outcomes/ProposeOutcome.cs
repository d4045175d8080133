using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Scoring.Outcomes;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Outcomes;

/// <summary>Where a consequence stands.</summary>
public enum OutcomeState
{
    /// <summary>waits for the superior</summary>
    Proposed,

    Approved,

    /// <summary>by the superior; it may be proposed again</summary>
    Refused,

    /// <summary>the branch decided not to, with its reason</summary>
    NotTaken,
}

/// <summary>What a consequence rests on, read with the stream held.</summary>
/// <param name="Year">of the cycle</param>
/// <param name="Held">编号 that hold for the person in the settled year; null where the year is not settled or the person not in it</param>
/// <param name="Stage">how far the year has come</param>
/// <param name="OpenCases">objections and appeals of the year that are not closed</param>
/// <param name="IsLastYearSettled">conditions over two years rest on a settled year</param>
/// <param name="State">what became of it before; null for nothing</param>
public sealed record OutcomeStanding(
    int Year, Scheme Scheme, IReadOnlyList<string>? Held, Stage Stage, int OpenCases, bool IsLastYearSettled, OutcomeState? State)
{
    /// <summary>names of notices, evaluations and decisions the scheme has after the settling, not over yet</summary>
    public IReadOnlyList<string> StillJudging { get; init; } = [];

    /// <summary>Why nothing may follow for this person yet.</summary>
    public Refusal? Objection => Held is null ? new YearIsNotSettled(Year) : NotYet(Stage, StillJudging, OpenCases);

    /// <summary>Why nothing may follow from a settled year yet: consequences come after notice, evaluation and objections, never before (TRUST G17).</summary>
    public static Refusal? NotYet(Stage stage, IReadOnlyList<string> stillJudging, int openCases) =>
        stage < Stage.Settled ? new NoticeIsNotOver(stage)
        : stillJudging.Count > 0 ? new ResultsAreStillJudged(stillJudging)
        : openCases > 0 ? new ObjectionsAreOpen(openCases)
        : null;
}

/// <summary>A consequence that holds for somebody.</summary>
/// <param name="Outcome">编号</param>
public sealed record HeldOutcome(PersonId Person, string Outcome);

/// <summary>提出结果运用: a body takes up what was computed, or decides not to. Nothing takes effect by computation.</summary>
/// <param name="On">the day of the meeting</param>
/// <param name="Alternative">which of the things the document leaves the choice of (择一); null where it says one thing</param>
public sealed record ProposeOutcome(int Year, bool IsTaken, string Body, DateOnly On, string Reason, string? Alternative = null)
{
    public Ruling Decide(HeldOutcome held, OutcomeStanding standing, DateOnly today)
    {
        if (standing.Objection is { } objection)
        {
            return objection;
        }

        if (standing.Scheme.Outcomes.FirstOrDefault(one => one.Id == held.Outcome) is not { } outcome || !standing.Held!.Contains(held.Outcome))
        {
            return new OutcomeDoesNotHold(held.Outcome);
        }

        if (standing.State is { } state and not OutcomeState.Refused)
        {
            return new OutcomeIsProposed(state);
        }

        if (IsTaken && !standing.IsLastYearSettled && LooksBack(outcome.Condition))
        {
            return new LastYearIsNotSettled(Year - 1);
        }

        var faults = new[]
        {
            WrittenText.Fault("body", "由谁定的", Body, WrittenText.LongestTitle, "如“支部党员大会”"),
            WrittenText.ReasonFault(Reason),
            On > today ? new RowFault(RowFault.WholeForm, Fields.On, "开会的日子还没到") : null,
            IsTaken && outcome.Alternatives.Count > 0 && !outcome.Alternatives.Contains(Alternative)
                ? new RowFault(RowFault.WholeForm, "alternative", $"“{outcome.Result}”要写明选的是哪一样：{string.Join("、", outcome.Alternatives)}")
                : null,
        }.OfType<RowFault>().ToList();
        return faults.Count > 0
            ? new InputIsWrong(faults)
            : new Happening(
                new OutcomeProposed(Year, held.Outcome, IsTaken, Body.Trim(), Reason.Trim(), IsTaken && outcome.Alternatives.Count > 0 ? Alternative : null),
                About: held.Person,
                On: On,
                Ground: Reason.Trim(),
                Clause: outcome.Clauses is [var clause, ..] ? clause : null);
    }

    private static bool LooksBack(Condition condition) => condition switch
    {
        TwoYears => true,
        AllOf all => all.Parts.Any(LooksBack),
        AnyOf any => any.Groups.Any(LooksBack),
        _ => false,
    };
}

/// <summary>批准或不批准结果运用, by the superior.</summary>
/// <param name="Reason">why not; needed where it is refused</param>
public sealed record AnswerOutcome(int Year, bool IsApproved, string? Reason)
{
    public Ruling Decide(HeldOutcome held, OutcomeStanding standing, DateOnly today)
    {
        if (standing.Objection is { } objection)
        {
            return objection;
        }

        if (standing.State != OutcomeState.Proposed)
        {
            return new OutcomeIsNotWaiting();
        }

        if (!IsApproved && WrittenText.ReasonFault(Reason) is { } fault)
        {
            return new InputIsWrong([fault]);
        }

        return new Happening(
            IsApproved ? new OutcomeApproved(Year, held.Outcome) : new OutcomeRefused(Year, held.Outcome, Reason!.Trim()),
            About: held.Person,
            On: today,
            Ground: WrittenText.OrNull(Reason));
    }
}

/// <summary>Points are still on notice.</summary>
public sealed record NoticeIsNotOver(Stage Stage)
    : Refusal($"年度走到“{Stage.Name()}”，公示和异议期没有结束，还不能按结果办任何事。", "JSIT-7⑤");

/// <summary>The document shows or judges the results before they are used.</summary>
public sealed record ResultsAreStillJudged(IReadOnlyList<string> Steps) : Refusal($"办法里定分以后还有{string.Join("、", Steps)}，办完以后才能按结果办事。请先办完。");

/// <summary>It does not hold for this person.</summary>
public sealed record OutcomeDoesNotHold(string Outcome) : Refusal($"已定的分里，此人没有够上“{Outcome}”。请刷新页面。");

/// <summary>It was decided before.</summary>
public sealed record OutcomeIsProposed(OutcomeState State) : Refusal(State switch
{
    OutcomeState.Proposed => "这一条已经提出，等上级批准。请刷新页面。",
    OutcomeState.Approved => "这一条已经批准。请刷新页面。",
    _ => "这一条已经定为不采纳。要改，请重新开启年度定分再办。",
});

/// <summary>Nothing waits for an answer.</summary>
public sealed record OutcomeIsNotWaiting() : Refusal("这一条没有在等批准：没有提出，或者已经办过。请刷新页面。");

/// <summary>One of several that were to be decided together cannot be: none is.</summary>
public sealed record OneOfSeveral(string Name, string Outcome, Refusal Why) : Refusal($"{Name}的{Outcome}不能这样办：{Why.Message}所选的都没有办，请去掉这一件再办。", Why.Clause);

/// <summary>Two years running needs two settled years.</summary>
public sealed record LastYearIsNotSettled(int Year)
    : Refusal($"“连续两年”要看{Year}年已定的分，{Year}年没有定分，不作推定，不能采纳。请先定{Year}年的分；确实没有的，写明理由不采纳。");
