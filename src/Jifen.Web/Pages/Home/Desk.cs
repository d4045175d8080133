using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Home;

/// <summary>What waits for one post in a branch: to be done now, by when, by which clause.</summary>
internal sealed class Desk(DataScope scope, Visit visit, Actor actor, OrganizationId branch, Scope where, LiveYear? year, IReadOnlyList<BranchYear> years)
{
    private const int DaysAhead = 14;

    private readonly List<Todo> _todos = [];

    private Scheme? Scheme => year?.InForce.Scheme;

    /// <param name="office">the post</param>
    public async Task<IReadOnlyList<Todo>> TodosAsync(Office office)
    {
        switch (office)
        {
            case Office.Recorder:
                await TodayAsync();
                await RollCallsAsync();
                await DuesAsync();
                await ReportsAsync();
                await StudiesAsync();
                Behind();
                break;
            case Office.Secretary or Office.DeputySecretary or Office.CommitteeMember:
                await LeaveAsync();
                await PendingAsync();
                await ReviewAsync();
                if (office is Office.Secretary or Office.DeputySecretary)
                {
                    await RecordersOwnAsync();
                    await RecordersOwnDuesAsync();
                    SchemeMissing();
                }

                await StudiesAsync();
                if (where.Recorders.Count == 0 && Authority.MayEver(Actions.GA5CallRoll, actor, where))
                {
                    await RollCallsAsync();
                }

                break;
            case Office.Evaluator:
                await ReviewAsync();
                break;
            default:
                break;
        }

        return _todos;
    }

    // 签到码 is wanted in the minutes before it begins: from here it is one click.
    private async Task TodayAsync()
    {
        foreach (var gathering in await OpenWork.TodayAsync(scope, branch, visit.Now, visit.Aborted))
        {
            Add(
                $"今天：{gathering.Title}",
                $"/gatherings/{gathering.GatheringId}/projector",
                gathering.HeldOn,
                [],
                $"应到{gathering.Expected}人，已签到{gathering.CheckedIn}人。到会场打开签到码，会后点名。",
                "签到码",
                isFirst: true);
        }
    }

    private async Task RollCallsAsync()
    {
        foreach (var gathering in await OpenWork.UncalledAsync(scope, branch, visit.Now, visit.Aborted))
        {
            Add(
                $"点名：{gathering.Title}",
                $"/gatherings/{gathering.GatheringId}/roll",
                RoundEnd(gathering.HeldOn),
                RecordClauses,
                $"{DayText.WithWeekday(gathering.HeldOn)}，应到{gathering.Expected}人{(gathering.CheckedIn > 0 ? $"，已签到{gathering.CheckedIn}人" : "")}，还没有点名。",
                "去点名",
                isFirst: true);
        }
    }

    private async Task DuesAsync()
    {
        foreach (var (open, of) in await OpenDuesAsync(where.Recorders))
        {
            if (open.Missing > 0 && Authority.Judge(Actions.DU1EnterDues, actor, Target.Of(where, of.Board.StageOn(open.Month))).IsAllowed)
            {
                AddDues(
                    $"登记{MonthText(open.Month)}党费",
                    open.Month,
                    of,
                    open.Missing == open.OnRoll ? $"{open.OnRoll}人都还没有登记。" : $"还有{open.Missing}人没有登记。");
            }
        }
    }

    // A month stays until it is written down: on 1 January those of the old year are no less open than the day before.
    private async Task<IReadOnlyList<(OpenDuesMonth Month, BranchYear Of)>> OpenDuesAsync(IEnumerable<PersonId> recorders)
    {
        var kept = years.Where(one => !(one.Board.AdoptedOn > one.InForce.CycleLast)).ToList();
        return kept.Count == 0
            ? []
            : [.. (await OpenWork.DuesAsync(scope, branch, kept[0].InForce.CycleFirst, visit.Today, recorders, visit.Aborted))
                .Select(open => (open, kept.FindLast(one => one.InForce.CycleFirst <= open.Month)!))];
    }

