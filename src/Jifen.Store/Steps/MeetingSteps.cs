using Jifen.Cycle;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>Steps of a meeting: opening, signing in, motions, votes by show of hands, closing.</summary>
public sealed class MeetingSteps(StepRunner steps, YearBoards boards, RoundTables tables)
{
    private readonly Agenda _agenda = new(boards);

    public Task<StepResult> OpenAsync(OrganizationId branch, OpenMeeting command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(Actions.MT1RunMembersMeeting, branch, command with { Meeting = default }, "开会", by, operation, async context =>
            await boards.BoardAsync(context.Scope, branch, command.Round, cancel) is { } board
                ? command.Decide(
                    board,
                    await GatheringStates.OnRollAsync(context.Scope, branch, context.Today, cancel),
                    await Meetings.OpenAsync(context.Scope, branch, cancel),
                    await _agenda.WaitingAsync(context.Scope, branch, cancel))
                : new NoSuchRoundStep(command.Step ?? ""), cancel);

    /// <summary>签到, by oneself.</summary>
    public Task<StepResult> SignInAsync(OrganizationId branch, SignInToMeeting command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(Actions.MT2Vote, branch, command, "签到", by, operation, async context =>
            command.Decide(await Meetings.OneAsync(context.Scope, branch, command.Meeting, cancel), by), cancel);

    public Task<StepResult> TakeRollAsync(OrganizationId branch, TakeMeetingRoll command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(Actions.MT1RunMembersMeeting, branch, command, "点到", by, operation, async context => command.Decide(
            await Meetings.OneAsync(context.Scope, branch, command.Meeting, cancel),
            (await MotionsAsync(context.Scope, branch, command.Meeting, cancel)).Any(motion => motion.State == MotionState.Voting)), cancel);

    /// <summary>提出议题. Its text is kept beside the ledger in the same transaction.</summary>
    public Task<StepResult> PutAsync(OrganizationId branch, PutMotion command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(Actions.MT5PutMotion, branch, command with { Motion = default }, "提出议题", by, operation, async context =>
        {
            var roll = (await GatheringStates.OnRollAsync(context.Scope, branch, context.Today, cancel)).Select(person => person.Person).ToHashSet();
            var ruling = command.Decide(roll.Contains);
            if (!ruling.IsRefused && command.Corrects is { } entry && (await RecordSteps.EntryAsync(context.Scope, entry, cancel))?.Person != command.Concerned[0])
            {
                return new NoSuchEntry();
            }

            if (!ruling.IsRefused)
            {
                await KeepTextAsync(context, branch, command.Motion, command.Text, cancel);
            }

            return ruling;
        }, cancel);

    public Task<StepResult> WithdrawAsync(OrganizationId branch, WithdrawMotion command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(Actions.MT5PutMotion, branch, command, "撤回议题", by, operation, async context =>
            command.Decide(
                (await Meetings.MotionAsync(context.Scope, branch, command.Motion, cancel))?.Motion,
                await _agenda.ConsequenceAsync(context.Scope, branch, command.Motion, cancel) is not null), cancel);

    /// <summary>宣读积分表.</summary>
    public Task<StepResult> PresentAsync(OrganizationId branch, PresentTable command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(Actions.MT1RunMembersMeeting, branch, command with { Motion = default }, "宣读积分表", by, operation, async context =>
        {
            var meeting = await Meetings.OneAsync(context.Scope, branch, command.Meeting, cancel);
            return meeting is not null && await boards.BoardAsync(context.Scope, branch, meeting.Round, cancel) is { } board
                ? command.Decide(board, meeting, await MotionsAsync(context.Scope, branch, meeting.Id, cancel), await TableAsync(context.Scope, branch, board, meeting, cancel))
                : new NoSuchMeeting();
        }, cancel);

    /// <summary>举手表决. Where it concerns the secretary alone, the deputy may take the vote.</summary>
    public Task<StepResult> DecideAsync(OrganizationId branch, DecideMotion command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        VoteAsync(branch, command.Motion, command, "表决", by, operation, async context =>
            await CaseAsync(context.Scope, branch, command.Motion, cancel) is { } of ? command.Decide(of) : new NoSuchMotion(), cancel);

    /// <summary>更正票数, by whoever may take the vote.</summary>
    public Task<StepResult> CorrectVoteAsync(OrganizationId branch, CorrectVote command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        VoteAsync(branch, command.Motion, command, "更正票数", by, operation, async context =>
            await CaseAsync(context.Scope, branch, command.Motion, cancel, isAnew: true) is { } of
                ? command.Decide(of, await Votes.OnRecordAsync(context.Scope, branch, of.Motion!, context.Now, cancel))
                : new NoSuchMotion(), cancel);

    /// <summary>通报.</summary>
    public Task<StepResult> ReportAsync(OrganizationId branch, ReportMotion command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(Actions.MT1RunMembersMeeting, branch, command, "通报", by, operation, async context => command.Decide(
            await Meetings.OpenAsync(context.Scope, branch, cancel),
            (await Meetings.MotionAsync(context.Scope, branch, command.Motion, cancel))?.Motion,
            (await _agenda.ConsequenceAsync(context.Scope, branch, command.Motion, cancel))?.Decide), cancel);

    /// <summary>散会.</summary>
    public Task<StepResult> CloseAsync(OrganizationId branch, CloseMeeting command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(Actions.MT1RunMembersMeeting, branch, command, "散会", by, operation, async context => command.Decide(
            await Meetings.OneAsync(context.Scope, branch, command.Meeting, cancel), await MotionsAsync(context.Scope, branch, command.Meeting, cancel)), cancel);

    /// <summary>What a motion that another step puts says: in the transaction of that step.</summary>
    public static async Task KeepTextAsync(StepContext context, OrganizationId branch, MotionId motion, string? text, CancellationToken cancel = default)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            await context.Scope.ExecuteAsync(
                "insert into motion_text (motion_id, organization_id, text, kept_by, kept_at) values (@motion, @branch, @text, @Person, @Now)",
                new { motion, branch, text = text.Trim(), context.Actor.Person, context.Now },
                cancel);
        }
    }

    // Whom alone it concerns has no part in it.
    private async Task<StepResult> VoteAsync(
        OrganizationId branch, MotionId id, object command, string summary, PersonId by, OperationId operation, Func<StepContext, Task<Ruling>> decide, CancellationToken cancel)
    {
        var motion = await steps.ReadAsync(by, scope => Meetings.MotionAsync(scope, branch, id, cancel), cancel);
        return await steps.TakeAsync(
            new Step(by, Actions.MT1RunMembersMeeting, branch, operation, command, summary)
            {
                Stage = Stage.Meeting,
                Concerned = motion?.Motion.Concerned is [var only] ? [only] : [],
            },
            decide,
            cancel);
    }

    /// <summary>A motion with everything it is decided on; null when there is no such motion.</summary>
    /// <param name="isAnew">its vote is put right: what follows from it is that of the matter as it was before</param>
    internal async Task<MotionCase?> CaseAsync(DataScope scope, OrganizationId branch, MotionId id, CancellationToken cancel, bool isAnew = false)
    {
        if ((await Meetings.MotionAsync(scope, branch, id, cancel))?.Motion is not { } motion || motion.Meeting is not { } meetingId
            || await Meetings.OneAsync(scope, branch, meetingId, cancel) is not { } meeting || await boards.BoardAsync(scope, branch, meeting.Round, cancel) is not { } board)
        {
            return null;
        }

        var step = meeting.Step is { } name ? board.Plan.Find(meeting.Round, name) : null;
        var matter = await _agenda.ConsequenceAsync(scope, branch, id, cancel, isAnew);
        return new MotionCase(
            board, meeting, motion, matter?.Rule ?? VotingRule.Of(step?.Step), motion.Table is null ? null : await TableAsync(scope, branch, board, meeting, cancel))
        {
            Consequence = matter?.Decide,
        };
    }

    /// <summary>What was decided at a meeting not run here, or came to nothing, stands on no agenda any more.</summary>
    /// <param name="matter">whose id its motion has</param>
    internal static async Task<Ruling> OffTheAgendaAsync(StepContext context, OrganizationId branch, Guid matter, Ruling ruling, string why, CancellationToken cancel)
    {
        var motion = ruling.IsRefused ? null : (await Meetings.MotionAsync(context.Scope, branch, new MotionId(matter), cancel))?.Motion;
        return motion?.State switch
        {
            MotionState.Voting => new VoteIsGoingOn(),
            MotionState.Open => Ruling.Of([.. ruling.Happenings, new Happening(new MotionWithdrawn(motion.Id, why), Stream: branch)]),
            _ => ruling,
        };
    }

    private Task<PointsTable> TableAsync(DataScope scope, OrganizationId branch, YearBoard board, MembersMeeting meeting, CancellationToken cancel) =>
        tables.TableAsync(scope, branch, board.Plan.Find(meeting.Round)!, cancel);

    private static async Task<IReadOnlyList<Motion>> MotionsAsync(DataScope scope, OrganizationId branch, MeetingId meeting, CancellationToken cancel) =>
        [.. (await Meetings.MotionsAsync(scope, branch, meeting, cancel)).Select(one => one.Motion)];

    // A meeting that is open is at its stage, whatever its round has come to.
    private Task<StepResult> TakeAsync(
        ActionRow action, OrganizationId branch, object input, string summary, PersonId by, OperationId operation, Func<StepContext, Task<Ruling>> decide, CancellationToken cancel) =>
        steps.TakeAsync(new Step(by, action, branch, operation, input, summary) { Stage = Stage.Meeting }, decide, cancel);
}
