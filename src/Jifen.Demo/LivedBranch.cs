using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Rounds;
using Jifen.Store;
using Jifen.Store.Filings;
using Jifen.Store.Ledgers;
using Jifen.Store.Reads;
using Jifen.Store.Steps;

namespace Jifen.Demo;

/// <summary>
/// A branch as time goes by in it: what its books say is entered up to the moment of the clock, then its people take the program's own steps, so
/// that the ledger has everything in the order in which it was recorded.
/// </summary>
internal sealed class LivedBranch
{
    private readonly Database _database;
    private readonly BranchClock _clock;
    private readonly Queue<(EntryMaker Maker, Happening Happening)> _ahead;
    private readonly DateTimeOffset _now;
    private readonly StepRunner _runner;
    private readonly PendingSteps _pending;
    private int _operations;

    /// <param name="boards">shared by all branches: what a scheme asks for is worked out once</param>
    /// <param name="books">what is recorded day by day, in order</param>
    /// <param name="now">the moment at which the demo is loaded: nothing happens after it</param>
    public LivedBranch(
        Database database,
        YearBoards boards,
        DemoOrganization organization,
        IReadOnlyList<DemoPerson> people,
        IEnumerable<(EntryMaker Maker, Happening Happening)> books,
        DateTimeOffset began,
        DateTimeOffset now)
    {
        (_database, _clock, _ahead, _now) = (database, new BranchClock(began), new(books), now);
        (Organization, People, Boards) = (organization, people, boards);
        var live = new LiveScores(boards.Schemes);
        var tables = new RoundTables(live);
        _runner = new StepRunner(database, _clock, boards);
        Desks = new ReviewDesks(boards, live);
        Rounds = new RoundSteps(_runner, boards);
        Reviews = new ReviewSteps(_runner, Desks);
        Feedback = new FeedbackSteps(_runner, Desks);
        Meetings = new MeetingSteps(_runner, boards, tables);
        Notices = new NoticeSteps(_runner, boards, tables);
        Ballots = new BallotSteps(_runner, boards, tables, Meetings);
        Annual = new AnnualSteps(_runner, boards, live);
        Grades = new GradeSteps(_runner, boards, live);
        Filings = new FilingSteps(_runner, new FilingMaker(boards, live));
        Outcomes = new OutcomeSteps(_runner, boards);
        Declarations = new DeclarationSteps(_runner, Desks);
        Pledges = new PledgeSteps(_runner, boards);
        Exemptions = new ExemptionSteps(_runner, boards.Schemes);
        Cases = new CaseSteps(_runner, boards, live);
        // Nothing moves between the first signature and the second: working it out again would double the time it takes to load.
        _pending = new PendingSteps(database, _clock);
    }

    public DemoOrganization Organization { get; }

    public OrganizationId Id => Organization.Id;

    public IReadOnlyList<DemoPerson> People { get; }

    public PersonId Secretary => People[0].Id;

    public PersonId Deputy => People[1].Id;

    public PersonId Recorder => People[2].Id;

    public PersonId Committee => People[3].Id;

    public DateTimeOffset Time => _clock.Now;

    public DateOnly Today => _clock.Today();

    public YearBoards Boards { get; }

    public ReviewDesks Desks { get; }

    public RoundSteps Rounds { get; }

    public ReviewSteps Reviews { get; }

    public FeedbackSteps Feedback { get; }

    public MeetingSteps Meetings { get; }

    public NoticeSteps Notices { get; }

    public BallotSteps Ballots { get; }

    public AnnualSteps Annual { get; }

    public GradeSteps Grades { get; }

    public FilingSteps Filings { get; }

    public OutcomeSteps Outcomes { get; }

    public DeclarationSteps Declarations { get; }

    public PledgeSteps Pledges { get; }

    public ExemptionSteps Exemptions { get; }

    public CaseSteps Cases { get; }

    public IEnumerable<PersonId> Holding(Office office) => People.Where(person => person.Offices.Contains(office)).Select(person => person.Id);

    /// <summary>Time goes by, never beyond now; what the books say up to then is entered.</summary>
    public async Task MoveToAsync(DateTimeOffset moment, CancellationToken cancel)
    {
        moment = moment > _now ? _now : moment;
        if (moment < _clock.Now)
        {
            return;
        }

        var due = new List<(EntryMaker, Happening)>();
        while (_ahead.TryPeek(out var next) && next.Maker.At <= moment)
        {
            due.Add(_ahead.Dequeue());
        }

        if (due.Count > 0)
        {
            await Ledger.AppendAsync(_database.Owner, Id, due, cancel);
        }

        _clock.MoveTo(moment);
    }

    public Task<T> ReadAsync<T>(Func<DataScope, Task<T>> read, CancellationToken cancel) => _runner.ReadAsync(Secretary, read, cancel);

    public async Task<YearBoard> BoardAsync(int year, CancellationToken cancel) =>
        await ReadAsync(scope => Boards.BoardAsync(scope, Id, RoundKey.OfYear(year), cancel), cancel)
        ?? throw new InvalidOperationException($"{Organization.Key} has no scheme in {year}");

    /// <summary>An id for something made in a step; also that of a step.</summary>
    public Guid NextId() => DemoId.Of($"lived {Organization.Key} {_operations++}");

    /// <summary>A step, and its confirmation where two must agree.</summary>
    /// <param name="second">who confirms</param>
    /// <exception cref="InvalidOperationException">the program refuses</exception>
    public async Task TakeAsync(Func<OperationId, Task<StepResult>> step, PersonId second, CancellationToken cancel)
    {
        if (await TryAsync(step, second, cancel) is { } refusal)
        {
            throw new InvalidOperationException($"{Organization.Name} {_clock.Now:yyyy-MM-dd HH:mm}: {refusal.Message}");
        }
    }

    /// <inheritdoc cref="TakeAsync"/>
    /// <returns>why it was refused; null when it was taken</returns>
    public async Task<Refusal?> TryAsync(Func<OperationId, Task<StepResult>> step, PersonId second, CancellationToken cancel)
    {
        const int MinutesOfAStep = 4;
        await MoveToAsync(_clock.Now.AddMinutes(MinutesOfAStep), cancel);
        var operation = new OperationId(NextId());
        var result = await step(operation);
        return result is { Refusal: null, AwaitsSecond: true } ? (await _pending.ConfirmAsync(second, operation, cancel)).Refusal : result.Refusal;
    }
}
