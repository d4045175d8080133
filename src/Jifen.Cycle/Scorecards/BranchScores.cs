using System.Collections.Concurrent;
using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes.Forms;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cycle.Scorecards;

/// <summary>
/// The points of a branch's people in one cycle, as of a day: computed from the books by the scheme, with every line's reason. Immutable.
/// </summary>
public sealed class BranchScores
{
    private readonly Dictionary<PersonId, int> _index;
    private readonly Dictionary<string, DerivedFact> _facts;
    private readonly ILookup<PersonId, DerivedFact> _byPerson;
    private readonly ConcurrentDictionary<string, Totals> _madeUp = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<Scorecard>> _cards;

    private BranchScores(
        Plan plan, BranchBooks books, DateOnly day, IReadOnlyList<ScoredPerson> people, IReadOnlyList<DerivedFact> facts, DerivedFacts derived,
        PreviousYear? previous, IReadOnlyList<QuotaChoice> choices)
    {
        Plan = plan;
        Books = books;
        Day = day;
        People = people;
        Facts = facts;
        Uncounted = derived.Uncounted;
        Pending = derived.Pending;
        _index = people.Select((person, index) => (person.Person, index)).ToDictionary(pair => pair.Person, pair => pair.index);
        _facts = facts.ToDictionary(fact => fact.Id, StringComparer.Ordinal);
        _byPerson = facts.ToLookup(fact => fact.Person);
        Roster = new Roster(people.Select(person => person.Member).ToList());
        Segment = SegmentOf(facts, _index);
        Previous = previous;
        Scorer = new Scorer(plan, Roster, FactTable.Of(Roster.Count, Segment), previous) { Choices = choices };
        Totals = Scorer.Score();
        _cards = new Lazy<IReadOnlyList<Scorecard>>(() => Enumerable.Range(0, Roster.Count).Select(member => Scorer.Explain(Totals, member)).ToList());
    }

    public Plan Plan { get; }

    public BranchBooks Books { get; }

    /// <summary>As of the end of this day.</summary>
    public DateOnly Day { get; }

    /// <summary>Those on the roll first; by name, as a roster lists them.</summary>
    public IReadOnlyList<ScoredPerson> People { get; }

    /// <summary>Every fact that counts, by date, then id.</summary>
    public IReadOnlyList<DerivedFact> Facts { get; }

    /// <summary>Records the scheme takes no notice of, with the reason.</summary>
    public IReadOnlyList<UncountedRecord> Uncounted { get; }

    public IReadOnlyList<PendingRecord> Pending { get; }

    public PreviousYear? Previous { get; }

    public Roster Roster { get; }

    public Scorer Scorer { get; }

    public Totals Totals { get; }

    /// <summary>Sheets of everybody, in the order of <see cref="People"/>; made when first asked for.</summary>
    public IReadOnlyList<Scorecard> Cards => _cards.Value;

    internal FactSegment Segment { get; }

    /// <param name="day">on which somebody looks; after the cycle its last day decides who is on the roll</param>
    /// <param name="previous">results of the cycle before; null for none</param>
    /// <param name="choices">what was chosen where a quota was exceeded; null for nothing</param>
    /// <param name="judgedOn">the day on which dues are judged, where it is a later one: what was not paid in the last month of a round is known after it</param>
    public static BranchScores Of(
        Plan plan, BranchBooks books, DateOnly day, PreviousYear? previous = null, IReadOnlyList<QuotaChoice>? choices = null, DateOnly? judgedOn = null)
    {
        var people = books.People.Select(person => ScoredPerson.Of(person, books, plan, day))
            .OrderBy(person => person.Presence)
            .ThenBy(person => person.Place)
            .ThenBy(person => person.Person.Value)
            .ToList();
        var derived = new DerivedFacts(plan.Scheme, judgedOn ?? day);
        var facts = derived.Of(books, people.ToDictionary(person => person.Person, person => person.Member))
            .OrderBy(fact => fact.On)
            .ThenBy(fact => fact.Id, StringComparer.Ordinal)
            .ToList();
        if (judgedOn > day)
        {
            // Known since, but of a later round: late dues that were made good.
            facts.RemoveAll(fact => fact.On > day);
        }

        // What happened to somebody after he left is the business of the branch he went to.
        var leftOn = people.Where(person => person.LeftOn is not null).ToDictionary(person => person.Person, person => person.LeftOn!.Value);
        facts.RemoveAll(fact => IsGone(fact.Person, fact.On));
        derived.Uncounted.RemoveAll(record => IsGone(record.Person, record.On));
        derived.Pending.RemoveAll(record => IsGone(record.Person, record.On));
        derived.Uncounted.Sort((left, right) => (left.On, left.Entry.Value).CompareTo((right.On, right.Entry.Value)));
        derived.Pending.Sort((left, right) => (left.On, left.Entry.Value).CompareTo((right.On, right.Entry.Value)));
        return new BranchScores(plan, books, day, people, facts, derived, previous, choices ?? []);

        bool IsGone(PersonId person, DateOnly on) => leftOn.TryGetValue(person, out var last) && on > last;
    }

