using Jifen.Cycle.Members;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Exemptions;

/// <summary>What comes next for an application.</summary>
public enum ExemptionStep
{
    /// <summary>支部同意, 支委会审核</summary>
    Review,

    /// <summary>党员大会通过</summary>
    Vote,

    /// <summary>公示: to be published</summary>
    Publish,

    /// <summary>公示: its days are running</summary>
    Wait,

    /// <summary>on the roster, by secretary and a second person</summary>
    Settle,

    /// <summary>上级备案: on the roster, by the superior</summary>
    File,

    Granted,
    Refused,
    Withdrawn,
}

/// <summary>An application as the ledger knows it.</summary>
/// <param name="Reviewed">null: not yet</param>
/// <param name="Passed">null: not put to the vote yet</param>
/// <param name="PublishedUntil">last day of the notice and of objecting to it; null: not published</param>
public sealed record Application(
    ExemptionId Id,
    PersonId Person,
    OrganizationId Branch,
    DateOnly FromOn,
    DateOnly? UntilOn,
    DateOnly AppliedOn,
    bool? Reviewed,
    bool? Passed,
    DateOnly? PublishedUntil,
    bool IsSettled,
    bool IsWithdrawn)
{
    /// <summary>By the scheme's 手续, in its order.</summary>
    public ExemptionStep Next(ExemptionRules? rules, DateOnly today)
    {
        var course = rules?.Course ?? [];
        return this switch
        {
            { IsWithdrawn: true } => ExemptionStep.Withdrawn,
            { IsSettled: true } => ExemptionStep.Granted,
            { Reviewed: false } or { Passed: false } => ExemptionStep.Refused,
            { Reviewed: null } when course.Any(ExemptionWords.IsReview) => ExemptionStep.Review,
            { Passed: null } when course.Contains(ExemptionWords.Vote) => ExemptionStep.Vote,
            { PublishedUntil: null } when course.Contains(ExemptionWords.Notice) => ExemptionStep.Publish,
            { PublishedUntil: { } until } when today <= until => ExemptionStep.Wait,
            _ when course.Contains(ExemptionWords.Filing) => ExemptionStep.File,
            _ => ExemptionStep.Settle,
        };
    }
}

/// <summary>Words of the scheme language: 手续 and 种类 of the block 免予.</summary>
public static class ExemptionWords
{
    public const string Vote = "党员大会通过";
    public const string Notice = "公示";
    public const string Filing = "上级备案";

    public static bool IsReview(string step) => step is "支部同意" or "支委会审核";

    public static ExemptionCase CaseOf(string kind) => kind switch
    {
        "外出" => ExemptionCase.Away,
        "老病" => ExemptionCase.OldOrIll,
        "新到" => ExemptionCase.NewlyArrived,
        _ => ExemptionCase.Other,
    };
}
