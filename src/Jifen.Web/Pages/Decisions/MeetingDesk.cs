using System.Globalization;
using Jifen.Cycle;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Store.Steps;
using Jifen.Web.Components;
using Jifen.Web.Pages.Rounds;
using Microsoft.AspNetCore.Components;

namespace Jifen.Web.Pages.Decisions;

/// <summary>Votes are whole numbers.</summary>
public sealed record InputIsWrongCount() : Refusal("赞成、反对、弃权都要填，写整数；没有的写 0。");

/// <summary>What the pages of a meeting load: the meeting, who is of it, what is put before it.</summary>
public abstract class MeetingDesk : YearPage
{
    private IReadOnlyDictionary<MotionId, string> _pages = new Dictionary<MotionId, string>();
    private IReadOnlyList<Reopening> _reopenings = [];

    /// <summary>from the address: key of the round</summary>
    [Parameter]
    public string Key { get; set; } = "";

    /// <summary>An earlier meeting; nothing means the one that is open, or the last.</summary>
    [SupplyParameterFromQuery(Name = "meeting")]
    public string? MeetingAsked { get; set; }

    [Inject]
    private protected RoundTables Tables { get; set; } = null!;

    [Inject]
    private protected RecordSteps Records { get; set; } = null!;

    /// <summary>The one asked for, the one that is open, or the last that was held; null: none was opened in this round</summary>
    internal MembersMeeting? Meeting { get; private set; }

    /// <summary>A meeting of another round that is open.</summary>
    internal MembersMeeting? Elsewhere { get; private set; }

    /// <summary>No meeting of this round is open, and no earlier one was asked for: the next may be prepared and opened.</summary>
    internal bool IsBetween { get; private set; }

    internal IReadOnlyList<MeetingLine> Lines { get; private set; } = [];

    internal IReadOnlyList<MotionOutcome> Motions { get; private set; } = [];

    /// <summary>Counts that were put right at this meeting.</summary>
    internal IReadOnlyList<VoteCorrection> Corrected { get; private set; } = [];

    /// <summary>Motions for the next meeting.</summary>
    internal IReadOnlyList<MotionOutcome> Waiting { get; private set; } = [];

    /// <summary>What comes before the next members' meeting by itself.</summary>
    internal IReadOnlyList<AgendaMatter> Coming { get; private set; } = [];

    /// <summary>Of the round, before it is decided.</summary>
    internal IReadOnlyList<DisputedItem> Disputed { get; private set; } = [];

    internal IReadOnlyList<RollPerson> Roll { get; private set; } = [];

    internal IReadOnlyDictionary<PersonId, string> Names { get; private set; } = new Dictionary<PersonId, string>();

    /// <summary>The step this round asks of a meeting; null: none.</summary>
    internal PlannedStep? Planned { get; private set; }

    /// <summary>Gatherings that may be this meeting.</summary>
    internal IReadOnlyList<BranchGathering> Gatherings { get; private set; } = [];

    /// <summary>Of those the one of today that this meeting most likely is; null: none was planned.</summary>
    internal GatheringId? GatheringToday { get; private set; }

    /// <summary>The table of points as it is now.</summary>
    internal PointsTable Now { get; private set; } = new([]);

    /// <summary>Facts of the round that a motion may ask to put right, by person.</summary>
    internal IReadOnlyList<Choice> Facts { get; private set; } = [];

    /// <summary>Who signed in at the gathering this meeting is: proposed as present until the host has called over.</summary>
    internal IReadOnlySet<PersonId> SignedIn { get; private set; } = new HashSet<PersonId>();

    /// <summary>Whose leave from that gathering was granted: not proposed as present, and not among those who simply did not come.</summary>
    internal IReadOnlySet<PersonId> OnLeave { get; private set; } = new HashSet<PersonId>();

    internal VotingRule Rule => VotingRule.Of(Planned?.Step);

    internal MeetingBody Body => Meeting?.Body ?? OpenMeeting.BodyOf(Planned?.Step);

    /// <summary>Who would sit in the next meeting: once the step is decided only motions are left, and those are for the members.</summary>
    internal MeetingBody NextBody => OpenMeeting.BodyOf(NextStep?.Step);

    /// <summary>What the next meeting has to decide of the round; null: nothing any more.</summary>
    internal PlannedStep? NextStep => Planned is not null && Board.StateOf(Planned) is not StepState.Ended ? Planned : null;

    /// <summary>Who was expected with a vote, is counted, and had leave.</summary>
    internal IReadOnlyList<PersonId> Excused => [.. Missing.Where(OnLeave.Contains)];

    /// <summary>Who was expected with a vote, is counted, and neither came nor had leave.</summary>
    internal IReadOnlyList<PersonId> Absent => [.. Missing.Where(person => !OnLeave.Contains(person))];

