using Jifen.Cycle.Organizations;
using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Reviews;

/// <summary>An office somebody holds in the branch today.</summary>
public sealed record Seat(PersonId Person, Office Office);

/// <summary>
/// Who reviews whom: the body the scheme names (谁), nobody his own points; in the committee the recorder's are reviewed by the secretary
/// or deputy, the secretary's by the deputy (JSIT-7①).
/// </summary>
/// <param name="Seats">of the branch, everybody's</param>
/// <param name="Recorders">who keep records now</param>
public sealed record ReviewBench(PlannedStep Step, PersonId Actor, IReadOnlyList<Seat> Seats, IReadOnlyCollection<PersonId> Recorders)
{
    private static readonly Office[] Committee = [Office.Secretary, Office.DeputySecretary, Office.CommitteeMember];

    /// <summary>The offices whose holders review; the committee where the scheme names no body with seats.</summary>
    public IReadOnlyList<Office> Offices { get; } = [.. Step.Step.By.SelectMany(OfficesOf).Distinct().DefaultIfEmpty(Office.Secretary)];

    /// <summary>支委会初评（2025年第三季度）</summary>
    public string Body => $"{Step.By}{Step.Name}（{Step.Round.Name}）";

    private bool IsCommittee => Offices.Contains(Office.Secretary);

    /// <summary>Why the actor may not take part; null when he may.</summary>
    public Refusal? Objection() => IsOfTheBody(Actor) ? null : new NotOfTheReviewingBody(Step);

    /// <summary>Why the actor may not review this person; null when he may.</summary>
    public Refusal? Objection(PersonId about)
    {
        if (Objection() is { } refusal)
        {
            return refusal;
        }

        if (about == Actor)
        {
            return new CannotReviewOwnPoints(Step);
        }

        if (!IsCommittee)
        {
            return null;
        }

        if (Holds(about, Office.Secretary))
        {
            return Others(about, Office.DeputySecretary) is { Count: > 0 } deputies && !deputies.Contains(Actor) ? new ReviewedBySomebodyElse("书记", "副书记") : null;
        }

        return Recorders.Contains(about) && Others(about, Office.Secretary, Office.DeputySecretary) is { Count: > 0 } heads && !heads.Contains(Actor)
            ? new ReviewedBySomebodyElse("记录员", "书记或副书记")
            : null;
    }

    /// <summary>Of the body that reviews.</summary>
    public IReadOnlyList<PersonId> Members => [.. Seats.Where(seat => Offices.Contains(seat.Office)).Select(seat => seat.Person).Distinct()];

    /// <summary>Who reviews this person; empty: somebody has to be given the office first.</summary>
    public IReadOnlyList<PersonId> ReviewersOf(PersonId about) => [.. Members.Where(member => (this with { Actor = member }).Objection(about) is null)];

    private static IEnumerable<Office> OfficesOf(string body) => body switch
    {
        "支委会" or "支部" => Committee,
        "考评小组" => [Office.Evaluator],
        "领导小组" => [Office.LeadingGroupMember],
        "书记" => [Office.Secretary],
        "副书记" => [Office.DeputySecretary],
        "书记或副书记" => [Office.Secretary, Office.DeputySecretary],
        _ => [],
    };

    private bool IsOfTheBody(PersonId person) => Seats.Any(seat => seat.Person == person && Offices.Contains(seat.Office));

    private bool Holds(PersonId person, Office office) => Seats.Any(seat => seat.Person == person && seat.Office == office);

    private List<PersonId> Others(PersonId but, params Office[] offices) =>
        [.. Seats.Where(seat => seat.Person != but && offices.Contains(seat.Office)).Select(seat => seat.Person).Distinct()];
}

/// <summary>The scheme gives the review to another body.</summary>
public sealed record NotOfTheReviewingBody(PlannedStep Step)
    : Refusal($"“{Step.Name}”由{Step.By}办，您不在其中。{Step.By}还没有人的，请书记先在“任职”里登记。", Step.Clause);

/// <summary>Nobody his own.</summary>
public sealed record CannotReviewOwnPoints(PlannedStep Step) : Refusal("本人的积分和申报，本人回避，由其他人核实。", Step.Clause);

/// <summary>JSIT-7①: recorder and secretary have somebody named.</summary>
public sealed record ReviewedBySomebodyElse(string Whose, string By) : Refusal($"{Whose}本人的积分和申报，由{By}核实。", "JSIT-7①");
