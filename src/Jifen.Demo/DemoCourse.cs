using Jifen.Cycle.Permissions;

namespace Jifen.Demo;

/// <summary>What became of a branch's filing of the finished year.</summary>
internal enum DemoFiling
{
    /// <summary>settled, not sent yet</summary>
    NotSent,

    /// <summary>with the officer above</summary>
    Waiting,

    /// <summary>sent back with remarks</summary>
    Returned,

    Accepted,
}

/// <summary>A step of the finished year that was opened again not long ago, and how far the branch has come since.</summary>
/// <param name="Step">name in 流程</param>
/// <param name="Since">stage of the year now</param>
internal sealed record DemoReopening(string Step, Stage Since, string Reason);

/// <summary>How far a branch has come: so that over its branches every scheme shows a round in every stage of its 流程.</summary>
/// <param name="Last">stage of the part of the year that was over last; null: a diligent branch that has taken all of it</param>
/// <param name="Filing">of the finished year</param>
/// <param name="Reopening">null: the finished year stands</param>
/// <param name="IsFull">the last quarter, month or term of the finished year is played too, and what follows from its results, in one branch of each scheme: points
/// are worked out at every step, and that takes time; false: the year's own steps alone</param>
internal sealed record DemoCourse(Stage? Last, DemoFiling Filing = DemoFiling.Accepted, DemoReopening? Reopening = null, bool IsFull = false)
{
    private static readonly Dictionary<string, DemoCourse> Known = new(StringComparer.Ordinal)
    {
        // Whoever tries the demo is of this branch: the quarter that has just ended is left to him.
        ["info-1"] = new(Stage.Recording, IsFull: true),
        ["info-2"] = new(Stage.Reviewing),
        ["info-students"] = new(Stage.Reviewed),
        ["trade-1"] = new(Stage.Meeting),
        ["trade-students"] = new(Stage.OnNotice, DemoFiling.Returned),
        ["retired"] = new(Stage.Decided, DemoFiling.Waiting),
        ["teachers-1"] = new(Stage.Reviewing),
        ["teachers-music"] = new(Stage.Reviewed, IsFull: true),
        ["teachers-sports"] = new(Stage.Meeting),
        ["teachers-preschool"] = new(Stage.Decided, DemoFiling.Waiting),
        ["teachers-practice"] = new(Stage.OnNotice),
        ["services"] = new(Stage.Reviewed),
        ["security"] = new(Stage.Reviewing),
        ["transport"] = new(Stage.Meeting, DemoFiling.Waiting),
        ["clinic"] = new(Stage.Decided),
        ["press"] = new(Stage.OnNotice, IsFull: true),
        ["offices"] = new(Stage.Reviewed),
        ["park"] = new(Stage.Reviewing, DemoFiling.NotSent),
        ["library"] = new(Stage.OnNotice, IsFull: true),
        ["kindergarten"] = new(Last: null),
        // Stages that only a year passes through are shown by years that were opened again: this year has not come so far.
        ["community"] = new(Last: null, Reopening: new("年度汇总", Stage.Decided, "复查时发现一人的类别依据没有写明，重新汇总")),
        ["law-staff"] = new(Stage.Reviewing),
        ["law-students"] = new(Stage.Reviewed),
        ["law-evening"] = new(Last: null, IsFull: true),
        ["law-retired"] = new(Last: null, DemoFiling.Waiting),
        ["law-theory"] = new(Last: null, Reopening: new("群评", Stage.MassEvaluation, "学院党委抽查：征求意见表发放不足，重新组织群评")),
        ["law-civil"] = new(Last: null, Reopening: new("综合评定", Stage.Meeting, "学院党委抽查：到会人数登记有误，重新开会评定")),
        ["law-clinic"] = new(Last: null, Reopening: new("综合评定", Stage.Decided, "学院党委抽查：会议记录缺表决票数，重新开会评定")),
        ["law-graduates"] = new(Last: null, Reopening: new("综合评定", Stage.OnNotice, "学院党委抽查：公示范围不够，重新评定、公示")),
    };

    public static DemoCourse Of(DemoOrganization branch) => Known[branch.Key];
}
