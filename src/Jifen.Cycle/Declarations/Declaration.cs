using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Declarations;

/// <summary>申报: one item declared by the member himself, or reported about another.</summary>
public readonly record struct DeclarationId(Guid Value) : IId<DeclarationId>
{
    public static DeclarationId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>What became of a declaration.</summary>
public enum DeclarationState
{
    /// <summary>waits for the review</summary>
    Submitted,

    Withdrawn,

    /// <summary>退回补充: may be mended and submitted again while the window is open</summary>
    Returned,

    /// <summary>mended and submitted again as another one</summary>
    Replaced,

    /// <summary>认定, as declared or changed: a fact that names it counts</summary>
    Accepted,

    /// <summary>不认定, with the reason; stays</summary>
    Rejected,
}

/// <summary>What is declared: it happened to or by one person, on a day, on a ground.</summary>
/// <param name="Points">分值, where the scheme leaves it to the branch: a proposal, may be left out</param>
public sealed record DeclaredMatter(
    PersonId About, string Kind, DateOnly On, decimal? Quantity, string? Level, string? Content, decimal? Points, string Ground, IReadOnlyList<EvidenceId> Evidence)
{
    /// <summary>The fact it would become. Where the branch chooses the points and none were proposed, the least there can be.</summary>
    public RecordFact AsFact(Scheme? scheme, Member? profile)
    {
        var points = Points;
        if (points is null && profile is not null && scheme?.FactKinds.FirstOrDefault(kind => kind.Id == Kind) is { } kind && kind.Carries.HasFlag(Carried.Amount)
            && new FactCheck(scheme).RangeOf(kind, profile) is { } range)
        {
            points = range.Least / 100m;
        }

        return new RecordFact([About], Kind, On, Quantity, Level, Content, points, Ground, Evidence);
    }

    /// <summary>What can be declared: what a body confirms. What gatherings, dues and reports give by themselves is not asked for twice.</summary>
    public static bool CanBeDeclared(Scheme scheme, FactKind kind) =>
        kind.RecordedBy is not ("上级" or "群众" or "考评小组" or "党员大会") && !FactMeaning.ComesByItself(scheme, kind);
}

/// <summary>A declaration as it stands.</summary>
/// <param name="Author">as the ledger names who declared it: the member himself, for a report an id that stands for the reporter</param>
/// <param name="IsReport">about somebody else; who reported is shielded</param>
/// <param name="IsByActor">the person who asks declared it</param>
public sealed record DeclarationOnRecord(
    DeclarationId Declaration, DeclaredMatter Matter, PersonId Author, bool IsReport, bool IsByActor, DeclarationState State, RoundKey Round, string Step)
{
    /// <summary>Whom the ledger may name in connection with it: never whom a report is about.</summary>
    public PersonId? Named => IsReport ? null : Matter.About;
}

/// <summary>A text that lies beside the ledger, where it can be erased; the ledger holds its digest.</summary>
/// <param name="Salt">random: the digest cannot be guessed back into the text</param>
public sealed record SealedText(string Text, string Salt)
{
    /// <summary>SHA-256 of salt, line feed, text; lower-case hex.</summary>
    public string Digest => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{Salt}\n{Text}")));
}
