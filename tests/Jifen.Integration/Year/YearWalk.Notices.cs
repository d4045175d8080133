using Jifen.Cycle.Rounds;
using Xunit;

namespace Jifen.Integration.Year;

/// <summary>公示: drafted by one, checked and published by another, ended when its days and those for objecting are over.</summary>
internal sealed partial class YearWalk
{
    private readonly HashSet<DateOnly> _noticeEnds = [];
    private readonly Dictionary<PlannedStep, DateOnly> _running = [];

    private bool IsWaiting(YearBoard board, PlannedStep step) =>
        step.Step.IsNoticeOfPoints() && board.StateOf(step) == StepState.Begun && _running.TryGetValue(step, out var until) && world.Today <= until;

    private async Task NoticeAsync(string path, YearBoard board, PlannedStep step)
    {
        var committee = await world.AsAsync(YearWorld.Committeeman);
        var secretary = await world.AsAsync(YearWorld.Secretary);
        var at = $"{path}/notice?step={Uri.EscapeDataString(step.Name)}";
        if (board.StateOf(step) == StepState.Begun)
        {
            Done(await secretary.SubmitAsync(await secretary.GetAsync(at), "form[data-action=end-notice]"));
            return;
        }

        // Opened again, the step has its first notice still: what goes out now is a correction, and says why.
        var page = await committee.GetAsync(at);
        (string, string)[] why = page.Document.QuerySelector("form[data-action=prepare-notice] [name=correction]") is null ? [] : [("correction", "重新定分后更正")];
        Done(await committee.SubmitAsync(page, "form[data-action=prepare-notice]", why));
        Done(await secretary.SubmitAsync(await secretary.GetAsync(at), "form[data-action=publish-notice]"));
        if (step.Step.IsNoticeOfPoints())
        {
            // One may object after the notice as well: its end is read from the page's own state.
            var until = await world.OneAsync<DateOnly>("select max(object_until) from notice");
            _running[step] = until;
            _noticeEnds.Add(until.AddDays(1));
        }

        Assert.NotEqual(StepState.Open, (await world.BoardAsync()).StateOf(step));
    }
}
