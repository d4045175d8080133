using Jifen.Cycle.Scorecards;
using Jifen.Scoring;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cycle.AnnualResults;

/// <summary>One person's year in the table that is settled.</summary>
/// <inheritdoc cref="ResultSettled"/>
public sealed record AnnualLine(
    PersonId Person,
    decimal Total,
    IReadOnlyList<decimal> Sections,
    int? Rank,
    int Ranked,
    string? Grade,
    decimal? Running,
    IReadOnlyList<string> Outcomes,
    string? Category)
{
    /// <summary>What differs, in words with both figures; empty when nothing does.</summary>
    public IReadOnlyList<string> DifferencesFrom(AnnualLine other, IReadOnlyList<string> sections)
    {
        var found = new List<string>();
        for (var s = 0; s < sections.Count; s++)
        {
            Compare(sections[s], Text(other.Sections.ElementAtOrDefault(s)), Text(Sections.ElementAtOrDefault(s)));
        }

        Compare("总分", Text(other.Total), Text(Total));
        Compare("名次", Place(other), Place(this));
        Compare("等次", other.Grade ?? "不评", Grade ?? "不评");
        Compare("滚存", Text(other.Running), Text(Running));
        Compare("结果运用", Said(other.Outcomes), Said(Outcomes));
        return found;

        void Compare(string what, string was, string now)
        {
            if (was != now)
            {
                found.Add($"{what}原为{(was.Length == 0 ? "无" : was)}，现为{(now.Length == 0 ? "无" : now)}");
            }
        }
    }

    internal static string Said(IReadOnlyList<string> outcomes) => outcomes.Count == 0 ? "无" : string.Join("、", outcomes);

    private static string Text(decimal? value) => value is { } known ? new Points((long)(known * 100)).ToString() : "";

    private static string Place(AnnualLine line) => line.Rank is { } rank ? $"{line.Ranked}人中第{rank}" : "";
}

/// <summary>A person whose line is not what it was.</summary>
/// <param name="What">one sentence for each figure</param>
public sealed record AnnualDifference(PersonId Person, IReadOnlyList<string> What)
{
    /// <summary>What follows from a decided grade, where it is not what it was; null where it is.</summary>
    public static AnnualDifference? OfDecided(PersonId person, IReadOnlyList<string> was, IReadOnlyList<string> now) => was.SequenceEqual(now)
        ? null
        : new AnnualDifference(person, [$"照已定的等次，结果运用原为{AnnualLine.Said(was)}，现为{AnnualLine.Said(now)}"]);
}

/// <summary>附件4 as data: what everybody of a branch came to in a cycle, in an order that does not depend on names. What is settled, filed and compared.</summary>
/// <param name="Scheme">fingerprint</param>
public sealed record AnnualTable(int Year, string Scheme, IReadOnlyList<AnnualLine> Lines)
{
    /// <summary>Of those whose sheet is this branch's; who was scored elsewhere, or is exempt, is not in it.</summary>
    public static AnnualTable Of(BranchScores scores) => Of(scores, scores.Scorer, scores.Totals);

    /// <param name="totals">of the same people, as <see cref="BranchScores.WithGrades"/> works them out</param>
    public static AnnualTable Of(BranchScores scores, Scorer scorer, Totals totals) =>
        Of(scorer, totals, scores.People.Select(person => person.Person).ToList(), index => scores.People[index].IsScoredHere);

    /// <param name="people">in the order of the roster</param>
    /// <param name="isScoredHere">by place in the roster</param>
    public static AnnualTable Of(Scorer scorer, Totals totals, IReadOnlyList<PersonId> people, Func<int, bool> isScoredHere) => new(
        scorer.Plan.Calendar.Year,
        scorer.Plan.Scheme.Fingerprint,
        Enumerable.Range(0, people.Count)
            .Where(index => isScoredHere(index) && totals.HasScorecard(index))
            .Select(index => LineOf(scorer, totals, people[index], index))
            .OrderBy(line => line.Person.Value)
            .ToList());

    public AnnualLine? LineOf(PersonId person) => Lines.FirstOrDefault(line => line.Person == person);

    /// <summary>Line by line against an earlier table; empty when nothing differs.</summary>
    /// <param name="sections">names of the scheme's sections</param>
    public IReadOnlyList<AnnualDifference> DifferencesFrom(AnnualTable earlier, IReadOnlyList<string> sections)
    {
        var found = new List<AnnualDifference>();
        foreach (var line in Lines)
        {
            IReadOnlyList<string> what = earlier.LineOf(line.Person) is { } was ? line.DifferencesFrom(was, sections) : ["原来没有这个人"];
            if (what.Count > 0)
            {
                found.Add(new AnnualDifference(line.Person, what));
            }
        }

        found.AddRange(earlier.Lines.Where(line => LineOf(line.Person) is null).Select(line => new AnnualDifference(line.Person, ["现在没有这个人"])));
        return found;
    }

    private static decimal Number(Points points) => points.Hundredths / 100m;

    private static AnnualLine LineOf(Scorer scorer, Totals totals, PersonId person, int index)
    {
        var rank = totals.RankOf(index);
        return new AnnualLine(
            person,
            Number(totals.TotalOf(index)),
            Enumerable.Range(0, scorer.Plan.Scheme.Sections.Count).Select(section => Number(totals.SectionOf(index, section))).ToList(),
            rank > 0 ? rank : null,
            rank > 0 ? scorer.Explain(totals, index).RankedPeople : 0,
            totals.GradeOf(index),
            totals.RunningOf(index) is { } running ? Number(running) : null,
            totals.OutcomesOf(index).Select(outcome => outcome.Id).ToList(),
            scorer.Roster.Members[index].Category);
    }
}
