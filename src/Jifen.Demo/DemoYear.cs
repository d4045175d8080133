using Jifen.Cycle;
using Jifen.Cycle.Declarations;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Rounds;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Store.Steps;

namespace Jifen.Demo;

/// <summary>
/// The round that has just ended, carried to another stage in each branch by the very steps of the program: a reviewing branch, one that has
/// reviewed, one in its meeting, one that has decided, one on notice. Nobody has an account yet, so that steps of two take effect at once.
/// </summary>
internal sealed class DemoYear
{
    private static readonly (string Kind, string? Level, string? Content, string Ground)[] Matters =
    [
        ("courage", null, "制止实训楼违规用电", "保卫处情况说明"),
        ("commendation", "学校", "优秀共产党员", "学院党委表彰决定"),
        ("help", null, "结对帮扶学生通过补考", "系部证明"),
        ("commendation", "学校", "优秀党务工作者", "学院党委表彰决定"),
    ];

    private readonly DateOnly _today;
    private readonly DateTimeOffset _now;
    private readonly StepRunner _runner;
    private readonly YearBoards _boards;
    private readonly ReviewDesks _desks;
    private readonly RoundSteps _rounds;
    private readonly ReviewSteps _reviews;
    private readonly MeetingSteps _meetings;
    private readonly NoticeSteps _notices;
    private readonly DeclarationSteps _declarations;
    private int _operations;

    public DemoYear(Database database, TimeProvider clock)
    {
        var schemes = new SchemesInForce();
        var live = new LiveScores(schemes);
        _now = clock.GetUtcNow();
        _today = CivilTime.DayOf(_now);
        _boards = new YearBoards(schemes);
        _runner = new StepRunner(database, clock, _boards);
        _desks = new ReviewDesks(_boards, live);
        _rounds = new RoundSteps(_runner, _boards);
        _reviews = new ReviewSteps(_runner, _desks);
        _meetings = new MeetingSteps(_runner, _boards, new RoundTables(live));
        _notices = new NoticeSteps(_runner, _boards, new RoundTables(live));
        _declarations = new DeclarationSteps(_runner, _desks);
    }

    /// <param name="people">by the key of their branch, officers first</param>
    public async Task PlayAsync(IReadOnlyDictionary<string, IReadOnlyList<DemoPerson>> people, CancellationToken cancel)
    {
        await DeclareAsync(people["info-1"], cancel);
        await ReviewAsync(people["info-2"], StepState.Begun, cancel);
        await ReviewAsync(people["info-students"], StepState.Ended, cancel);
        await MeetAsync(people["trade-1"], StepState.Begun, cancel);
        await MeetAsync(people["retired"], StepState.Ended, cancel);
        await PublishAsync(people["trade-students"], cancel);
        await ReviewAsync(people["services"], StepState.Ended, cancel);
        await ReviewAsync(people["offices"], StepState.Ended, cancel);
        await ReviewAsync(people["park"], StepState.Begun, cancel);
        await ReviewAsync(people["teachers-1"], StepState.Begun, cancel);
        await ReviewAsync(people["law-staff"], StepState.Begun, cancel);
    }

    private async Task DeclareAsync(IReadOnlyList<DemoPerson> people, CancellationToken cancel)
    {
        var branch = people[0].Branch.Id;
        // Of this quarter, as far as it has come, otherwise of the one before: both are open.
        var on = _today.AddDays(-3);
        foreach (var (matter, person) in Matters.Zip(people.Skip(8)))
        {
            Taken(await _declarations.SubmitAsync(
                branch, new DeclaredMatter(person.Id, matter.Kind, on, null, matter.Level, matter.Content, null, matter.Ground, []), [], null, person.Id, Operation(), cancel));
        }
    }

