using Jifen.Cycle;
using Jifen.Tests.Naive;

namespace Jifen.Integration.Simulation;

/// <summary>
/// A branch-year out of a seed and how it was lived: who came from the neighbouring branch and who went, which entries were made wrong first,
/// which waited for their body, which were withdrawn.
/// </summary>
internal sealed class SimulatedYear
{
    private static readonly string[] Offices = ["书记", "副书记", "支委", "记录员", "考评小组成员", "党小组长"];

    private readonly SeededDice _dice;

    public SimulatedYear(ulong seed, string id, string yaml, string refinement)
    {
        Seed = seed;
        _dice = new SeededDice(~seed);
        var invented = RandomBranchYear.Invent(seed, yaml, refinement);
        Year = invented.Year;
        var calendar = NaiveScheme.Read(yaml, refinement).Calendar.Cycle(Year);
        (First, Last) = (calendar.From, calendar.To);
        People = invented.Members.Select((member, index) => Person(member, index, $"{id}-{seed}")).ToList();
        var byName = People.ToDictionary(person => person.Name, StringComparer.Ordinal);
        Facts = invented.Facts.GroupBy(fact => fact.Id, StringComparer.Ordinal).OrderBy(group => group.Min(fact => fact.Date)).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Fact([.. group], byName)).ToList();
        IsLastYearSettled = _dice.Chance(60);
        Previous = IsLastYearSettled ? invented.Previous : new Dictionary<string, NaivePrevious>(StringComparer.Ordinal);
    }

    public ulong Seed { get; }

    public int Year { get; }

    public DateOnly First { get; }

    public DateOnly Last { get; }

    /// <summary>On which somebody looks: after the year, when January has moved people on.</summary>
    public DateOnly Looked => Last.AddDays(32);

    public IReadOnlyList<SimulatedPerson> People { get; }

    public IReadOnlyList<SimulatedFact> Facts { get; }

    public bool IsLastYearSettled { get; }

    /// <summary>By name of the member; empty where the year before was not settled.</summary>
    public IReadOnlyDictionary<string, NaivePrevious> Previous { get; }

    private SimulatedPerson Person(NaiveMember member, int index, string where)
    {
        // Whoever is invented as gone before he came is one who stayed.
        var to = member.To is { } gone && gone >= (member.From ?? First) && gone <= Looked ? member.To : null;
        var office = _dice.Chance(40) ? _dice.Pick(Offices) : null;
        var cameFrom = member.From is null && _dice.Chance(25) ? Last.AddDays(-_dice.Range(30, 330)) : (DateOnly?)null;
        if (cameFrom >= to)
        {
            cameFrom = null;
        }

        return new SimulatedPerson(
            member.Id,
            new PersonId(Id(where, index)),
            member with { Branch = "支部", Office = office, To = to },
            cameFrom,
            to is null ? Departs.Stays : _dice.Pick(Departs.Moves, Departs.Outside, Departs.Otherwise),
            StandsOtherwiseFirst: _dice.Chance(30),
            IsElsewhereCategoryFirst: _dice.Chance(30),
            ChangesAfterwards: to is null && _dice.Chance(20));
    }

    private SimulatedFact Fact(IReadOnlyList<NaiveFact> joint, IReadOnlyDictionary<string, SimulatedPerson> people) => new(
        joint[0],
        joint.Select(fact => people[fact.Member]).ToList(),
        Delay: _dice.Chance(30) ? _dice.Range(1, 60) : 0,
        _dice.Range(1, 100) switch
        {
            <= 6 => Fate.CorrectedOnce,
            <= 10 => Fate.Withdrawn,
            <= 13 => Fate.WithdrawnTooLate,
            <= 16 => Fate.NotConfirmed,
            <= 18 => Fate.StillWaits,
            _ => Fate.Holds,
        });

    private static Guid Id(string where, int index) =>
        new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{where}-{index}"))[..16]);
}

/// <summary>How somebody left, if he did.</summary>
internal enum Departs
{
    Stays,
    Moves,
    Outside,
    Otherwise,
}

/// <summary>What became of an entry.</summary>
internal enum Fate
{
    Holds,

    /// <summary>entered with another day first, then corrected</summary>
    CorrectedOnce,

    /// <summary>reversed</summary>
    Withdrawn,

    /// <summary>reversed after the day on which somebody looks: then it still held</summary>
    WithdrawnTooLate,

    /// <summary>the body did not confirm it</summary>
    NotConfirmed,

    /// <summary>待定</summary>
    StillWaits,
}

/// <param name="Final">as he stands at the end of the year</param>
/// <param name="CameFromNeighbour">transferred in on that day; null: not from there</param>
internal sealed record SimulatedPerson(
    string Name,
    PersonId Person,
    NaiveMember Final,
    DateOnly? CameFromNeighbour,
    Departs Departs,
    bool StandsOtherwiseFirst,
    bool IsElsewhereCategoryFirst,
    bool ChangesAfterwards);

/// <param name="What">as it was in the end; its id and its member are given by whoever enters it</param>
/// <param name="Delay">days between what happened and its entry</param>
internal sealed record SimulatedFact(NaiveFact What, IReadOnlyList<SimulatedPerson> Sharers, int Delay, Fate Fate)
{
    public bool Counts => Fate is Fate.Holds or Fate.CorrectedOnce or Fate.WithdrawnTooLate;
}
