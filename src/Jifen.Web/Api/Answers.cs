namespace Jifen.Web.Api;

/// <summary>Points of one person; of everybody in the branch, or one's own.</summary>
/// <param name="Total">points without trailing zeros, a string so that no reader rounds it; null: not for the caller's eyes</param>
internal sealed record PersonPoints(Guid Person, string Name, IReadOnlyList<SectionPoints> Sections, string? Total, string? Grade);

internal sealed record SectionPoints(string Id, string Name, string Points);

/// <summary>One's own points, with place among those ranked; nobody else is in it.</summary>
internal sealed record OwnPoints(
    Guid Branch, string BranchName, int Year, DateOnly On, string Scheme, string Fingerprint, PersonPoints Points, int? Rank, int? Ranked);

/// <summary>支部积分表.</summary>
internal sealed record BranchPoints(
    Guid Branch, string BranchName, int Year, DateOnly On, string Scheme, string Fingerprint, IReadOnlyList<PersonPoints> People);

/// <summary>A fact somebody sends. Names as in the table of <c>import facts</c>.</summary>
/// <param name="People">ids of persons; a joint fact has several</param>
/// <param name="Fact">Chinese name in the scheme in force that day, or English id</param>
/// <param name="Quantity">decimal as a string; absent: 1</param>
/// <param name="Points">only where the scheme leaves them to the branch</param>
/// <param name="Ground">依据</param>
internal sealed record SentFact(
    IReadOnlyList<Guid>? People, string? Fact, DateOnly? On, string? Quantity, string? Level, string? Content, string? Points, string? Ground);

/// <summary>Where it came to stand.</summary>
/// <param name="Outcome">created; replayed: the same key and content came before, nothing was done again; waiting: for a second person</param>
internal sealed record Recorded(string Outcome, IReadOnlyList<RecordedEntry> Entries);

/// <param name="Hash">lower-case hex, to be kept as a receipt</param>
internal sealed record RecordedEntry(Guid Stream, long Seq, Guid Entry, string Hash);