    /// <returns>−1 for somebody who is not in these books</returns>
    public int IndexOf(PersonId person) => _index.GetValueOrDefault(person, -1);

    public ScoredPerson? PersonOf(PersonId person) => _index.TryGetValue(person, out var index) ? People[index] : null;

    /// <summary>得分单 of one person.</summary>
    /// <exception cref="KeyNotFoundException">the person is not in these books</exception>
    public Scorecard CardOf(PersonId person) => Cards[_index[person]];

    /// <summary>What a line of a sheet rests on; null for a line that rests on no single fact.</summary>
    public DerivedFact? FactOf(string? factId) => factId is null ? null : _facts.GetValueOrDefault(factId);

    /// <summary>Facts of one person, by date, then id.</summary>
    public IEnumerable<DerivedFact> FactsOf(PersonId person) => _byPerson[person];

    /// <summary>Without those whom another branch scores: what this branch files and prints.</summary>
    public BranchScores OfThoseScoredHere()
    {
        var people = People.Where(person => person.IsScoredHere).ToList();
        var known = people.Select(person => person.Person).ToHashSet();
        return new BranchScores(
            Plan, Books, Day, people, Facts.Where(fact => known.Contains(fact.Person)).ToList(), new DerivedFacts(Plan.Scheme, Day), Previous, Scorer.Choices);
    }

    /// <summary>The same year with grades people decided (定等次) in the place of those the points propose: outcomes go by them.</summary>
    public (Scorer Scorer, Totals Totals) WithGrades(IReadOnlyDictionary<PersonId, string> grades)
    {
        var scorer = Scorer.WithGrades(grades.ToDictionary(one => one.Key.ToString(), one => one.Value, StringComparer.Ordinal));
        return (scorer, scorer.Score());
    }

    /// <summary>Totals as they would be, had everybody all that the rule requires.</summary>
    internal Totals IfMadeUp(Shortfall rule) => _madeUp.GetOrAdd(rule.Id, _ => Shortage.WithMadeUp(this, rule));

    /// <summary>What the next cycle asks of this one: totals of everybody, outcomes of those who were ranked here.</summary>
    public IReadOnlyList<PreviousResult> Results() => [.. Enumerable.Range(0, Roster.Count)
        .Where(Totals.HasScorecard)
        .Select(member => new PreviousResult(
            Roster.Members[member].Id,
            Totals.TotalOf(member),
            // Whoever was in another branch then has no rank among these: what hung on a rank cannot be said of him here.
            People[member].Presence == Presence.OnRoll ? Totals.OutcomesOf(member).Select(outcome => outcome.Id).ToList() : [],
            Totals.RunningOf(member)))];

    private static FactSegment SegmentOf(IReadOnlyList<DerivedFact> facts, Dictionary<PersonId, int> index)
    {
        var segment = new FactSegment(Math.Max(16, facts.Count));
        foreach (var fact in facts)
        {
            segment.Add(
                index[fact.Person],
                fact.Kind.Index,
                fact.On.DayNumber,
                checked((int)fact.Quantity),
                fact.Level,
                fact.Amount,
                fact.Sharers,
                Encoding.UTF8.GetBytes(fact.Id),
                fact.Content is null ? default : Encoding.UTF8.GetBytes(fact.Content));
        }

        return segment;
    }
}
