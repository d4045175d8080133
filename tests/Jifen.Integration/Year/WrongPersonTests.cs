using Jifen.Cycle;
using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Evaluations;
using Jifen.Cycle.Filings;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Outcomes;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Schemes;
using Jifen.Integration.World;
using Jifen.Scoring.Schemes;
using Jifen.Store.Reads;
using Jifen.Store.Steps;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jifen.Integration.Year;

/// <summary>
/// Every step of a year, asked for by somebody in each post, against the approved table of actions as people wrote it: whom it does not name is
/// refused in words, whom it names gets past it, and the ledger holds no entry more.
/// </summary>
public sealed class WrongPersonTests(Cluster cluster)
{
    private const string Posts = "PGAMRECSOLDX";

    private static readonly (char Post, PersonId Person)[] People =
    [
        ('G', YearWorld.Another(51)), ('A', YearWorld.Activist), ('M', YearWorld.Good), ('R', YearWorld.Recorder), ('E', YearWorld.Evaluator),
        ('C', YearWorld.Committeeman), ('S', YearWorld.Secretary), ('O', YearWorld.Officer), ('L', YearWorld.Another(52)),
        ('D', YearWorld.Another(53)), ('X', YearWorld.Another(54)), ('P', YearWorld.Another(41)),
    ];