    private async Task<RoundKey?> ReviewAsync(IReadOnlyList<DemoPerson> people, StepState until, CancellationToken cancel)
    {
        var (secretary, committee) = (people[0], people[3]);
        var branch = people[0].Branch.Id;
        if (await OpenStepAsync(branch, secretary.Id, StepKinds.Review, StepKinds.GroupEvaluation, cancel) is not { } step)
        {
            return null;
        }

        var round = step.Round.Key;
        var reviewers = step.Step.Kind == StepKinds.GroupEvaluation ? people.Where(person => person.Offices.Contains(Office.Evaluator)).ToList() : [committee, secretary, people[1]];
        Taken(await _reviews.BeginAsync(branch, round, reviewers[0].Id, Operation(), cancel));
        if (until != StepState.Ended)
        {
            return round;
        }

        foreach (var reviewer in reviewers)
        {
            // Who is recused for whom is the program's own rule: what one may not review is left to the next.
            var desk = (await DeskAsync(branch, round, reviewer.Id, cancel)).Desk;
            var open = desk.Lines.Where(line => !line.IsReviewed && desk.Bench.Objection(line.Person) is null).ToList();
            if (open.Count > 0)
            {
                Taken(await _reviews.ReviewAsync(branch, round, open.ConvertAll(line => line.Person), reviewer.Id, Operation(), cancel));
            }
        }

        Taken(await _reviews.SignAsync(branch, round, (await DeskAsync(branch, round, committee.Id, cancel)).Digest, committee.Id, Operation(), cancel));
        return round;
    }

    private async Task<RoundKey?> MeetAsync(IReadOnlyList<DemoPerson> people, StepState until, CancellationToken cancel)
    {
        if (await ReviewAsync(people, StepState.Ended, cancel) is not { } round)
        {
            return null;
        }

        var (branch, secretary) = (people[0].Branch.Id, people[0].Id);
        var meeting = new MeetingId(DemoId.Of($"meeting {people[0].Branch.Key}"));
        Taken(await _meetings.OpenAsync(branch, new OpenMeeting(meeting, round, "评定", null, secretary, people[2].Id, [], null), secretary, Operation(), cancel));
        var present = (await _runner.ReadAsync(secretary, scope => Meetings.OneAsync(scope, branch, meeting, cancel), cancel))!.People;
        Taken(await _meetings.TakeRollAsync(branch, new TakeMeetingRoll(meeting, [.. present.Select(person => person.Person)]), secretary, Operation(), cancel));
        var motion = new MotionId(DemoId.Of($"motion {people[0].Branch.Key}"));
        Taken(await _meetings.PresentAsync(branch, new PresentTable(meeting, motion), secretary, Operation(), cancel));
        if (until != StepState.Ended)
        {
            return round;
        }

        Taken(await _meetings.DecideAsync(branch, new DecideMotion(motion, new VoteCount(present.Count(person => person.HasVote), 0, 0)), secretary, Operation(), cancel));
        Taken(await _meetings.CloseAsync(branch, new CloseMeeting(meeting), secretary, Operation(), cancel));
        return round;
    }

    private async Task PublishAsync(IReadOnlyList<DemoPerson> people, CancellationToken cancel)
    {
        if (await MeetAsync(people, StepState.Ended, cancel) is not { } round)
        {
            return;
        }

        var (branch, secretary, committee) = (people[0].Branch.Id, people[0].Id, people[3].Id);
        Taken(await _notices.PrepareAsync(
            branch,
            new NoticeDraft(round, "公示", "党员积分公示", "经支部党员大会评定，现将本期党员积分公示如下。", "支部书记、支部委员", TotalOnly: false, Correction: null),
            committee,
            Operation(),
            cancel));
        var notice = (await _runner.ReadAsync(secretary, scope => BranchNotices.OfStepAsync(scope, branch, round.ToString(), "公示", cancel: cancel), cancel))[^1];
        Taken(await _notices.PublishAsync(branch, new PublishNotice(notice.Id, notice.Digest, OpenToWeb: false), secretary, Operation(), cancel));
    }

    private Task<OpenReview> DeskAsync(OrganizationId branch, RoundKey round, PersonId by, CancellationToken cancel) =>
        _runner.ReadAsync(by, async scope => (await _desks.OfAsync(scope, branch, round, by, cancel))!, cancel);

    // Of what is open now, the earliest: the round that was over last. In January that is a round of the year before.
    private Task<PlannedStep?> OpenStepAsync(OrganizationId branch, PersonId by, string kind, string orKind, CancellationToken cancel) => _runner.ReadAsync(
        by,
        async scope => (await _boards.RunningAsync(scope, branch, cancel))
            .SelectMany(year => year.Board.Current)
            .FirstOrDefault(step => (step.Step.Kind == kind || step.Step.Kind == orKind) && step.Round.Last < _today),
        cancel);

    private OperationId Operation() => new(DemoId.Of($"year operation {_operations++}"));

    private static void Taken(StepResult result)
    {
        if (result.Refusal is { } refusal)
        {
            throw new InvalidOperationException(refusal.Message);
        }
    }
}
