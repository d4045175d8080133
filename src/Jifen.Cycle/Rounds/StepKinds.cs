using Jifen.Cycle.Permissions;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Rounds;

/// <summary>What the program knows of the kinds of 流程: words of the scheme language, docs/scheme-language.md.</summary>
public static class StepKinds
{
    public const string Refinement = "定项目";
    public const string Pledge = "承诺";
    public const string DailyRecord = "记录";
    public const string Declaration = "申报";
    public const string SelfEvaluation = "自评";
    public const string Review = "初评";
    public const string GroupEvaluation = "考评";
    public const string Feedback = "反馈";
    public const string MassEvaluation = "群评";
    public const string DemocraticEvaluation = "测评";
    public const string Decision = "评定";
    public const string GradeDecision = "定等次";
    public const string Notice = "公示";
    public const string Summary = "汇总";
    public const string Filing = "备案";
    public const string Archive = "归档";

    /// <summary>Open to every member while it lasts; ends when a step that rests on it begins, whoever has not used it.</summary>
    public static bool IsWindow(this CycleStep step) => step.Kind is Pledge or Declaration or SelfEvaluation;

    /// <summary>Has a beginning and an end, with work between them; the others are done in one go.</summary>
    public static bool HasBeginning(this CycleStep step) =>
        step.Kind is Review or GroupEvaluation or Feedback or MassEvaluation or DemocraticEvaluation or Decision || step.IsNoticeOfPoints();

    /// <summary>A notice with its days, to which one may object; without days something is only made known (项目公开, 晒出承诺).</summary>
    public static bool IsNoticeOfPoints(this CycleStep step) => step.Kind == Notice && step.Days is not null;

    /// <summary>Opens the year: may be taken before its first day.</summary>
    public static bool OpensTheYear(this CycleStep step) => step.Kind is Refinement or Pledge || (step.Kind == Notice && step.Days is null);

    /// <summary>What the recorder keeps, by 谁 of the scheme: he says that it is complete.</summary>
    public static bool IsOfRecorder(this CycleStep step) => step.Kind == DailyRecord && step.By.Contains("记录员");

    /// <summary>What one needs to begin it; null: it has no beginning of its own.</summary>
    public static ActionRow? ToBegin(this CycleStep step) => step.Kind switch
    {
        Decision => Actions.MT1RunMembersMeeting,
        Notice when step.IsNoticeOfPoints() => Actions.NO2ReleaseNotice,
        Review or GroupEvaluation or MassEvaluation or DemocraticEvaluation or Feedback => Actions.RN2RunStep,
        _ => null,
    };

    /// <summary>What one needs to end it.</summary>
    public static ActionRow ToEnd(this CycleStep step) => step.Kind switch
    {
        Review or GroupEvaluation => Actions.PE2SignReview,
        Decision => Actions.MT1RunMembersMeeting,
        Summary when step.Every == Span.Year => Actions.RS6SettleYear,
        Filing => Actions.RS4FileResults,
        GradeDecision => Actions.GD1DecideGrades,
        DailyRecord when step.IsOfRecorder() => Actions.RN4EndRecording,
        _ => Actions.RN2RunStep,
    };
}
