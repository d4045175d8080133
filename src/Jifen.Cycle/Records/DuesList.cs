namespace Jifen.Cycle.Records;

/// <summary>A row of a list of dues from elsewhere, read but not yet held against the roll.</summary>
/// <param name="Place">where it stands, for people: 第3行, Sheet1!A3</param>
/// <param name="Number">编号; null when the list has none</param>
/// <param name="Name">姓名; null when the list has none</param>
public sealed record DuesListRow(string Place, string? Number, string? Name, DateOnly Month, decimal Due, decimal Paid, DateOnly? PaidOn);

/// <summary>What becomes of a row.</summary>
public enum DuesRowFate
{
    /// <summary>is recorded</summary>
    New,

    /// <summary>more was paid since the last entry: is recorded</summary>
    Follows,

    /// <summary>the record says the same: passed over</summary>
    Known,

    /// <summary>somebody else keeps this person's records: left out</summary>
    NotYours,

    /// <summary>has to be mended; nothing of the list is recorded until then</summary>
    Wrong,
}

/// <summary>A row with what becomes of it.</summary>
/// <param name="Line">null when the person is not known</param>
/// <param name="Message">what is wrong, or why it is left out; null otherwise</param>
public sealed record DuesListLine(DuesListRow Row, DuesRowFate Fate, DuesLine? Line, string? Name, string? Message);

/// <summary>导入党费: a list held against the roll and the record, all or nothing.</summary>
public sealed class DuesList
{
    private DuesList(IReadOnlyList<DuesListLine> lines) => Lines = lines;

    /// <summary>In the order of the list.</summary>
    public IReadOnlyList<DuesListLine> Lines { get; }

    public bool HasFaults => Lines.Any(line => line.Fate == DuesRowFate.Wrong);

    /// <summary>What is to be recorded.</summary>
    public IReadOnlyList<DuesLine> ToRecord => Lines.Where(line => line.Fate is DuesRowFate.New or DuesRowFate.Follows).Select(line => line.Line!).ToList();

    public int CountOf(DuesRowFate fate) => Lines.Count(line => line.Fate == fate);

    /// <summary>Which months and people it speaks of, as far as the people are known.</summary>
    public static IReadOnlyList<DuesLine?> Match(IReadOnlyList<DuesListRow> rows, IEnumerable<RecordPerson> people)
    {
        var roll = new Names(people);
        return rows.Select(row => roll.Find(row) is ({ } who, _) ? LineOf(row, who) : null).ToList();
    }

    /// <param name="standing">what holds now of the months the list speaks of</param>
    public static DuesList Of(
        IReadOnlyList<DuesListRow> rows, RecordDesk desk, IReadOnlyDictionary<(PersonId Person, DateOnly Month), StandingDues> standing)
    {
        var roll = new Names(desk.People.Values);
        var found = rows.Select(row => (Row: row, Match: roll.Find(row))).ToList();
        var known = found.Where(one => one.Match.Who is not null).ToList();
        // Faults are found as the step itself will find them, so that what the preview lets pass is not refused afterwards.
        var faults = new RecordDues(known.ConvertAll(one => LineOf(one.Row, one.Match.Who!)), null).FaultsOf(desk, standing)
            .GroupBy(fault => fault.Row)
            .ToDictionary(group => group.Key, group => string.Join("；", group.Select(fault => fault.Message)));
        var at = 0;
        return new DuesList(found.ConvertAll(one => one.Match.Who is { } who
            ? Judge(one.Row, who, faults.GetValueOrDefault(at++), desk, standing)
            : new DuesListLine(one.Row, DuesRowFate.Wrong, null, one.Row.Name ?? one.Row.Number, one.Match.Fault)));
    }

    private static DuesListLine Judge(
        DuesListRow row,
        RecordPerson who,
        string? fault,
        RecordDesk desk,
        IReadOnlyDictionary<(PersonId Person, DateOnly Month), StandingDues> standing)
    {
        var line = LineOf(row, who);
        var known = standing.GetValueOrDefault((line.Person, line.Month));
        return (fault, known) switch
        {
            (_, { } same) when same.Says(line) && fault is null => new DuesListLine(row, DuesRowFate.Known, line, who.Name, "已登记，内容相同"),
            _ when desk.Excluded.TryGetValue(who.Person, out var refusal) => new DuesListLine(row, DuesRowFate.NotYours, line, who.Name, refusal.Message),
            ({ } wrong, _) => new DuesListLine(row, DuesRowFate.Wrong, line, who.Name, wrong),
            (_, null) => new DuesListLine(row, DuesRowFate.New, line, who.Name, null),
            _ => new DuesListLine(row, DuesRowFate.Follows, line, who.Name, "这个月已登记过，这次补上缴纳"),
        };
    }

    private static DuesLine LineOf(DuesListRow row, RecordPerson who) => new(who.Person, row.Month, row.Due, row.Paid, row.PaidOn);

    /// <summary>Whom a row means: by number, or by a name that only one person has.</summary>
    private sealed class Names(IEnumerable<RecordPerson> people)
    {
        private readonly Dictionary<string, RecordPerson> _byNumber =
            people.Where(person => person.Number is not null).ToDictionary(person => person.Number!, StringComparer.Ordinal);

        private readonly ILookup<string, RecordPerson> _byName = people.ToLookup(person => person.Name, StringComparer.Ordinal);

        public (RecordPerson? Who, string? Fault) Find(DuesListRow row)
        {
            if (row.Number is { } number)
            {
                return _byNumber.TryGetValue(number, out var who)
                    ? row.Name is null || row.Name == who.Name
                        ? (who, null)
                        : (null, $"编号“{number}”在名册里是{who.Name}，这里写的是{row.Name}。请核对")
                    : (null, $"名册里没有编号“{number}”。请对照名册改编号，或先在名册里加上这个人");
            }

            var named = _byName[row.Name ?? ""].ToList();
            return named switch
            {
                [var only] => (only, null),
                [] => (null, $"名册里没有“{row.Name}”。请看看名字，或先在名册里加上这个人"),
                _ => (null, $"名册里有{named.Count}个“{row.Name}”。请在表里加一列编号：{string.Join("、", named.Select(who => who.Number))}"),
            };
        }
    }
}
