using Jifen.Cycle;
using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Declarations;
using Jifen.Cycle.Evaluations;
using Jifen.Cycle.Feedback;
using Jifen.Cycle.Filings;
using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Pledges;
using Jifen.Cycle.Reviews;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Tests.Records;

namespace Jifen.Tests.Rounds;

/// <summary>What a command does to the step it is given.</summary>
internal enum Phase
{
    /// <summary>begins it, once</summary>
    Begins,

    /// <summary>begins it, or goes on with what was begun</summary>
    GoesOn,

    /// <summary>works on it or ends it: it has to have begun, where it has a beginning</summary>
    Ends,

    /// <summary>what each member writes himself, until a step that rests on it begins</summary>
    Writes,
}

/// <summary>A command that takes a step of 流程, asked with everything in order but the turn.</summary>
/// <param name="Takes">the steps it is for</param>
internal sealed record StepAttempt(Type Command, Phase Phase, Func<PlannedStep, bool> Takes, Func<YearBoard, PlannedStep, Ruling> Ask)
{
    private static readonly PersonId Actor = Desk.Wang;
    private static readonly PersonId Other = Desk.Li;
    private static readonly CastBallot Ballot = new(new Guid("0198a000-0000-7000-8000-00000000bb01"), VoterKind.Member, new Dictionary<string, string> { [Other.ToString()] = "优秀" }, "优秀");
    private static readonly MeetingId Meeting = new(new Guid(401, 0, 0, new byte[8]));
    private static readonly MotionId TheMotion = new(new Guid(402, 0, 0, new byte[8]));
    private static readonly BallotBoxId Box = new(new Guid(403, 0, 0, new byte[8]));
    private static readonly NoticeId TheNotice = new(new Guid(404, 0, 0, new byte[8]));
    private static readonly Guid Filing = new(405, 0, 0, new byte[8]);
    private static readonly SealedText Text = new("按时参加学习，带好一名学生", "salt");
    private static readonly PointsTable Table = new([new PointsTableRow(Other, 90, [90], null)]);
    private static readonly AnnualTable Annual = new(2025, "fingerprint", [new AnnualLine(Other, 90, [90], 1, 1, null, null, [], null)]);
    private static readonly GradeBench Grades = new(Annual with { Lines = [Annual.Lines[0] with { Grade = "合格" }] }, "d", 0)
    {
        GradesOf = _ => ["合格"],
        NameOf = _ => "李",
        WorkOut = _ => (Annual, []),
    };

    private static readonly RollPerson[] Roll = [new(Actor, "王", Standing.Full, null, true, false), new(Other, "李", Standing.Full, null, true, false)];

