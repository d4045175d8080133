using Jifen.Scoring.Schemes;
using Jifen.Scoring.Schemes.Forms;

namespace Jifen.Scoring.Outcomes;

/// <summary>条件 of a grade or of a 结果运用: holds or not for one member, and says on what.</summary>
public abstract record Condition
{
    internal abstract bool Holds(MemberOutcome member);

    /// <summary>With the member's own figures: 总分86（低于90）.</summary>
    internal abstract string Because(MemberOutcome member);

    /// <summary>In the words of the file.</summary>
    public abstract string Describe(IReadOnlyList<FactKind> kinds);

    internal virtual IEnumerable<Condition> Flatten() => [this];

    /// <summary>
    /// What is left to be asked of people of one profile: 身份, 类别 and 任职 are answered once for all of them. Null when none of them
    /// can meet it.
    /// </summary>
    internal virtual Condition? For(Profile profile) => this;

    /// <summary>Totals outside of this, both ends included, are out of the question: asked before anything else.</summary>
    internal virtual (long Least, long Most) Totals => (long.MinValue, long.MaxValue);
}

/// <summary>Nothing is left to be asked.</summary>
internal sealed record Always : Condition
{
    internal override bool Holds(MemberOutcome member) => true;

    internal override string Because(MemberOutcome member) => "";

    public override string Describe(IReadOnlyList<FactKind> kinds) => "";
}

/// <summary>All parts hold.</summary>
public sealed record AllOf(IReadOnlyList<Condition> Parts) : Condition
{
    private readonly Condition[] _parts = Parts.ToArray();

    internal override bool Holds(MemberOutcome member)
    {
        foreach (var part in _parts)
        {
            if (!part.Holds(member))
            {
                return false;
            }
        }

        return true;
    }

    internal override string Because(MemberOutcome member) => string.Join("；", Parts.Select(part => part.Because(member)));

    public override string Describe(IReadOnlyList<FactKind> kinds) => string.Join("，", Parts.Select(part => part.Describe(kinds)));

    internal override IEnumerable<Condition> Flatten() => Parts.SelectMany(part => part.Flatten());

    internal override (long Least, long Most) Totals
    {
        get
        {
            var (least, most) = (long.MinValue, long.MaxValue);
            foreach (var part in _parts)
            {
                least = Math.Max(least, part.Totals.Least);
                most = Math.Min(most, part.Totals.Most);
            }

            return (least, most);
        }
    }

    internal override Condition? For(Profile profile)
    {
        var left = Array.ConvertAll(_parts, part => part.For(profile));
        if (left.Contains(null))
        {
            return null;
        }

        var open = left.OfType<Condition>().Where(part => part is not Always).ToList();
        return open.Count == 0 ? new Always() : new AllOf(open);
    }
}

/// <summary>任一: one group holds.</summary>
public sealed record AnyOf(IReadOnlyList<Condition> Groups) : Condition
{
    private readonly Condition[] _groups = Groups.ToArray();

    internal override bool Holds(MemberOutcome member)
    {
        foreach (var group in _groups)
        {
            if (group.Holds(member))
            {
                return true;
            }
        }

        return false;
    }

    internal override string Because(MemberOutcome member) =>
        (Groups.FirstOrDefault(group => group.Holds(member)) ?? Groups[0]).Because(member);

    public override string Describe(IReadOnlyList<FactKind> kinds) =>
        string.Join("，或者", Groups.Select(group => group.Describe(kinds)));

    internal override Condition? For(Profile profile)
    {
        var open = _groups.Select(group => group.For(profile)).OfType<Condition>().ToList();
        return open.Count == 0 ? null : open.Find(group => group is Always) ?? new AnyOf(open);
    }

    internal override IEnumerable<Condition> Flatten() => Groups.SelectMany(group => group.Flatten());
}

/// <summary>总分.</summary>
public sealed record TotalIs(Threshold Line) : Condition
{
    internal override bool Holds(MemberOutcome member) => Line.Holds(member.Total);

    internal override (long Least, long Most) Totals => (Line.Least, Line.Most);

    internal override string Because(MemberOutcome member) => $"总分{Points.Format(member.Total)}（{Line}）";

    public override string Describe(IReadOnlyList<FactKind> kinds) => $"总分{Line}";
}

/// <summary>部分名: 有, 无 or a line.</summary>
/// <param name="Happened">有 or 无; null when <paramref name="Line"/> is given</param>
public sealed record SectionIs(int Section, string Name, bool? Happened, Threshold? Line) : Condition
{
    internal override bool Holds(MemberOutcome member) =>
        Line is null ? member.SectionHas(Section) == Happened : Line.Holds(member.SectionPoints(Section));

    internal override string Because(MemberOutcome member) => Line is null
        ? $"{Name}：{(Happened == true ? "有" : "无")}"
        : $"{Name}{Points.Format(member.SectionPoints(Section))}（{Line}）";

