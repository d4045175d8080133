using Jifen.Scoring.Schemes;

namespace Jifen.Scoring.Scorecards;

/// <summary>
/// The plan for people of one profile (类别, 身份, 任职): only what applies to them, with their own bounds. Belongs to one
/// <see cref="MemberScorer"/>, since programs keep small working state.
/// </summary>
internal sealed class ProfilePlan
{
    public ProfilePlan(Plan plan, Profile profile)
    {
        var scheme = plan.Scheme;
        var placings = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var rule in plan.Placings)
        {
            placings.Add(rule.Id, placings.Count);
        }

        Sections = scheme.Sections
            .Where(section => section.Applies.Covers(profile))
            .Select(section => new SectionPlan(plan, section, profile, placings))
            .ToArray();
    }

    public SectionPlan[] Sections { get; }
}

internal sealed class SectionPlan
{
    public SectionPlan(Plan plan, Section section, Profile profile, IReadOnlyDictionary<string, int> placings)
    {
        Section = section;
        Limits = section.Limits.ToArray();
        Sources = plan.Sections[section.Index];
        Cap = section.Cap?.For(profile.Category);
        Floor = section.Floor?.For(profile.Category);
        Least = Floor ?? long.MinValue;
        Most = Cap ?? long.MaxValue;
        StartsFromLastYear = section.Start.Kind == StartKind.ShareOfLastYear;
        Start = section.Start.Kind == StartKind.Full ? 0 : section.Start.Base;
        var rules = new List<RuleProgram>();
        var items = new List<ItemPlan>();
        for (var i = 0; i < section.Items.Count; i++)
        {
            var item = section.Items[i];
            if (!item.Applies.Covers(profile))
            {
                continue;
            }

            var first = rules.Count;
            foreach (var rule in item.Rules.Where(rule => rule.Head.Applies.Covers(profile)))
            {
                rules.Add(rule.Compile(new Compilation(
                    plan.Scheme, plan.Calendar, profile, plan.RuleSources, placings, plan.LookedAt, rules)));
            }

            var startsFull = section.Start.Kind == StartKind.Full;
            var max = item.Max?.For(profile.Category);
            var own = rules.Skip(first).ToList();
            var mayIdle = plan.Watched.ItemIndex(item) < 0 && own.All(rule => rule.WokenBy != 0);
            items.Add(new ItemPlan(
                item.Limits.ToArray(),
                plan.Watched.ItemIndex(item),
                Sources.Items[i],
                first,
                rules.Count,
                mayIdle,
                own.Aggregate(0UL, (kinds, rule) => kinds | rule.WokenBy),
                startsFull ? max ?? 0 : item.Start,
                startsFull ? max : item.Cap?.For(profile.Category),
                startsFull ? max is null ? null : 0 : item.Floor?.For(profile.Category)));
        }

        Rules = rules.ToArray();
        RulesWokenBy = Array.ConvertAll(Rules, rule => rule.WokenBy);
        Items = items.ToArray();
        foreach (var item in Items)
        {
            Idle += item.Idle;
        }

        MayIdle = items.All(item => item.MayIdle);
        WokenBy = items.Aggregate(0UL, (kinds, item) => kinds | item.WokenBy);
        Exclusive = section.Exclusive
            .Select(group => group.RuleIds
                .Select(id => rules.FindIndex(rule => rule.RuleId == id))
                .Where(index => index >= 0)
                .ToArray())
            .ToArray();
    }

    public Section Section { get; }

    public int Index => Section.Index;

    public Limit[] Limits { get; }

    public SectionSources Sources { get; }

    public RuleProgram[] Rules { get; }

    /// <summary><see cref="RuleProgram.WokenBy"/> of each rule.</summary>
    public ulong[] RulesWokenBy { get; }

    public ItemPlan[] Items { get; }

    /// <inheritdoc cref="ItemPlan.Idle"/>
    public long Idle { get; }

    /// <inheritdoc cref="ItemPlan.MayIdle"/>
    public bool MayIdle { get; }

    /// <inheritdoc cref="ItemPlan.WokenBy"/>
    public ulong WokenBy { get; }

    /// <summary>For each 不兼得 of the section the rules (index in <see cref="Rules"/>) that apply, in the order of the file's list.</summary>
    public int[][] Exclusive { get; }

    /// <summary>Where the section begins; for a share of last year's total, where those begin who have none.</summary>
    public long Start { get; }

    public bool StartsFromLastYear { get; }

    public long? Cap { get; }

    public long? Floor { get; }

    /// <summary><see cref="Floor"/>, or so little that nobody has less.</summary>
    public long Least { get; }

    /// <summary><see cref="Cap"/>, or so much that nobody has more.</summary>
    public long Most { get; }
}

/// <param name="Watched">place in <see cref="Outcomes.WatchList.Items"/>, or −1</param>
/// <param name="FirstRule">index in the section's rules</param>
/// <param name="EndRule">one past the last</param>
/// <param name="MayIdle">without a fact of <paramref name="WokenBy"/> it comes to <see cref="Idle"/>; otherwise it may move without any fact</param>
/// <param name="WokenBy">kinds of fact that make it move, as <see cref="MemberPass.BitOf"/></param>
internal sealed record ItemPlan(
    Limit[] Limits,
    int Watched,
    ItemSources Sources,
    int FirstRule,
    int EndRule,
    bool MayIdle,
    ulong WokenBy,
    long Start,
    long? Cap,
    long? Floor)
{
    /// <inheritdoc cref="SectionPlan.Least"/>
    public long Least { get; } = Floor ?? long.MinValue;

    /// <inheritdoc cref="SectionPlan.Most"/>
    public long Most { get; } = Cap ?? long.MaxValue;

    /// <summary>What it comes to when nothing happened.</summary>
    public long Idle { get; } = Math.Max(Floor ?? long.MinValue, Math.Min(Cap ?? long.MaxValue, Start));
}
