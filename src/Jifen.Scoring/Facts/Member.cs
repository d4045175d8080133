using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Facts;

/// <summary>身份 of a person who is scored.</summary>
public enum Standing
{
    /// <summary>正式党员</summary>
    Full,

    /// <summary>预备党员</summary>
    Probationary,

    /// <summary>入党积极分子, scored by reference</summary>
    Activist,
}

/// <summary>One line of the roster: a person scored in one branch over one cycle.</summary>
/// <param name="Office">任职 as the scheme names it; several parted by ； ; or 、</param>
/// <param name="EnrolledFrom">first day on the roll, included; null: since before the cycle</param>
/// <param name="EnrolledTo">last day on the roll, included; null: beyond the cycle</param>
/// <param name="IsExempt">免予积分: no scorecard, no rank (JSIT-1, DIST-1)</param>
public sealed record Member(
    string Id,
    string Name,
    string Branch,
    Standing Standing = Standing.Full,
    string? Category = null,
    string? Office = null,
    DateOnly? EnrolledFrom = null,
    DateOnly? EnrolledTo = null,
    bool IsExempt = false)
{
    /// <summary>The days on which facts count for the person; none for those who are exempt.</summary>
    public Days Enrolled => IsExempt ? new Days(1, 0) : new Days(EnrolledFrom?.DayNumber ?? 0, EnrolledTo?.DayNumber ?? DateOnly.MaxValue.DayNumber);

    public static string StandingName(Standing standing) => standing switch
    {
        Standing.Full => "正式党员",
        Standing.Probationary => "预备党员",
        Standing.Activist => "入党积极分子",
    };
}