    public override string Describe(IReadOnlyList<FactKind> kinds) => Line is null ? $"{Name}{(Happened == true ? "有" : "无")}" : $"{Name}{Line}";
}

/// <summary>项目编号: 有, 无 or a line.</summary>
/// <inheritdoc cref="SectionIs"/>
public sealed record ItemIs(string Item, string Name, bool? Happened, Threshold? Line) : Condition
{
    internal override bool Holds(MemberOutcome member) =>
        Line is null ? member.ItemHas(Item) == Happened : Line.Holds(member.ItemPoints(Item));

    internal override string Because(MemberOutcome member) => Line is null
        ? $"{Name}：{(Happened == true ? "有" : "无")}"
        : $"{Name}{Points.Format(member.ItemPoints(Item))}（{Line}）";

    public override string Describe(IReadOnlyList<FactKind> kinds) => Line is null ? $"{Name}{(Happened == true ? "有" : "无")}" : $"{Name}{Line}";
}

/// <summary>等次.</summary>
public sealed record GradeIs(IReadOnlyList<string> Names) : Condition
{
    internal override bool Holds(MemberOutcome member) => member.Grade is { } grade && Names.Contains(grade);

    internal override string Because(MemberOutcome member) => $"等次{member.Grade}";

    public override string Describe(IReadOnlyList<FactKind> kinds) => $"等次{string.Join("或", Names)}";
}

public enum RankKind
{
    /// <summary>靠前, as 定义 says</summary>
    Front,

    /// <summary>靠后, as 定义 says</summary>
    Back,

    /// <summary>前n名 or 末n名</summary>
    Place,
}

/// <summary>排名.</summary>
public sealed record RankIs(RankKind Kind, Placing? Place, string Text) : Condition
{
    internal override bool Holds(MemberOutcome member)
    {
        if (Kind == RankKind.Place)
        {
            var rank = member.RankIn(member.Scheme.RankScope.ByCategory);
            return rank.People > 0 && Place!.Holds(rank.Rank, rank.Lower, rank.People);
        }

        var tail = Kind == RankKind.Front ? member.Scheme.Front! : member.Scheme.Back!;
        var standing = member.RankIn(tail.ByCategory);
        if (standing.People == 0)
        {
            return false;
        }

        var size = tail.Size(standing.People);
        return (Kind, tail.CountsTies) switch
        {
            (RankKind.Front, true) => standing.Rank <= size,
            (RankKind.Front, false) => standing.People - standing.Lower <= size,
            (_, true) => standing.Lower < size,
            (_, false) => standing.Rank > standing.People - size,
        };
    }

    internal override string Because(MemberOutcome member)
    {
        var byCategory = Kind switch
        {
            RankKind.Front => member.Scheme.Front!.ByCategory,
            RankKind.Back => member.Scheme.Back!.ByCategory,
            _ => member.Scheme.RankScope.ByCategory,
        };
        var rank = member.RankIn(byCategory);
        return $"{(byCategory ? "支部内同类别" : "支部")}{rank.People}人中排第{rank.Rank}（{Text}）";
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) => $"排名{Text}";
}

/// <summary>身份, 类别, 任职.</summary>
public sealed record PersonIs(Applicability Who) : Condition
{
    internal override bool Holds(MemberOutcome member) => Who.Covers(member.Profile);

    internal override string Because(MemberOutcome member) => Who.ToString();

    internal override Condition? For(Profile profile) => Who.Covers(profile) ? new Always() : null;

    public override string Describe(IReadOnlyList<FactKind> kinds) => Who.ToString();
}

/// <summary>有事实, 无事实.</summary>
/// <param name="Wanted">有 one of them; otherwise none of them</param>
public sealed record HasFact(IReadOnlyList<int> Kinds, bool Wanted) : Condition
{
    internal override bool Holds(MemberOutcome member) => Kinds.Any(member.HasFact) == Wanted;

    internal override string Because(MemberOutcome member) => Describe(member.Scheme.FactKinds);

    public override string Describe(IReadOnlyList<FactKind> kinds) =>
        $"{(Wanted ? "有" : "无")}{string.Join("、", Kinds.Select(kind => kinds[kind].Name))}";
}

/// <summary>连续两年: the outcome holds now, and held in the settled result of the year before.</summary>
/// <param name="Outcome">编号 of an earlier 结果运用</param>
public sealed record TwoYears(string Outcome) : Condition
{
    internal override bool Holds(MemberOutcome member) =>
        member.Previous is { } previous && member.HoldsNow(Outcome) && previous.Outcomes.Contains(Outcome, StringComparer.Ordinal);

    internal override string Because(MemberOutcome member) => member switch
    {
        { Previous: null } => $"没有上年已定分的得分单，“{Outcome}”连续两年不成立",
        _ => $"上年与今年都有“{Outcome}”",
    };

    public override string Describe(IReadOnlyList<FactKind> kinds) => $"连续两年{Outcome}";
}
