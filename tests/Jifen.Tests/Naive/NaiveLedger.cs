namespace Jifen.Tests.Naive;

/// <summary>The facts that count (section 4): on the roll that day, not exempt, known to the scheme, in the order of date and id.</summary>
internal sealed class NaiveLedger
{
    private readonly NaiveCalendar _calendar;
    private readonly ILookup<(string Member, string Fact), NaiveFact> _facts;

    public NaiveLedger(NaiveScheme scheme, IReadOnlyList<NaiveMember> members, IEnumerable<NaiveFact> facts)
    {
        _calendar = scheme.Calendar;
        Members = members;
        _facts = facts
            .Select(fact => fact with { Fact = scheme.FactName(fact.Fact) ?? "" })
            .Where(fact => fact.Fact.Length > 0 && members.Any(member => member.Id == fact.Member && !member.Exempt && OnRoll(member, fact.Date)))
            .DistinctBy(fact => (fact.Id, fact.Member))
            .OrderBy(fact => fact.Date)
            .ThenBy(fact => System.Text.Encoding.UTF8.GetBytes(fact.Id), Utf8Order)
            .ToLookup(fact => (fact.Member, fact.Fact));
    }

    public IReadOnlyList<NaiveMember> Members { get; }

    /// <summary>Ids are ordered by their UTF-8 bytes (section 4), which differs from UTF-16 order beyond the basic plane.</summary>
    private static Comparer<byte[]> Utf8Order { get; } = Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

    public static bool OnRoll(NaiveMember member, DateOnly date) =>
        (member.From is not { } from || from <= date) && (member.To is not { } to || date <= to);

    public static bool OnRollWithin(NaiveMember member, Span span) =>
        (member.From ?? span.From) <= span.To
        && (member.To ?? span.To) >= span.From
        && (member.From is not { } from || member.To is not { } to || from <= to);

    public List<NaiveFact> Facts(NaiveMember member, string name, Span span) =>
        _facts[(member.Id, name)].Where(fact => span.Contains(fact.Date)).ToList();

    public decimal Total(NaiveMember member, string name, Span span) => Facts(member, name, span).Sum(fact => fact.Quantity);

    /// <summary>期内在册的月数: a month with one day on the roll is a month (3.2 按月).</summary>
    public int MonthsOnRoll(NaiveMember member, Span span) => _calendar.Periods(span, "月").Count(month =>
        OnRollWithin(member, new Span(Later(month.From, span.From), Earlier(month.To, span.To))));

    private static DateOnly Later(DateOnly left, DateOnly right) => left > right ? left : right;

    private static DateOnly Earlier(DateOnly left, DateOnly right) => left < right ? left : right;
}