    private IEnumerable<PersonId> Missing => Meeting!.People.Where(person => person is { HasVote: true, IsCounted: true, IsPresent: false }).Select(person => person.Person);

    /// <summary>Why what a motion came to holds no more: its step was opened again since; null: it holds.</summary>
    internal string? UndoneBy(MotionOutcome of) =>
        of.Motion is { Kind: MotionKind.PointsTable, State: MotionState.Passed }
        && _reopenings.FirstOrDefault(one => one.Step == Meeting?.Step && one.RecordedAt > of.At) is { } since
            ? ReopeningText.Of(since, Names)
            : null;

    internal Guid FormOperation => Operation;

    internal Actor Myself => Me;

    internal OrganizationId BranchId => Branch;

    private protected override string RoundAsked => Key;

    private protected override ActionRow Needed => Actions.RN1SeeRounds;

    /// <summary>A form has to stand on the page when it was sent, also where its time is over.</summary>
    internal bool Shows(string form, bool isItsTime) => isItsTime || Sent.Is(form);

    internal bool IsAllowed(ActionRow action) => May(action);

    /// <summary>Whether one may print or show the table of points without stating a reason first.</summary>
    internal bool MayTable => Authority.Judge(Actions.RC6ReadOthersPoints, Me, Target.Of(Where)).IsAllowedWith(reason: null);

    internal string Typed(string field) => Sent.Text(field);

    internal IReadOnlyList<PersonId> TypedPeople(string field) => Sent.People(field);

    internal bool WasSent(string form) => Sent.Is(form);

    internal string? Fault(string field) => FaultOf(field);

    internal string UrlOf(string path) => Address(path);

    /// <summary>Where the matter a motion stands for is read in full; null: there is none, or it is out of sight.</summary>
    internal string? PageOf(MotionId motion) => _pages.TryGetValue(motion, out var page) ? Address(page) : null;

    /// <summary>What the counts of a motion were put right from, and why; the earliest first.</summary>
    internal IEnumerable<string> CorrectionsOf(MotionOutcome of) => Corrected.Where(one => one.Motion == of.Motion.Id).Select(one =>
        $"{CivilTime.Of(one.RecordedAt).ToString("HH:mm", CultureInfo.InvariantCulture)}由{NameOf(one.RecordedBy)}更正过票数，原来误记为{CountInWords(one.InFavour, one.Against, one.Abstaining)}，{(one.IsPassed ? MotionState.Passed : MotionState.Failed).Name()}；理由：{one.Reason}");

    internal static string CountInWords(int? inFavour, int? against, int? abstaining) => $"赞成{inFavour}票，反对{against}票，弃权{abstaining}票";

    internal string NameOf(PersonId person) => Names.GetValueOrDefault(person, "（已转出）");

    internal string NamesOf(IEnumerable<PersonId> people) => string.Join("、", people.Select(NameOf));