    private void AddDues(string text, DateOnly month, BranchYear of, string note)
    {
        var last = DuesMonth.LastDay(month);
        Add(
            text,
            $"/dues/{month:yyyy-MM}",
            last < visit.Today ? RoundEnd(of.InForce, month) : last,
            of.InForce.Scheme.DailyRecords.Dues?.Clauses ?? [],
            note,
            "去登记",
            by: of.InForce.Scheme);
    }

    private string MonthText(DateOnly month) => $"{(month.Year == visit.Today.Year ? "" : $"{month.Year}年")}{month.Month}月";

    private async Task ReportsAsync()
    {
        if (await OpenWork.ReportsAsync(scope, branch, visit.Aborted) is > 0 and var waiting)
        {
            Add($"收{waiting}份思想汇报", "/reports", RoundEnd(visit.Today), Scheme?.DailyRecords.ThoughtReports?.Clauses ?? [], "党员已经交上来，收了才算。", "去收");
        }
    }

    private async Task StudiesAsync()
    {
        var from = year?.InForce.CycleFirst ?? new DateOnly(visit.Today.Year, 1, 1);
        foreach (var study in await OpenWork.StudiesAsync(scope, branch, from, visit.Today.AddDays(DaysAhead), visit.Aborted))
        {
            _todos.Add(new Todo(
                $"组织学习：{study.Theme}",
                $"/studies/{study.StudyIssueId}",
                study.HeldOn,
                Note: $"{study.Year}年第{study.Number}期学习教育安排，{(study.HeldOn < visit.Today ? "还没有开展；改了时间的，照新的时间安排上" : "还没有安排")}。",
                Action: "去安排"));
        }
    }

    private void Behind()
    {
        if (year is null)
        {
            return;
        }

        var behind = year.Scores.People
            .Where(person => person.Presence == Presence.OnRoll)
            .SelectMany(person => Shortage.Of(year.Scores, person.Person))
            .Where(shortage => shortage is { IsMet: false, IsBehind: true })
            .GroupBy(shortage => shortage.Rule.Id);
        foreach (var group in behind)
        {
            var first = group.First();
            Add(
                $"{group.Count()}人{first.Kind.Name}落在进度后面",
                $"/points/short#{first.Rule.Id}",
                first.Until,
                first.Rule.Head.Clauses,
                $"全年应达{first.Of(first.Rule.Required)}。名单和提醒的话已备好。",
                "去提醒");
        }
    }

    private async Task LeaveAsync()
    {
        foreach (var leave in await OpenWork.LeaveAsync(scope, branch, visit.Aborted))
        {
            if (Authority.Judge(Actions.GA3DecideLeave, actor, Target.About(leave.PersonId, where)).IsAllowed)
            {
                Add($"批假：{leave.Name}，{leave.Title}", $"/gatherings/{leave.GatheringId}", leave.HeldOn, [], $"{DayText.WithWeekday(leave.HeldOn)}的活动。理由：{leave.Reason}", "去批");
            }
        }
    }

    private async Task PendingAsync()
    {
        if (await PendingFacts.CountAsync(scope, branch, visit.Aborted) is > 0 and var pending)
        {
            Add($"认定{pending}条待定事实", "/records/pending", RoundEnd(visit.Today), ClausesOf("初评", "考评"), "认定以后才计分；不认定的说明理由。", "去认定");
        }
    }

