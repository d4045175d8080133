using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Studies;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>学习教育安排: publishing it. Holding an item is planning a gathering (<see cref="GatheringSteps"/>).</summary>
public sealed class StudySteps(StepRunner runner)
{
    /// <summary>发布 (ST1).</summary>
    public Task<StepResult> PublishAsync(
        OrganizationId publisher, PublishStudyIssue command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        runner.TakeAsync(
            new Step(by, Actions.ST1PublishStudySchedule, publisher, operation, command, $"发布{command.Year}年第{command.Number}期学习教育安排"),
            async context => command.Decide(
                context.Where.Kind, await StudyIssues.NumbersAsync(context.Scope, publisher, command.Year, cancel)),
            cancel);
}