    public static IReadOnlyList<StepAttempt> All { get; } =
    [
        Of<BeginRoundStep>(Phase.Begins, step => step.Step.HasBeginning(), (board, step) => new BeginRoundStep(step.Round.Key, step.Name).Decide(board)),
        Of<EndRoundStep>(Phase.Ends, step => !step.Step.IsWindow(), (board, step) => new EndRoundStep(step.Round.Key, step.Name).Decide(board)),
        Of<BeginReview>(Phase.Begins, IsReview, (board, step) => new BeginReview(step.Round.Key, step.Name).Decide(board, Bench(step))),
        Of<ReviewPoints>(Phase.Ends, IsReview, (board, step) => new ReviewPoints([Other]).Decide(ReviewDesk(board, step, isReviewed: false))),
        Of<WriteFinding>(Phase.Ends, IsReview, (board, step) => new WriteFinding(Other, Text).Decide(ReviewDesk(board, step, isReviewed: false))),
        Of<SignReview>(Phase.Ends, IsReview, (board, step) => new SignReview("d").Decide(ReviewDesk(board, step, isReviewed: true), "d", "签署")),
        Of<OpenMeeting>(Phase.GoesOn, IsOf(StepKinds.Decision), (board, step) =>
            new OpenMeeting(Meeting, step.Round.Key, step.Name, null, Actor, Other, [], null).Decide(board, Roll, null, [])),
        Of<PresentTable>(Phase.Ends, IsOf(StepKinds.Decision), (board, step) => new PresentTable(Meeting, TheMotion).Decide(board, Held(step), [], Table)),
        Of<DecideMotion>(Phase.Ends, IsOf(StepKinds.Decision), (board, step) => new DecideMotion(TheMotion, new VoteCount(2, 0, 0)).Decide(new MotionCase(
            board, Held(step), new Motion(TheMotion, MotionKind.PointsTable, "确认积分表", [], false, MotionState.Open, Meeting, null, Table), VotingRule.Default, Table))),
        Of<CorrectVote>(Phase.Ends, IsOf(StepKinds.Decision), (board, step) => new CorrectVote(TheMotion, new VoteCount(2, 0, 0), "赞成、反对填反了").Decide(
            new MotionCase(board, Held(step), new Motion(TheMotion, MotionKind.PointsTable, "确认积分表", [], false, MotionState.Failed, Meeting, null, Table), VotingRule.Default, Table),
            new VoteOnRecord(default, VotingManner.Open, 2, 2, new VoteCount(0, 2, 0), false, Array.Empty<EntryId>().ToLookup(_ => ""), false))),
        Of<OpenEvaluation>(Phase.GoesOn, IsEvaluation, (board, step) => new OpenEvaluation(Box, step.Round.Key, step.Name, Slips(step)).Decide(board, [Actor, Other], Table, false, false, new TellersOfPaper([], []))),
        Of<CloseBallotBox>(Phase.Ends, IsEvaluation, (board, step) => new CloseBallotBox(Box).DecideAsync(
            new BallotBox(Box, BallotKind.DemocraticEvaluation, step.Round.Key, step.Name, null, [Other.ToString()], ["优秀"], [], false, BallotBoxState.Open),
            AgreedPapers.None,
            board,
            null,
            () => Task.FromResult<IReadOnlyList<CastBallot>>([Ballot])).GetAwaiter().GetResult()),
        Of<EndFeedback>(Phase.Ends, IsOf(StepKinds.Feedback), (board, step) => new EndFeedback(step.Round.Key, step.Name).Decide(board, [], "反馈完毕")),
        Of<PrepareNotice>(Phase.Begins, IsOf(StepKinds.Notice), (board, step) => new PrepareNotice(TheNotice, step.Round.Key, step.Name, "d", null).Decide(board, null)),
        Of<PublishNotice>(Phase.Begins, IsOf(StepKinds.Notice), (board, step) => new PublishNotice(TheNotice, "d", false).Decide(board, Draft(step), null, new WorkingCalendar([]))),
        Of<EndNotice>(Phase.Ends, step => step.Step.IsNoticeOfPoints(), (board, step) => new EndNotice(step.Round.Key, step.Name).Decide(board, Out(board, step), 0)),
        Of<GivePledge>(Phase.Writes, IsOf(StepKinds.Pledge), (board, step) => new GivePledge(step.Round.Key, Text).Decide(board, Actor)),
        Of<PublishPledges>(Phase.Ends, GivePledge.IsPublication, (board, step) => new PublishPledges(step.Round.Key).Decide(board, 1, 2)),
        Of<EvaluateOneself>(Phase.Writes, IsOf(StepKinds.SelfEvaluation), (board, step) =>
            new EvaluateOneself(step.Round.Key, [new SelfEvaluatedItem("dues", null, "按时")], Text).Decide(board, Actor, new HashSet<string> { "dues" })),
        Of<SubmitDeclaration>(Phase.Writes, IsOf(StepKinds.Declaration), Declare),
        Of<SettleYear>(Phase.Ends, step => step.Step is { Kind: StepKinds.Summary, Every: Span.Year }, (board, step) =>
            new SettleYear(step.Round.Key, step.Name, "d").Decide(board, Annual, "d", new SettlementState([], [], [], 0, 0, true))),
        Of<SummarizeRound>(Phase.Ends, step => step.Step is { Kind: StepKinds.Summary, Every: not Span.Year }, (board, step) =>
            new SummarizeRound(step.Round.Key, step.Name, "d").Decide(board, Annual, "d")),
        Of<DecideGrades>(Phase.Ends, IsOf(StepKinds.GradeDecision), (board, step) =>
            new DecideGrades(step.Round.Key, step.Name, "支部党员大会", board.Today, [new(Other, "合格", null)], "d").Decide(board, Grades)),
        Of<SubmitFiling>(Phase.Ends, IsOf(StepKinds.Filing), (board, step) => new SubmitFiling(step.Round.Key, step.Name).Decide(board, null, Filing, "d", true, 0, Role.Secretary)),
        Of<AcceptFiling>(Phase.Ends, IsOf(StepKinds.Filing), (board, step) =>
            new AcceptFiling(Filing).Decide(board, new FilingOnRecord(Filing, step.Round.Key, step.Name, "d", FilingState.Submitted), new FilingCheck([], []))),
    ];