    // Declarations of others, and defences that wait for their answer.
    private async Task ReviewAsync()
    {
        var declared = (await DeclarationBoard.OfBranchAsync(scope, branch, null, true, visit.Aborted)).Where(row => row.PersonId != actor.Person).GroupBy(row => row.Round);
        foreach (var rows in declared.OrderBy(rows => rows.Key, StringComparer.Ordinal))
        {
            var key = RoundKey.Known(rows.Key);
            var board = years.FirstOrDefault(one => one.Board.Plan.Find(key) is not null)?.Board;
            Add(
                $"核实{rows.Count()}份申报{(board?.Plan.Find(key) is { } round ? $"：{round.Name}" : "")}",
                "/declarations/waiting",
                board is null ? null : ReviewDesks.StepOf(board, key)?.Due,
                ClausesOf("初评", "考评"),
                "缺证明的初评以前退回补充；初评时逐份认定。",
                "去看");
        }

        foreach (var round in await FeedbackBoard.WaitingRoundsAsync(scope, branch, actor.Person, visit.Aborted))
        {
            Add("答复申辩", $"/rounds/{round}/feedback", null, ClausesOf("反馈"), "每份申辩都要书面答复，答复以后反馈才能办完。", "去答复", isFirst: true);
        }
    }

    // JSIT-7①: what the recorder's own points rest on is kept by secretary or deputy.
    private async Task RecordersOwnAsync()
    {
        var recorders = where.Recorders.Where(recorder => recorder != actor.Person).ToList();
        if (recorders.Count == 0 || !Authority.Judge(Actions.GA5CallRoll, actor, Target.About(recorders[0], where, Stage.Recording)).IsAllowed)
        {
            return;
        }

        foreach (var gathering in await OpenWork.WithoutMarkAsync(scope, branch, recorders, visit.Aborted))
        {
            Add(
                $"给记录员本人点名：{gathering.Title}",
                $"/gatherings/{gathering.GatheringId}/roll",
                RoundEnd(gathering.HeldOn),
                RecordClauses,
                $"{DayText.WithWeekday(gathering.HeldOn)}。记录员本人的分由书记或副书记记。",
                "去点名");
        }
    }

    private async Task RecordersOwnDuesAsync()
    {
        var recorders = where.Recorders.Where(recorder => recorder != actor.Person).ToList();
        if (recorders.Count == 0)
        {
            return;
        }

        // A month the recorder has not begun is not the secretary's to begin.
        foreach (var (open, of) in (await OpenDuesAsync(recorders)).Where(one => one.Month.RecordersMissing > 0 && one.Month.Missing < one.Month.OnRoll))
        {
            if (Authority.Judge(Actions.DU1EnterDues, actor, Target.About(recorders[0], where, of.Board.StageOn(open.Month))).IsAllowed)
            {
                AddDues($"登记记录员本人{MonthText(open.Month)}党费", open.Month, of, "别人的已经登记。记录员本人的由书记或副书记登记。");
            }
        }
    }

    private void SchemeMissing()
    {
        if (year is null)
        {
            _todos.Add(new Todo($"采用{visit.Today.Year}年的积分办法", "/schemes/adopt", Note: "没有办法，登记的事实算不出分。", Action: "去采用"));
        }
    }

    private void Add(string text, string url, DateOnly? due, IReadOnlyList<string> clauses, string note, string action, bool isFirst = false, Scheme? by = null) => _todos.Add(new Todo(
        text,
        url,
        due,
        clauses.Count == 0 ? null : string.Join("；", clauses),
        clauses.Count == 0 || (by ?? Scheme) is not { } scheme ? null : ClauseLink.Of(scheme.Fingerprint, clauses[0]),
        note,
        action,
        isFirst));

    private IReadOnlyList<string> RecordClauses => ClausesOf("记录");

    private IReadOnlyList<string> ClausesOf(params string[] steps) =>
        Scheme?.Steps.FirstOrDefault(step => steps.Contains(step.Kind))?.Clauses ?? [];

    // Records of a round must stand before it is reviewed.
    private DateOnly? RoundEnd(DateOnly day) => year is null ? null : RoundEnd(year.InForce, day);

    private static DateOnly RoundEnd(SchemeInForce inForce, DateOnly day) =>
        DateOnly.FromDayNumber(inForce.Plan.Calendar.SpanOf(inForce.Scheme.RoundLength, day.DayNumber).Last);
}
