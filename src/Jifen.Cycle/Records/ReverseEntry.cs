using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Records;

/// <summary>An entry somebody wants to undo or put right.</summary>
/// <param name="Kind">of the ledger: <c>dues-recorded</c></param>
/// <param name="Reversed">the entry that reversed it: by whom, on which day; null: nobody has</param>
/// <param name="Holds">what it recorded holds now; false when a later entry took its place</param>
/// <param name="ConfirmedBy">the body that confirmed it; null for none</param>
/// <param name="Sharers">how many people a joint fact names whose points are divided; 1 otherwise</param>
public sealed record EntryOnRecord(
    EntryId Entry, OrganizationId Stream, string Kind, PersonId? Person, (string By, DateOnly On)? Reversed, bool Holds, string? ConfirmedBy, int Sharers = 1);

/// <summary>冲正: the entry does not hold any more, and stays visible with who, when and why.</summary>
public sealed record ReverseEntry(EntryId Entry, string Reason)
{
    private static readonly IReadOnlySet<string> Kinds = new HashSet<string>(StringComparer.Ordinal)
    {
        EventKind.Of<DuesRecorded>(), EventKind.Of<ThoughtReportReceived>(), EventKind.Of<OutsideStudyRecorded>(), EventKind.Of<FactRecorded>(),
    };

    /// <summary>What of this kind is undone here.</summary>
    public static bool CanReverse(string kind) => Kinds.Contains(kind);

    /// <param name="branch">whose ledger the person works in</param>
    /// <param name="speaksForBody">acts as secretary, committee or evaluation group, not as recorder</param>
    public Ruling Decide(EntryOnRecord? entry, OrganizationId branch, bool speaksForBody) =>
        RefusalOf(entry, branch, speaksForBody) is { } refusal ? refusal : HappeningOf(entry!);

    internal Refusal? RefusalOf(EntryOnRecord? entry, OrganizationId branch, bool speaksForBody) => entry switch
    {
        null => new NoSuchEntry(),
        _ when entry.Stream != branch || entry.Person is null => new NoSuchEntry(),
        _ when !CanReverse(entry.Kind) => new CannotBeReversed(entry.Kind),
        { Reversed: { } reversed } => new ReversedBefore(reversed.By, reversed.On),
        { Holds: false } => new ReplacedSince(),
        { ConfirmedBy: { } body } when !speaksForBody => new ConfirmedByBody(body),
        _ when WrittenText.ReasonFault(Reason, "如“日期看错，应为3月28日”") is { } fault => new InputIsWrong([fault]),
        _ => null,
    };

    internal Happening HappeningOf(EntryOnRecord entry) =>
        new(new EntryReversed(Reason.Trim()), entry.Person, Ground: Reason.Trim(), Corrects: entry.Entry);
}

/// <summary>更正: the old entry is reversed and the right one made, in one step.</summary>
public sealed record CorrectEntry(ReverseEntry Old)
{
    /// <param name="made">what the new entry came to, decided by its own command</param>
    public Ruling Decide(EntryOnRecord? entry, OrganizationId branch, bool speaksForBody, Ruling made)
    {
        if (Old.RefusalOf(entry, branch, speaksForBody) is { } refusal)
        {
            return refusal;
        }

        return (entry!.Sharers, made) switch
        {
            ( > 1, _) => new SharedFactIsCorrectedTogether(entry.Sharers),
            (_, { Refusal: { } wrong }) => wrong,
            (_, { Happenings.Count: 0 }) => new NothingChanged(),
            _ => Ruling.Of([Old.HappeningOf(entry), .. made.Happenings]),
        };
    }

    /// <summary>党费 of the same person and month, put right.</summary>
    /// <param name="was">what the old entry says</param>
    public static Ruling Dues(RecordDesk desk, DuesLine line, StandingDues was, string? ground, DuesRow? rows) => line switch
    {
        _ when desk.RefusalOf([line.Person]) is { } refusal => refusal,
        _ when was.Says(line) => new NothingChanged(),
        _ when RecordDues.FaultOf(0, line, desk) is { } fault => new InputIsWrong([fault]),
        _ => RecordDues.HappeningOf(line, desk.Today, ground, rows),
    };
}