    private static StepAttempt Of<T>(Phase phase, Func<PlannedStep, bool> takes, Func<YearBoard, PlannedStep, Ruling> ask) => new(typeof(T), phase, takes, ask);

    private static Func<PlannedStep, bool> IsOf(string kind) => step => step.Step.Kind == kind;

    private static bool IsReview(PlannedStep step) => step.Step.Kind is StepKinds.Review or StepKinds.GroupEvaluation;

    private static bool IsEvaluation(PlannedStep step) => step.Step.Kind is StepKinds.MassEvaluation or StepKinds.DemocraticEvaluation;

    private static ReviewBench Bench(PlannedStep step) => new(step, Actor, [.. Enum.GetValues<Cycle.Organizations.Office>().Select(office => new Seat(Actor, office))], []);

    private static ReviewDesk ReviewDesk(YearBoard board, PlannedStep step, bool isReviewed) =>
        new(board, Bench(step), [new ReviewLine(Other, "李", 90, isReviewed ? 90 : null)], 0, 0);

    private static MembersMeeting Held(PlannedStep step) => new(
        Meeting, step.Round.Key, step.Name, MeetingBody.Members, null, step.Round.Last, Actor, Other, false, [new(Actor, true, true, true), new(Other, true, true, true)]);

    private static IReadOnlyList<SlipsWanted> Slips(PlannedStep step) =>
        [new(step.Step.By.Contains("党员大会") ? VoterKind.Member : VoterKind.MassRepresentative, 2, 0, 0)];

    private static Notice Draft(PlannedStep step) => new(TheNotice, step.Round.Key.ToString(), step.Name, "d", Other, null, null, null, null, null, null, false, null);

    private static Notice Out(YearBoard board, PlannedStep step) => Draft(step) with
    {
        PublishedOn = board.Today.AddDays(-30),
        FirstOn = board.Today.AddDays(-29),
        LastOn = board.Today.AddDays(-20),
        ObjectUntil = board.Today.AddDays(-10),
    };

    private static Ruling Declare(YearBoard board, PlannedStep step)
    {
        var scheme = board.Plan.Scheme;
        var kind = scheme.FactKinds.First(kind => kind.Carries == Carried.None && DeclaredMatter.CanBeDeclared(scheme, kind));
        var matter = new DeclaredMatter(Other, kind.Id, step.Round.First, null, null, null, null, "社区感谢信", []);
        return new SubmitDeclaration(new DeclarationId(new Guid(406, 0, 0, new byte[8])), matter, Other, "d").Decide(
            Desk.Open with { Today = board.Today, OpenSince = board.Plan.WholeYear.First }, scheme, DeclarationWindow.Of(board, matter.On), null, isThere: false);
    }
}