    private protected override async Task LoadYearAsync(DataScope scope)
    {
        Planned = Board.Plan.In(Round!.Key).FirstOrDefault(step => step.Step.Kind == StepKinds.Decision);
        Lines = await Meetings.InRoundAsync(scope, Branch, Round.Key, Visit.Aborted);
        var open = await Meetings.OpenAsync(scope, Branch, Visit.Aborted);
        Elsewhere = open is not null && open.Round != Round.Key ? open : null;
        Meeting = Guid.TryParse(MeetingAsked, out var asked) ? await Meetings.OneAsync(scope, Branch, new MeetingId(asked), Visit.Aborted)
            : open is not null && Elsewhere is null ? open
            // The last one stays in sight: whoever closed it looks for its minutes, not for the next.
            : Lines is [var last, ..] ? await Meetings.OneAsync(scope, Branch, last.MeetingId, Visit.Aborted)
            : null;
        if (Meeting is not null && Meeting.Round != Round.Key)
        {
            Meeting = null;
        }

        IsBetween = Meeting is null || (Meeting.IsClosed && !Guid.TryParse(MeetingAsked, out _));

        if (Meeting?.Gathering is { } gathering && await GatheringStates.OneAsync(scope, gathering, Visit.Aborted) is var (organization, found))
        {
            var people = await GatheringPeople.OfAsync(scope, organization, found, Visit.Aborted);
            // What the roll of the gathering says holds; before it is taken, what was decided on the request.
            OnLeave = people
                .Where(person => person.Mark is { Attendance: not Attendance.MadeUp } mark ? mark.Attendance == Attendance.Excused : person.Leave is { Granted: true })
                .Select(person => person.PersonId)
                .ToHashSet();
            SignedIn = people
                .Where(person => person.CheckIn is not null || person.Mark is { Attendance: not (Attendance.Absent or Attendance.Excused or Attendance.MadeUp) })
                .Select(person => person.PersonId)
                .ToHashSet();
        }

        Motions = Meeting is null ? [] : await Meetings.MotionsAsync(scope, Branch, Meeting.Id, Visit.Aborted);
        Corrected = Meeting is null ? [] : await Votes.CorrectedAtAsync(scope, Branch, Meeting.Id, Visit.Aborted);
        Waiting = await Meetings.MotionsAsync(scope, Branch, null, Visit.Aborted);
        if (IsBetween && May(Actions.MT5PutMotion))
        {
            Coming = NextBody == MeetingBody.Members ? await new Agenda(Boards).WaitingAsync(scope, Branch, Visit.Aborted) : [];
            Disputed = Planned is null ? [] : await DisputedItem.OfAsync(scope, Year!, Branch, Round, Visit.Aborted);
        }

        _pages = await Agenda.PagesAsync(scope, Branch, Motions.Concat(Waiting).Select(motion => motion.Motion.Id).Concat(Coming.Select(matter => matter.Motion)), Visit.Aborted);
        Roll = await GatheringStates.OnRollAsync(scope, Branch, Visit.Today, Visit.Aborted);
        _reopenings = await Reopenings.InRoundAsync(scope, Branch, Round.Key, Visit.Aborted);
        Names = await KnownNames.OfAsync(scope, PeopleNamed(), Visit.Aborted);
        if (IsBetween)
        {
            await LoadGatheringsAsync(scope);
        }

        if (Planned is not null)
        {
            var scores = await Tables.ScoresAsync(scope, Branch, Round, Visit.Aborted);
            Now = scores is null ? Now : PointsTable.Of(scores);
            Facts = scores is null ? [] : FactsOf(scores);
        }

        await LoadMoreAsync(scope);
    }

    private async Task LoadGatheringsAsync(DataScope scope)
    {
        Gatherings = [.. (await BranchGatherings.ListAsync(scope, Branch, Visit.Today.AddDays(-31), Visit.Today.AddDays(7), null, Visit.Aborted))
            .Where(one => one.KindOf is GatheringKind.MembersMeeting or GatheringKind.CommitteeMeeting && one.StateOf != GatheringState.Cancelled)];
        var fitting = NextBody == MeetingBody.Members ? GatheringKind.MembersMeeting : GatheringKind.CommitteeMeeting;
        var held = await Meetings.HeldAsAsync(scope, Branch, Visit.Aborted);
        GatheringToday = Gatherings
            .Where(one => one.KindOf == fitting && one.Day == Visit.Today && !held.Contains(one.GatheringId))
            .OrderBy(one => (one.StartsAt - Visit.Now).Duration())
            .FirstOrDefault()?.GatheringId;
    }

    /// <summary>What one page needs besides.</summary>
    private protected virtual Task LoadMoreAsync(DataScope scope) => Task.CompletedTask;

    // Whose it is stands in every line, not above it alone: a chosen line shows nothing of its heading.
    private List<Choice> FactsOf(BranchScores scores)
    {
        var byName = Roll.Select((person, place) => (person.Person, place)).ToDictionary(one => one.Person, one => one.place);
        return
        [
            .. scores.Books.Facts
                .Where(fact => fact.State == Cycle.Records.FactState.Counts && Round!.Contains(fact.HappenedOn) && scores.PersonOf(fact.Person) is not null)
                .OrderBy(fact => byName.GetValueOrDefault(fact.Person, int.MaxValue))
                .ThenBy(fact => scores.PersonOf(fact.Person)!.Place)
                .ThenBy(fact => fact.HappenedOn)
                .Select(fact => new Choice(
                    fact.Entry.ToString(),
                    $"{scores.PersonOf(fact.Person)!.Member.Name}，{DayText.MonthDay(fact.HappenedOn)} {scores.Plan.Scheme.FactKinds.FirstOrDefault(kind => kind.Id == fact.Kind)?.Name ?? fact.Kind}")),
        ];
    }

    private List<PersonId> PeopleNamed() =>
    [
        .. Roll.Select(person => person.Person)
            .Concat(Meeting is { } meeting ? [.. meeting.People.Select(person => person.Person), meeting.Host, meeting.MinutesBy] : [])
            .Concat(_reopenings.SelectMany(one => one.People))
            .Concat(Corrected.Select(one => one.RecordedBy))
            .Concat(Coming.SelectMany(matter => matter.Concerned))
            .Concat(Motions.Concat(Waiting).SelectMany(motion => motion.Motion.Concerned.Concat(motion.Motion.Table?.Rows.Select(row => row.Person) ?? [])))
            .Distinct(),
    ];
}
