using Jifen.Cycle;
using Jifen.Cycle.Declarations;
using Jifen.Cycle.Exemptions;
using Jifen.Cycle.Objections;
using Jifen.Cycle.Pledges;
using Jifen.Cycle.Rounds;
using Jifen.Store.Reads;

namespace Jifen.Demo;

/// <summary>What happens besides the round of the year: pledges, self-evaluations, declarations, an application, an objection.</summary>
internal sealed class DemoScenes(LivedBranch branch, DemoSpan span)
{
    private const int WhoPledge = 5;
    private const int WhoJudgeThemselves = 3;
    private const int DayOfPledges = 20;

    private static readonly string[] Promises =
        ["按时参加学习，带好一名学生", "每学期至少听课四次", "按月按时交党费，不请人代交", "带头参加志愿服务", "结对帮扶一名困难学生"];

    private static readonly (string Kind, string? Level, string? Content, string Ground)[] Matters =
    [
        ("courage", null, "制止实训楼违规用电", "保卫处情况说明"),
        ("commendation", "学校", "优秀共产党员", "学院党委表彰决定"),
        ("help", null, "结对帮扶学生通过补考", "系部证明"),
        ("commendation", "学校", "优秀党务工作者", "学院党委表彰决定"),
    ];

    /// <summary>The making known of pledges in the year after the finished one is a scene in some branches, no bare mark.</summary>
    public static bool IsPlayed(DemoSpan span, DemoOrganization branch, PlannedStep step) =>
        DoesPledge(branch) && step.Round.Key.Year == span.Finished + 1 && step.Step.Kind == StepKinds.Notice && step.After.Any(before => before.Step.Kind == StepKinds.Pledge);

    /// <summary>承诺 as the year begins, and their publication.</summary>
    public async Task PledgeAsync(YearPlan plan, CancellationToken cancel)
    {
        if (plan.Steps.FirstOrDefault(step => step.Step.Kind == StepKinds.Pledge) is not { } pledge || !DoesPledge(branch.Organization))
        {
            return;
        }

        await branch.MoveToAsync(CivilTime.At(new DateOnly(plan.Year, 2, DayOfPledges), new TimeOnly(15, 0)), cancel);
        foreach (var (person, promise) in branch.People.Where(person => person.JoinedOn <= branch.Today).Take(WhoPledge).Zip(Promises))
        {
            await branch.TakeAsync(id => branch.Pledges.GiveAsync(branch.Id, pledge.Round.Key, promise, person.Id, id, cancel), branch.Secretary, cancel);
        }

        await branch.TakeAsync(id => branch.Pledges.PublishAsync(branch.Id, pledge.Round.Key, branch.Secretary, id, cancel), branch.Deputy, cancel);
    }

    /// <summary>What is under way on the day the demo is loaded.</summary>
    /// <param name="plan">of the running year</param>
    public async Task PlayAsync(YearPlan plan, CancellationToken cancel)
    {
        await JudgeThemselvesAsync(plan, cancel);
        await (branch.Organization.Key switch
        {
            DemoWorld.ShownBranch => DeclareAsync(cancel),
            "retired" => ApplyAsync(isReviewed: true, cancel),
            "info-2" => ApplyAsync(isReviewed: false, cancel),
            "trade-students" => ObjectAsync(cancel),
            _ => Task.CompletedTask,
        });
    }

    private static bool DoesPledge(DemoOrganization branch) => branch.Key is "law-staff" or "law-students";

    private async Task JudgeThemselvesAsync(YearPlan plan, CancellationToken cancel)
    {
        if (plan.Steps.FirstOrDefault(step => step.Step.Kind == StepKinds.SelfEvaluation && step.Round.Contains(span.Today)) is not { } step || !DoesPledge(branch.Organization))
        {
            return;
        }

        SelfEvaluatedItem[] items = [.. plan.Scheme.Items.Take(2).Select(item => new SelfEvaluatedItem(item.Id, null, "按要求做了，没有缺席"))];
        foreach (var person in branch.People.Take(WhoJudgeThemselves))
        {
            await branch.TakeAsync(id => branch.Pledges.EvaluateAsync(branch.Id, step.Round.Key, items, person.Id, id, cancel), branch.Secretary, cancel);
        }
    }

    private async Task DeclareAsync(CancellationToken cancel)
    {
        // Of this quarter, as far as it has come, otherwise of the one before: both are open.
        var on = span.Today.AddDays(-3);
        foreach (var (matter, person) in Matters.Zip(branch.People.Skip(8)))
        {
            await branch.TakeAsync(
                id => branch.Declarations.SubmitAsync(
                    branch.Id, new DeclaredMatter(person.Id, matter.Kind, on, null, matter.Level, matter.Content, null, matter.Ground, []), [], null, person.Id, id, cancel),
                branch.Secretary,
                cancel);
        }
    }

    /// <summary>免予积分: asked for, and in one branch agreed by the committee.</summary>
    private async Task ApplyAsync(bool isReviewed, CancellationToken cancel)
    {
        var by = branch.People.Last(person => person.Offices.Count == 0 && person.JoinedOn <= span.Today).Id;
        var application = new ApplyForExemption(new ExemptionId(branch.NextId()), "老病", branch.Today, null, "长期病休在家，行动不便，不能参加活动");
        ExemptionId? known = null;
        await branch.TakeAsync(
            id =>
            {
                known = new ExemptionId(id.Value);
                return branch.Exemptions.ApplyAsync(branch.Id, application, [], by, id, cancel);
            },
            branch.Secretary,
            cancel);
        if (isReviewed)
        {
            await branch.TakeAsync(
                id => branch.Exemptions.ReviewAsync(new ReviewExemption(known!.Value, true, "情况属实，同意提交党员大会"), branch.Secretary, id, cancel), branch.Deputy, cancel);
        }
    }

    private async Task ObjectAsync(CancellationToken cancel)
    {
        if (await branch.ReadAsync(scope => BranchNotices.StandingAsync(scope, branch.Id, cancel), cancel) is [var notice, ..])
        {
            var by = branch.People.First(person => person.Offices.Count == 0 && person.JoinedOn <= span.Today).Id;
            var objection = new RaiseObjection(
                new CaseId(branch.NextId()), CaseSubject.OwnResult, by, notice.Id, [], "九月的志愿服务我参加了全程，公示里没有算上，请核对签到表");
            await branch.TakeAsync(id => branch.Cases.RaiseAsync(branch.Id, objection, [], by, id, cancel), branch.Secretary, cancel);
        }
    }
}