    private static readonly NoticeId Prepared = new(YearWorld.Another(60).Value);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("jsit-2020")]
    [InlineData("wuxi-2020")]
    [InlineData("yxnu-2016")]
    [InlineData("district")]
    [InlineData("jsu-law-2017")]
    public async Task Whom_the_table_does_not_name_is_refused_at_every_step_and_enters_nothing(string scheme)
    {
        await using var world = await YearWorld.StartAsync(cluster, scheme, 2025);
        await FillPostsAsync(world);
        await world.EnterAsync(YearWorld.Branch, YearWorld.Deputy, "deputy-secretary", new Happening(new NoticePrepared(Prepared, "2025", "公示", "digest", null, null)));
        var table = Table();
        var before = await world.OneAsync<int>("select count(*)::int from ledger_entry");
        var asked = 0;
        // One round of each: who may is the same in all of them.
        foreach (var step in (await world.BoardAsync()).Plan.Steps.Where(step => !step.Step.IsWindow()).DistinctBy(step => step.Name))
        {
            foreach (var (action, ask) in Requests(world.Site.Services, step))
            {
                foreach (var (post, person) in People)
                {
                    // Somebody of another branch is to this one what the public is, whatever he is at home.
                    var isNamed = post != 'P' && table[action][Posts.IndexOf(post, StringComparison.Ordinal)] != "–";
                    var refusal = (await ask(person)).Refusal;
                    var words = $"{step.FullName} {action} {post}: {refusal?.ToString() ?? "gone through"}";
                    // To whom the branch is out of sight, its notice is not there.
                    Assert.True(isNamed || (refusal is NotYourOffice or NotInThisStage or NoSuchNotice && refusal.Message.EndsWith('。')), words);
                    Assert.True(!isNamed || refusal is not NotYourOffice, words);
                    asked++;
                }
            }
        }

        Assert.True(asked > 100);
        Assert.Equal(before, await world.OneAsync<int>("select count(*)::int from ledger_entry"));
    }

    /// <summary>What can be asked of a step, with the row of the table that says who may; nothing of it is in turn on 4 January.</summary>
    private static IEnumerable<(string Action, Func<PersonId, Task<StepResult>> Ask)> Requests(IServiceProvider services, PlannedStep step)
    {
        var (branch, round, name) = (YearWorld.Branch, step.Round.Key, step.Name);
        var rounds = services.GetRequiredService<RoundSteps>();
        if (step.Step.Kind != StepKinds.Notice)
        {
            if (step.Step.ToBegin() is { } begin)
            {
                yield return (begin.Id, by => rounds.BeginAsync(branch, new BeginRoundStep(round, name), by, New(), Cancel));
            }

            if (!step.Step.OpensTheYear())
            {
                yield return (step.Step.ToEnd().Id, by => rounds.EndAsync(branch, new EndRoundStep(round, name), by, New(), Cancel));
            }

            yield return ("RN3", by => rounds.ReopenAsync(branch, new ReopenRoundStep(round, name, "试一试能不能"), by, New(), Cancel));
        }

        switch (step.Step.Kind)
        {
            case StepKinds.Review or StepKinds.GroupEvaluation:
                var reviews = services.GetRequiredService<ReviewSteps>();
                yield return ("RN2", by => reviews.BeginAsync(branch, round, by, New(), Cancel));
                yield return ("PE1", by => reviews.ReviewAsync(branch, round, [YearWorld.Poor], by, New(), Cancel));
                yield return ("PE1", by => reviews.WriteFindingAsync(branch, round, YearWorld.Poor, "材料齐全", by, New(), Cancel));
                yield return ("PE2", by => reviews.SignAsync(branch, round, "digest", by, New(), Cancel));
                break;
            case StepKinds.Feedback:
                yield return ("RN2", by => services.GetRequiredService<FeedbackSteps>().EndAsync(branch, round, name, by, New(), Cancel));
                break;
            case StepKinds.Decision:
                var meetings = services.GetRequiredService<MeetingSteps>();
                var meeting = new MeetingId(Guid.CreateVersion7());
                yield return ("MT1", by => meetings.OpenAsync(
                    branch, new OpenMeeting(meeting, round, name, null, YearWorld.Secretary, YearWorld.Recorder, [], null), by, New(), Cancel));
                yield return ("MT1", by => meetings.PresentAsync(branch, new PresentTable(meeting, new MotionId(Guid.CreateVersion7())), by, New(), Cancel));
                yield return ("MT1", by => meetings.DecideAsync(branch, new DecideMotion(new MotionId(Guid.CreateVersion7()), new VoteCount(9, 0, 0)), by, New(), Cancel));
                yield return ("MT1", by => meetings.CloseAsync(branch, new CloseMeeting(meeting), by, New(), Cancel));
                break;
            case StepKinds.MassEvaluation or StepKinds.DemocraticEvaluation:
                yield return ("MA4", by => services.GetRequiredService<BallotSteps>().OpenAsync(
                    branch, new OpenEvaluation(new BallotBoxId(Guid.CreateVersion7()), round, name, [new SlipsWanted(VoterKind.Member, 2, 0, 0)]), [], by, New(), Cancel));
                break;
            case StepKinds.Notice:
                var notices = services.GetRequiredService<NoticeSteps>();
                // A notice that opens the year could be prepared at once: asked of a step that is none, it is not.
                yield return ("NO1", by => notices.PrepareAsync(branch, new NoticeDraft(round, "没有这一步", "公示", "正文", "支委会", false, null), by, New(), Cancel));
                yield return ("NO2", by => notices.PublishAsync(branch, new PublishNotice(Prepared, "another digest", false), by, New(), Cancel));
                yield return ("RN2", by => notices.EndAsync(branch, new EndNotice(round, name), by, New(), Cancel));
                yield return ("RN2", by => services.GetRequiredService<PledgeSteps>().PublishAsync(branch, round, by, New(), Cancel));
                break;
            case StepKinds.Summary:
                var annual = services.GetRequiredService<AnnualSteps>();
                yield return step.Step.Every == Span.Year
                    ? ("RS6", by => annual.SettleAsync(branch, new SettleYear(round, name, "digest"), by, New(), Cancel))
                    : ("RN2", by => annual.SummarizeAsync(branch, new SummarizeRound(round, name, "digest"), by, New(), Cancel));
                yield return ("RS7", by => annual.ChooseAsync(
                    branch, new ChooseWithinQuota(round, name, "没有这一条", null, [], "支部党员大会", step.Round.Last, "表决多数", null), [], by, New(), Cancel));
                yield return ("RS6", by => annual.WithdrawChoiceAsync(branch, new WithdrawQuotaChoice(round, name, "没有这一条", null, "写错了人"), by, New(), Cancel));
                var outcomes = services.GetRequiredService<OutcomeSteps>();
                yield return ("RS2", by => outcomes.ProposeAsync(branch, new ProposeOutcome(round.Year, true, "支委会", step.Round.Last, "按办法"), [new(YearWorld.Poor, "没有这一条")], by, New(), Cancel));
                yield return ("RS3", by => outcomes.AnswerAsync(branch, new AnswerOutcome(round.Year, true, "按办法"), [new(YearWorld.Poor, "没有这一条")], by, New(), Cancel));
                break;
            case StepKinds.GradeDecision:
                yield return ("GD1", by => services.GetRequiredService<GradeSteps>().DecideAsync(
                    branch, new DecideGrades(round, name, "支部党员大会", step.Round.Last, [], "digest"), by, New(), Cancel));
                break;
            case StepKinds.Refinement:
                var refinements = services.GetRequiredService<RefinementSteps>();
                yield return ("SC3", by => refinements.ProposeAsync(branch, new ProposeRefinement(round.Year), "不是细则", by, New(), Cancel));
                yield return ("MT1", by => refinements.DiscussAsync(
                    branch, round.Year, new DiscussRefinement("没有这一份", "第一次党员大会", step.Round.First, 9, 9, 0), by, New(), Cancel));
                yield return ("SC4", by => refinements.ApproveAsync(branch, round.Year, new ApproveRefinement("没有这一份"), YearWorld.Deputy, by, New(), Cancel));
                yield return ("SC4", by => refinements.ReturnAsync(
                    branch, round.Year, new ReturnRefinement("没有这一份", "加分没有写上限"), YearWorld.Deputy, by, New(), Cancel));
                break;
            case StepKinds.Filing:
                var filings = services.GetRequiredService<FilingSteps>();
                var filing = new FilingRow
                {
                    FilingId = Guid.CreateVersion7(),
                    OrganizationId = branch,
                    Round = round.ToString(),
                    Step = name,
                    Digest = "digest",
                    State = "submitted",
                    SubmittedBy = YearWorld.Secretary,
                    SubmittedOn = step.Round.Last,
                };
                yield return ("RS4", by => filings.SubmitAsync(branch, new SubmitFiling(round, name), by, New(), Cancel));
                yield return ("RS4", by => filings.AnswerAsync(filing, null, [], by, New(), Cancel));
                yield return ("RS4", by => filings.AnswerAsync(filing, "迟到次数与签到表不符", [], by, New(), Cancel));
                break;
            default:
                break;
        }
    }

    private static OperationId New() => new(Guid.CreateVersion7());

    private static async Task FillPostsAsync(YearWorld world)
    {
        await world.AddAsync(YearWorld.Other, [(YearWorld.Another(41), "外支部书记")], Office.Secretary);
        (int Number, string Name, Office Office, OrganizationId Where)[] posts =
        [
            (51, "冯群众", Office.MassRepresentative, YearWorld.Branch), (52, "卫组长", Office.LeadingGroupMember, YearWorld.Committee),
            (53, "蒋纪检", Office.DisciplineOfficer, YearWorld.Committee), (54, "沈管理", Office.Administrator, YearWorld.Committee),
        ];
        foreach (var (number, name, office, where) in posts)
        {
            await world.OneAsync<Guid>(
                "insert into person (person_id, number, name, registered_at) values (@id, @id::text, @name, @at) returning person_id",
                new { id = YearWorld.Another(number).Value, name, at = world.Clock.GetUtcNow() });
            await world.EnterAsync(where, YearWorld.Officer, "organization-officer", new Happening(
                new OfficeAssigned(new OfficeTermId(Guid.CreateVersion7()), office, null, false), YearWorld.Another(number), new DateOnly(2025, 1, 1)));
        }
    }

    /// <summary>The table as it was approved, by action: what stands in the column of each post.</summary>
    private static Dictionary<string, string[]> Table() => new[] { "permissions.txt", "additions.txt" }
        .SelectMany(file => File.ReadLines(Path.Combine(Repository.Root, "tests", "Jifen.Tests", "Permissions", file)))
        .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))
        .Where(columns => columns.Length == Posts.Length + 1 && columns[0].Length > 3 && char.IsAsciiDigit(columns[0][2]))
        .ToDictionary(columns => columns[0][..3], columns => columns[1..], StringComparer.Ordinal);
}
