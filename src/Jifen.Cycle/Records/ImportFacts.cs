using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Records;

/// <summary>A fact of a table from elsewhere.</summary>
/// <param name="Id">编号 in that table: the same fact is taken once, however often the table comes</param>
/// <param name="IsPending">待定 in that table; what waits for a body by the scheme waits in any case</param>
public sealed record ImportedFact(
    string Id,
    IReadOnlyList<PersonId> People,
    string Kind,
    DateOnly On,
    decimal? Quantity,
    string? Level,
    string? Content,
    decimal? Points,
    bool IsPending);

/// <summary>导入事实: a table of facts, all or nothing; the same table again changes nothing.</summary>
/// <param name="Source">name of the table, for the ground</param>
public sealed record ImportFacts(string Source, IReadOnlyList<ImportedFact> Facts)
{
    /// <param name="schemeOn">in force on a day; null: none was</param>
    public Ruling Decide(RecordDesk desk, Func<DateOnly, Scheme?> schemeOn)
    {
        var faults = new List<RowFault>();
        var happenings = new List<Happening>();
        for (var row = 0; row < Facts.Count; row++)
        {
            var fact = Facts[row];
            var people = fact.People.Where(person => !desk.Excluded.ContainsKey(person)).ToList();
            if (people.Count == 0)
            {
                continue;
            }

            var ruling = new RecordFact(
                people, fact.Kind, fact.On, fact.Quantity, fact.Level, fact.Content, fact.Points, $"导入“{Source}”，编号{fact.Id}", []).Decide(desk, schemeOn(fact.On));
            switch (ruling.Refusal)
            {
                case InputIsWrong wrong:
                    faults.AddRange(wrong.Faults.Select(fault => fault with { Row = row, Message = $"编号{fact.Id}：{fault.Message}" }));
                    break;
                case { } refusal:
                    faults.Add(new RowFault(row, Fields.Kind, $"编号{fact.Id}：{refusal.Message}"));
                    break;
                default:
                    happenings.AddRange(ruling.Happenings.Select(happening => Taken(happening, fact)));
                    break;
            }
        }

        return faults.Count > 0 ? new InputIsWrong(faults) : Ruling.Of(happenings);
    }

    /// <summary>People whose facts somebody else records: left out.</summary>
    public IReadOnlyList<PersonId> LeftOut(RecordDesk desk) =>
        Facts.SelectMany(fact => fact.People).Where(desk.Excluded.ContainsKey).Distinct().ToList();

    private static Happening Taken(Happening happening, ImportedFact fact)
    {
        var recorded = (FactRecorded)happening.Event;
        return happening with
        {
            Event = fact.IsPending ? recorded with { State = FactState.Pending } : recorded,
            SourceKey = $"import {fact.Id} {happening.About}",
        };
    }
}
