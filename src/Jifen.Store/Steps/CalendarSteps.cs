using Jifen.Cycle;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Permissions;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>The calendar of public holidays (PL3).</summary>
public sealed class CalendarSteps(StepRunner steps)
{
    /// <param name="organization">it holds there and below</param>
    public Task<StepResult> ImportAsync(OrganizationId organization, ImportCalendar command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        steps.TakeAsync(
            new Step(by, Actions.PL3SetCalendar, organization, operation, command, $"导入{command.Calendar.Year}年节假日日历"),
            async context => command.Decide((await WorkingCalendars.KnownAsync(context.Scope, organization, cancel))
                .FirstOrDefault(known => known.Year.Year == command.Calendar.Year && known.ImportedBy == organization)?.Year),
            cancel);
}
