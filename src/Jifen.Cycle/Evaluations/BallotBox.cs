using Jifen.Cycle.Decisions;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Evaluations;

/// <summary>Where a secret vote stands.</summary>
public enum BallotBoxState
{
    /// <summary>slips are drawn</summary>
    HandingOut,

    /// <summary>votes are cast</summary>
    Open,

    Closed,

    Annulled,
}

/// <summary>票箱, as it stands: never what is in it.</summary>
public sealed record BallotBox(
    BallotBoxId Id,
    BallotKind Kind,
    RoundKey Round,
    string? Step,
    MotionId? Motion,
    IReadOnlyList<string> Subjects,
    IReadOnlyList<string> Choices,
    IReadOnlyList<SlipsIssued> Slips,
    bool AsksOpinions,
    BallotBoxState State)
{
    /// <summary>Something may still be cast or counted.</summary>
    public bool IsRunning => State is BallotBoxState.HandingOut or BallotBoxState.Open;

    public int Papers => Slips.Sum(slips => slips.Papers);

    /// <summary>Whom it is about, in the order of the ballot; nobody where it is about a motion.</summary>
    public IReadOnlyList<PersonId> People => [.. Subjects.Where(subject => Guid.TryParse(subject, out _)).Select(subject => new PersonId(Guid.Parse(subject)))];
}

/// <summary>What stands on a ballot: subjects and choices. The words are those of the scheme, or the usual ones, shown as such.</summary>
public static class BallotWords
{
    public const string Motion = "motion";
    public const string Branch = "branch";
    public const string EvaluationGroup = "group";

    /// <summary>Fewer ballots than this are not broken down: one could guess who cast which.</summary>
    public const int FewestShown = 5;

    public static IReadOnlyList<string> OfMotion { get; } = ["赞成", "反对", "弃权"];

    /// <summary>群评, where the scheme names no words.</summary>
    public static IReadOnlyList<string> OfMasses { get; } = ["认可", "基本认可", "不认可", "不了解"];

    private static readonly string[] UsualGrades = ["优秀", "合格", "基本合格", "不合格"];

    /// <summary>Grades of the scheme, each once in its order; the usual four where it has none.</summary>
    public static IReadOnlyList<string> GradesOf(Scheme scheme) =>
        scheme.Grades.Select(grade => grade.Name).Distinct().ToList() is { Count: > 0 } grades ? grades : UsualGrades;

    /// <summary>Who votes in a step: 群众代表 are the masses, everybody else named is of the branch.</summary>
    public static IReadOnlyList<VoterKind> VotersOf(CycleStep step) =>
        [.. step.By.Select(by => by == "群众代表" ? VoterKind.MassRepresentative : VoterKind.Member).Distinct().Order()];

    /// <summary>A subject as it stands on the ballot.</summary>
    public static string SubjectOf(string subject, Func<PersonId, string> nameOf) => subject switch
    {
        Motion => "本议题",
        Branch => "党支部的评分",
        EvaluationGroup => "考评小组的评分",
        _ => Guid.TryParse(subject, out var person) ? nameOf(new PersonId(person)) : subject,
    };

    public static string Name(this VoterKind voter) => voter == VoterKind.Member ? "党员" : "群众代表";

    public static string Name(this BallotKind kind) => kind switch
    {
        BallotKind.Motion => "无记名表决",
        BallotKind.MassEvaluation => "群众评议",
        BallotKind.DemocraticEvaluation => "民主测评",
    };

    public static string Name(this BallotBoxState state) => state switch
    {
        BallotBoxState.HandingOut => "正在领票",
        BallotBoxState.Open => "正在投票",
        BallotBoxState.Closed => "已计票",
        BallotBoxState.Annulled => "已作废",
    };
}
