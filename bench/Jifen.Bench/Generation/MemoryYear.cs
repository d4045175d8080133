using System.Globalization;
using System.Text.Unicode;
using Jifen.Scoring.Facts;

namespace Jifen.Bench.Generation;

/// <summary>The same year twice in memory: as the product holds it, and as plain columns for a loop written by hand.</summary>
internal sealed class MemoryYear
{
    // Text of one segment stays well below 2 GB.
    private const int MembersOfSegment = 250_000;

    private MemoryYear(Roster roster, FactTable facts, Columns columns)
    {
        Roster = roster;
        Facts = facts;
        Columns = columns;
    }

    public Roster Roster { get; }

    public FactTable Facts { get; }

    public Columns Columns { get; }

    public static MemoryYear Of(BranchYears years)
    {
        var people = PeopleOf(years);
        var columns = new Columns(people);
        var segments = new List<FactSegment>();
        var number = 0;
        for (var first = 0; first < people.Length; first += MembersOfSegment)
        {
            segments.Add(SegmentOf(years, first, Math.Min(people.Length, first + MembersOfSegment), ref number, columns));
        }

        columns.Trim();
        return new MemoryYear(new Roster(people), FactTable.Of(people.Length, [.. segments], Environment.ProcessorCount), columns);
    }

    /// <summary>The facts as a reader leaves them, not yet grouped by member.</summary>
    public static (Roster Roster, FactSegment Segment) Ungrouped(BranchYears years)
    {
        var number = 0;
        return (new Roster(PeopleOf(years)), SegmentOf(years, 0, years.Count, ref number, null));
    }

    private static Member[] PeopleOf(BranchYears years)
    {
        var people = new Member[years.Count];
        for (var m = 0; m < people.Length; m++)
        {
            people[m] = years.MemberAt(m);
        }

        return people;
    }

    private static FactSegment SegmentOf(BranchYears years, int firstMember, int endMember, ref int number, Columns? columns)
    {
        var segment = new FactSegment((endMember - firstMember) * 64);
        Span<MadeFact> facts = new MadeFact[BranchYears.MostFacts];
        Span<byte> id = stackalloc byte[9];
        for (var m = firstMember; m < endMember; m++)
        {
            foreach (ref readonly var fact in facts[..years.FactsOf(m, facts)])
            {
                Utf8.TryWrite(id, CultureInfo.InvariantCulture, $"F{++number:D8}", out _);
                if (!fact.IsPending)
                {
                    segment.Add(m, (int)fact.Kind, fact.Day, fact.Quantity, fact.Level, fact.Amount, 1, id, Contents.All[fact.Content]);
                    columns?.Add(fact);
                }
            }

            columns?.EndMember(m);
        }

        return segment;
    }
}
