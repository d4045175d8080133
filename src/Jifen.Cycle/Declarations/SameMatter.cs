using System.Globalization;
using System.Text;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Declarations;

/// <summary>Something on record, or declared, that may be the same matter.</summary>
/// <param name="Entry">of a fact; null for a declaration</param>
/// <param name="Declaration">null for a fact that came otherwise</param>
public sealed record KnownMatter(
    PersonId Person, string Name, string Kind, DateOnly On, string? Level, string? Content, EntryId? Entry, DeclarationId? Declaration);

/// <summary>重复、共同: what else is known that may be the same matter. Points out; people decide.</summary>
/// <param name="Twins">of the same person: it may be declared twice</param>
/// <param name="Joint">of others: several people for one matter</param>
/// <param name="HowJoint">what the scheme does with several people, in a sentence</param>
public sealed record SameMatter(IReadOnlyList<KnownMatter> Twins, IReadOnlyList<KnownMatter> Joint, string? HowJoint)
{
    /// <summary>Days apart within which two items of one kind are pointed out; shown beside what is pointed out.</summary>
    public const int NearDays = 7;

    public static SameMatter Of(Scheme scheme, FactKind kind, DeclaredMatter matter, IEnumerable<KnownMatter> known)
    {
        var same = known.Where(other => other.Kind == kind.Id && (IsSameText(other.Content, matter.Content) || IsNear(other, matter))).ToList();
        var twins = same.Where(other => other.Person == matter.About).ToList();
        // Of others only what is called the same, or has no name and fell on the same day.
        var joint = same
            .Where(other => other.Person != matter.About
                && (matter.Content is null ? other.Content is null && other.On == matter.On : IsSameText(other.Content, matter.Content)))
            .ToList();
        return new SameMatter(twins, joint, joint.Count == 0 ? null : HowJointOf(scheme, kind, joint.Select(one => one.Person).Distinct().Count() + 1));
    }

    private static string HowJointOf(Scheme scheme, FactKind kind, int people)
    {
        var rules = scheme.Rules.Where(rule => rule.Uses.Any(use => use.Kind == kind.Index)).Select(rule => rule.Head.Id).ToList();
        var exclusive = scheme.Sections.Any(section => section.Exclusive.Any(one => one.RuleIds.Any(rules.Contains)));
        return kind.IsShared ? $"办法规定多人均分：同一件事{people}个人的，要一并认定，各得一份。"
            : exclusive ? "办法没有规定均分：每个人各计；同一个人的同一件事有几条记分的，照办法“不兼得”只取最高。"
            : "办法没有规定均分：确是共同完成的，每个人各计。";
    }

    private static bool IsNear(KnownMatter other, DeclaredMatter matter) =>
        other.Person == matter.About && Math.Abs(other.On.DayNumber - matter.On.DayNumber) <= NearDays;

    // As people type: spaces, brackets and marks differ, the matter does not.
    private static bool IsSameText(string? left, string? right) =>
        left is { Length: > 0 } && right is { Length: > 0 } && string.Equals(Bare(left), Bare(right), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC)
        .Where(letter => char.GetUnicodeCategory(letter) is not (UnicodeCategory.SpaceSeparator or UnicodeCategory.OtherPunctuation
            or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.DashPunctuation
            or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation)));
}
