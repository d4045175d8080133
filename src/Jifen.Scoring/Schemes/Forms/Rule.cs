using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>What every 记分 has, whatever its form.</summary>
/// <param name="AlsoPriced">兼计: prices a fact that another rule prices too, on purpose</param>
public sealed record RuleHead(
    string Id,
    IReadOnlyList<string> Clauses,
    string? Reading,
    Applicability Applies,
    IReadOnlyList<Limit> Limits,
    bool AlsoPriced,
    Place Place);

/// <summary>How a rule uses a kind of fact.</summary>
public enum FactUse
{
    /// <summary>Turns it into points: no second rule may do the same.</summary>
    Prices,

    /// <summary>Looks whether, how often or how steadily it happened.</summary>
    Watches,
}

/// <param name="Kind">index in <see cref="Scheme.FactKinds"/></param>
public sealed record UsedFact(int Kind, FactUse Use);

/// <param name="Kind">index in <see cref="Scheme.FactKinds"/></param>
internal sealed record GatheredFact(int Kind, Gather Gather);

/// <summary>
/// 记分: one rule in one of the closed forms of docs/scheme-language.md, section 3. Each form is one file: its keys, its meaning, its
/// sentence on the sheet.
/// </summary>
public abstract record Rule(RuleHead Head)
{
    public string Id => Head.Id;

    /// <summary>The kinds of fact the rule reads (index in <see cref="Scheme.FactKinds"/>) and what for.</summary>
    public abstract IEnumerable<UsedFact> Uses { get; }

    /// <summary>In the words of the file, for <c>scheme show</c>, <c>diff</c> and the comparison with a parent.</summary>
    public abstract string Describe(IReadOnlyList<FactKind> kinds);

    /// <summary>Amounts as written, for the unit grid and for the comparison with a parent.</summary>
    public abstract IEnumerable<SignedAmount> Amounts { get; }

    /// <summary>What is still 支部定 besides the amounts.</summary>
    internal virtual bool HasOpenFigures => false;

    /// <summary>Whether the rule gives its lines one by one with their dates, so that 限额 can be laid on it.</summary>
    internal virtual bool HasDatedLines => false;

    /// <summary>Whether the rule counts from the first day of the cycle (计期: 年初至今).</summary>
    internal virtual bool CountsToDate => false;

    /// <summary>Kinds of which the rule must see each fact, even when only totals are wanted.</summary>
    internal virtual IEnumerable<GatheredFact> Gathers => [];

    /// <summary>分值 that a fact of the kind may carry for this rule, hundredths; null when the rule does not look at 分值.</summary>
    /// <param name="most">满分 or 封顶 of the item for the person, null for none</param>
    internal virtual (long Least, long Most)? AmountRange(FactKind kind, long? most) => null;

    /// <summary>
    /// The least and the most points the rule can come to in one round, hundredths; <see cref="Unbounded"/> in a direction without end.
    /// Says which caps and floors a case can reach at all.
    /// </summary>
    internal virtual (long Least, long Most) Extent(Scheme scheme) => (
        Amounts.Any(amount => amount.Sign < 0 && !IsNothing(amount)) ? -Unbounded : 0,
        Amounts.Any(amount => amount.Sign > 0 && !IsNothing(amount)) ? Unbounded : 0);

    /// <summary>有效: for how many months before its end the rule looks at facts of earlier cycles too; null for this cycle's alone.</summary>
    public virtual int? ValidMonths => null;

    internal const long Unbounded = long.MaxValue / 1024;

    /// <summary><see cref="Extent"/> of a rule of which at most one amount counts.</summary>
    private protected (long Least, long Most) OneAmount() => (
        Amounts.Select(amount => amount.Sign < 0 ? -amount.Amount.High : 0).DefaultIfEmpty().Min(),
        Amounts.Select(amount => amount.Sign > 0 ? amount.Amount.High : 0).DefaultIfEmpty().Max());

    internal abstract RuleProgram Compile(Compilation compilation);

    internal abstract Sentence Sentence(Scheme scheme);

    private static bool IsNothing(SignedAmount amount) => amount.Amount is { IsLeftToBranch: false, High: 0 };

    private protected static string NameOf(IReadOnlyList<FactKind> kinds, int kind) => kinds[kind].Name;
}
