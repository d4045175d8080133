using System.Globalization;
using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Permissions;
using Jifen.Scoring.Schemes;
using Jifen.Store.Evidence;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>There is no such gathering, or it is out of sight.</summary>
public sealed record NoSuchGathering() : Refusal("没有这次活动，或者它不属于您所在的支部。请从活动列表进入。");

/// <summary>The item is not published for this branch.</summary>
public sealed record NoSuchStudyItem() : Refusal("没有这项学习安排，或者它不是发给本支部的。请从学习安排里点“开展”。", "STUD");

/// <summary>活动 and attendance: every step about a gathering, from its form to the ledger.</summary>
public sealed class GatheringSteps(StepRunner runner, Database database, TimeProvider clock)
{
    /// <summary>安排活动 (GA1).</summary>
    public Task<StepResult> PlanAsync(
        OrganizationId branch, PlanGathering command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        runner.TakeAsync(
            new Step(by, Actions.GA1PlanGathering, branch, operation, command, $"安排{command.Plan.Kind.Name()}“{command.Plan.Title}”"),
            async context =>
            {
                if (command.Plan.StudyItem is { } item && await StudyIssues.ItemForAsync(context.Scope, branch, item, cancel) is null)
                {
                    return new NoSuchStudyItem();
                }

                return command.Decide(await OnRollAsync(context.Scope, branch, CivilTime.DayOf(command.Plan.StartsAt), cancel), context.Now);
            },
            cancel);

    /// <summary>改期、改地点 (GA1).</summary>
    public Task<StepResult> ChangeAsync(ChangeGathering command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(command.Gathering, Actions.GA1PlanGathering, command, by, operation, "改动", [], (context, found) =>
            Task.FromResult(command.Decide(found.Gathering, context.Verdict.Role == Role.Recorder, context.Now)), cancel);

    /// <summary>通知应到的人 (GA1).</summary>
    public Task<StepResult> CallAsync(CallGathering command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(command.Gathering, Actions.GA1PlanGathering, command, by, operation, "通知", [], async (context, found) =>
            command.Decide(
                found.Gathering,
                await OnRollAsync(context.Scope, found.Organization, found.Gathering.Day, cancel),
                await GatheringStates.MarkedAsync(context.Scope, command.Gathering, cancel)), cancel);

    /// <summary>取消 (GA1).</summary>
    public Task<StepResult> CancelAsync(CancelGathering command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(command.Gathering, Actions.GA1PlanGathering, command, by, operation, "取消", [], (context, found) =>
            Task.FromResult(command.Decide(found.Gathering, context.Verdict.Role == Role.Recorder)), cancel);

    /// <summary>请假, one's own (GA2).</summary>
    public Task<StepResult> RequestLeaveAsync(RequestLeave command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(command.Gathering, Actions.GA2AskForLeave, command, by, operation, "请假", [by], async (context, found) =>
            command.Decide(found.Gathering, by, await GatheringStates.LeaveAsync(context.Scope, command.Gathering, by, cancel), context.Now), cancel);

    /// <summary>撤回请假, one's own (GA2).</summary>
    public Task<StepResult> WithdrawLeaveAsync(WithdrawLeave command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(command.Gathering, Actions.GA2AskForLeave, command, by, operation, "撤回请假", [by], async (context, found) =>
            command.Decide(found.Gathering, by, await GatheringStates.LeaveAsync(context.Scope, command.Gathering, by, cancel)), cancel);

    /// <summary>批假, never one's own (GA3).</summary>
    public Task<StepResult> DecideLeaveAsync(DecideLeave command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(command.Gathering, Actions.GA3DecideLeave, command, by, operation, "批假", [command.Person], async (context, found) =>
            command.Decide(found.Gathering, await GatheringStates.LeaveAsync(context.Scope, command.Gathering, command.Person, cancel)), cancel);

    /// <summary>扫码签到, one's own (GA4).</summary>
    /// <param name="at">when the code was scanned: signing in to the account may have taken a while</param>
    /// <param name="codeAge">how old the code was then</param>
    /// <param name="device">digest of phone and gathering; null where the phone keeps no cookie</param>
    public Task<StepResult> CheckInAsync(
        GatheringId gathering, DateTimeOffset at, TimeSpan codeAge, string? device, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(gathering, Actions.GA4CheckIn, new { gathering, by }, by, operation, "签到", [by], async (context, found) =>
        {
            var scan = new Scan(
                at,
                codeAge,
                device,
                device is null ? null : await GatheringPeople.OnDeviceAsync(context.Scope, gathering, by, device, cancel),
                found.Gathering.Expected.Contains(by));
            return new CheckIn(gathering, by, CheckInManner.Code, scan)
                .Decide(found.Gathering, await IsCheckedInAsync(context.Scope, gathering, by, cancel));
        }, cancel);

    /// <summary>代签到: the recorder notes that somebody came, where a phone fails (GA5).</summary>
    public Task<StepResult> CheckInByHandAsync(
        GatheringId gathering, PersonId person, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(gathering, Actions.GA5CallRoll, new { gathering, person }, by, operation, "代签到", [person], async (context, found) =>
            new CheckIn(gathering, person, CheckInManner.Hand, new Scan(context.Now, null, null, null, found.Gathering.Expected.Contains(person)))
                .Decide(found.Gathering, await IsCheckedInAsync(context.Scope, gathering, person, cancel)), cancel);

    /// <summary>点名 (GA5): the whole roll, without whom somebody else must mark.</summary>
    public async Task<StepResult> TakeRollAsync(TakeRoll command, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        if (await FindAsync(command.Gathering, by, cancel) is not { } before)
        {
            return new StepResult(new NoSuchGathering(), []);
        }

        // Judged one by one, those without a mark too: the recorder's own line is nobody's omission.
        var concerned = before.Gathering.Expected.Union(command.Marks.Select(mark => mark.Person)).ToList();
        return await TakeAsync(command.Gathering, Actions.GA5CallRoll, command, by, operation, "点名", concerned, async (context, found) =>
        {
            var roll = await GatheringStates.RollAsync(context.Scope, found.Organization, found.Gathering, cancel);
            return command.Decide(roll, ExcludedOf(context, concerned), context.Now);
        }, cancel);
    }

    /// <summary>更正 one person's attendance, with a reason (RC2).</summary>
    public Task<StepResult> CorrectAsync(CorrectAttendance command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(command.Gathering, Actions.RC2CorrectBeforeReview, command, by, operation, "更正出席", [command.Person], async (context, found) =>
        {
            var roll = await GatheringStates.RollAsync(context.Scope, found.Organization, found.Gathering, cancel);
            return command.Decide(found.Gathering, roll.Lines.FirstOrDefault(line => line.Person == command.Person)?.Mark);
        }, cancel);

    /// <summary>登记补课 (GA5).</summary>
    public Task<StepResult> MakeUpAsync(MakeUpAttendance command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(command.Gathering, Actions.GA5CallRoll, command, by, operation, "登记补课", command.People, async (context, found) =>
            command.Decide(
                await GatheringStates.RollAsync(context.Scope, found.Organization, found.Gathering, cancel),
                ExcludedOf(context, command.People),
                context.Today), cancel);

    /// <summary>记会议记录 (GA6): files that are kept already.</summary>
    public Task<StepResult> FileMinutesAsync(
        GatheringId gathering, IReadOnlyList<KeptFile> files, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var named = EvidenceSteps.Named(files);
        var command = new FileMinutes(gathering, [.. named.Select(one => new MinutesFile(one.Id, one.File.Sha256))]);
        // The ids are new at every try; the bytes say whether it is the same form.
        var input = new { gathering, files = files.Select(file => file.Sha256).ToList() };
        return TakeAsync(gathering, Actions.GA6FileMinutes, input, by, operation, "会议记录", [], async (context, found) =>
        {
            var ruling = command.Decide(found.Gathering, context.Now);
            return ruling.IsRefused
                ? ruling
                : Ruling.Of([.. await EvidenceSteps.KeepAsync(context, found.Organization, named, null, cancel), .. ruling.Happenings]);
        }, cancel);
    }

    /// <summary>Several roll-calls at once, as imported: all of them or none (GA5). What is written down already is left as it is.</summary>
    /// <param name="source">what the list is called, for the summary</param>
    public Task<StepResult> TakeRollsAsync(
        OrganizationId branch, IReadOnlyList<TakeRoll> commands, string source, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var concerned = commands.SelectMany(command => command.Marks).Select(mark => mark.Person).Distinct().ToList();
        async Task<IReadOnlyList<DateOnly>> DaysAsync(DataScope scope)
        {
            var days = new List<DateOnly>();
            foreach (var command in commands)
            {
                if (await GatheringStates.OneAsync(scope, command.Gathering, cancel) is { } found)
                {
                    days.Add(found.Gathering.Day);
                }
            }

            return days;
        }

        return runner.TakeAsync(
            new Step(by, Actions.GA5CallRoll, branch, operation, commands, $"导入{source}") { Concerned = concerned, FindDays = DaysAsync },
            async context =>
            {
                var happenings = new List<Happening>();
                foreach (var command in commands)
                {
                    if (await GatheringStates.OneAsync(context.Scope, command.Gathering, cancel) is not { } found || found.Organization != branch)
                    {
                        return new NoSuchGathering();
                    }

                    var roll = await GatheringStates.RollAsync(context.Scope, branch, found.Gathering, cancel);
                    // A list says of whom it knows: who is not in it stays open, and the roll-call of the page shows him.
                    var others = roll.Lines.Where(line => command.Marks.All(mark => mark.Person != line.Person))
                        .ToDictionary(line => line.Person, Refusal (_) => new NotInThisRoll());
                    foreach (var (person, refusal) in ExcludedOf(context, concerned))
                    {
                        others[person] = refusal;
                    }

                    var ruling = (command with { BasedOn = roll.Latest }).Decide(roll, others, context.Now);
                    if (ruling.IsRefused)
                    {
                        return ruling;
                    }

                    happenings.AddRange(ruling.Happenings);
                }

                return Ruling.Of(happenings);
            },
            cancel);
    }

    private async Task<StepResult> TakeAsync(
        GatheringId gathering,
        ActionRow action,
        object input,
        PersonId by,
        OperationId operation,
        string doing,
        IReadOnlyList<PersonId> concerned,
        Func<StepContext, (OrganizationId Organization, Gathering Gathering), Task<Ruling>> decide,
        CancellationToken cancel)
    {
        if (await FindAsync(gathering, by, cancel) is not { } before)
        {
            return new StepResult(new NoSuchGathering(), []);
        }

        var plan = before.Gathering.Plan;
        var summary = string.Create(
            CultureInfo.InvariantCulture, $"{doing}：{before.Gathering.Day:yyyy-MM-dd} {plan.Kind.Name()}“{plan.Title}”");
        return await runner.TakeAsync(
            new Step(by, action, before.Organization, operation, input, summary)
            {
                Concerned = concerned,
                Days = action == Actions.GA5CallRoll || action == Actions.RC2CorrectBeforeReview ? [before.Gathering.Day] : [],
                BecomesCorrection = action == Actions.RC2CorrectBeforeReview,
                Reason = doing,
            },
            // Read again under the lock: what was read before it only says whose ledger it is.
            async context => await GatheringStates.OneAsync(context.Scope, gathering, cancel) is { } found
                ? await decide(context, found)
                : new NoSuchGathering(),
            cancel);
    }

    private async Task<(OrganizationId Organization, Gathering Gathering)?> FindAsync(GatheringId gathering, PersonId by, CancellationToken cancel)
    {
        await using var scope = await DataScope.OpenAsync(database.App, by, clock.Today(), cancel);
        return await GatheringStates.OneAsync(scope, gathering, cancel);
    }

    /// <summary>Where only one person is concerned the step was refused as a whole or not at all; then nobody is left out.</summary>
    private static IReadOnlyDictionary<PersonId, Refusal> ExcludedOf(StepContext context, IReadOnlyList<PersonId> concerned) =>
        concerned.Count > 1 ? context.Excluded : new Dictionary<PersonId, Refusal>();

    private static async Task<IReadOnlySet<PersonId>> OnRollAsync(DataScope scope, OrganizationId branch, DateOnly day, CancellationToken cancel) =>
        (await GatheringStates.OnRollAsync(scope, branch, day, cancel)).Select(person => person.Person).ToHashSet();

    private static async Task<bool> IsCheckedInAsync(DataScope scope, GatheringId gathering, PersonId person, CancellationToken cancel) =>
        await scope.OneAsync<bool>(
            "select exists (select from check_in where gathering_id = @gathering and person_id = @person)", new { gathering, person }, cancel);
}
