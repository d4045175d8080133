namespace Jifen.Tests.Naive;

/// <summary>A member with a scorecard: the composed points, and what the comparison with the others then adds.</summary>
internal sealed record NaivePerson(NaiveMember Member)
{
    public required IReadOnlyDictionary<string, decimal> Sections { get; init; }

    public required IReadOnlyDictionary<string, decimal> Items { get; init; }

    public required decimal Total { get; init; }

    /// <summary>Names of sections and ids of items in which a rule scored (4.6).</summary>
    public required IReadOnlySet<string> HasScored { get; init; }

    public required IReadOnlyDictionary<string, decimal> RuleSums { get; init; }

    public int? Rank { get; set; }

    public string Grade { get; set; } = "";

    public List<string> Outcomes { get; } = [];

    public List<string> Findings { get; } = [];
}

/// <summary>排名, 等次, 定档, 结果运用 (4.7–4.9).</summary>
internal sealed class NaiveStanding(
    NaiveScheme scheme, NaiveLedger ledger, IReadOnlyDictionary<string, NaivePrevious> previous, Span cycle, IReadOnlyList<NaivePerson> people)
{
    private const string WholeBranch = "支部";

    public void Decide()
    {
        foreach (var person in people.Where(IsRanked))
        {
            person.Rank = 1 + Ranked(person, RankingScope).Count(other => other.Total > person.Total);
        }

        Grade();
        foreach (var outcome in scheme.Root.ListOf("结果运用"))
        {
            var candidates = people.Where(person => Holds(outcome.Need("条件"), person)).ToList();
            foreach (var person in WithinQuota(outcome, outcome.TextOf("编号"), candidates))
            {
                person.Outcomes.Add(outcome.TextOf("编号"));
            }
        }
    }

    private string RankingScope => scheme.Root["定义"]?["排名"]?.TextOf("范围") is { Length: > 0 } scope ? scope : WholeBranch;

    private bool IsRanked(NaivePerson person) =>
        scheme.Root["定义"]?["排名"]?.TextsOf("不含").Contains(person.Member.Standing, StringComparer.Ordinal) != true;

    private static bool SameScope(NaivePerson left, NaivePerson right, string scope) =>
        left.Member.Branch == right.Member.Branch && (scope == WholeBranch || left.Member.Category == right.Member.Category);

    private List<NaivePerson> Ranked(NaivePerson person, string scope) =>
        people.Where(other => IsRanked(other) && SameScope(person, other, scope)).ToList();

    /// <summary>4.8: row by row, so that whoever a quota (取前) leaves out is still there for the next row; then 定档.</summary>
    private void Grade()
    {
        var ungraded = people.Where(person => !IsOutsideGrades(person)).ToList();
        foreach (var row in scheme.Root.ListOf("等次"))
        {
            var candidates = ungraded.Where(person => NaiveScheme.AppliesTo(row, person.Member) && FitsRow(row, person)).ToList();
            foreach (var person in WithinQuota(row, row.Need("等次").Text, candidates))
            {
                person.Grade = row.Need("等次").Text;
                ungraded.Remove(person);
            }
        }

        foreach (var person in people.Where(person => person.Grade.Length > 0))
        {
            foreach (var fixing in scheme.Root.ListOf("定档"))
            {
                person.Grade = Fixed(fixing, person);
            }
        }
    }

    private bool IsOutsideGrades(NaivePerson person) =>
        scheme.Root["不评等次"] is { IsMap: true } outside && NaiveScheme.AppliesTo(outside, person.Member);

    private bool FitsRow(Node row, NaivePerson person) =>
        (!row.Has("总分") || scheme.Line(row.TextOf("总分")).Holds(person.Total))
        && (row["条件"] is not { } condition || Holds(condition, person));

    /// <summary>定档: 至多 brings a higher grade down to it, 定为 sets the grade; grades are ordered as first written.</summary>
    private string Fixed(Node fixing, NaivePerson person)
    {
        if (ledger.Total(person.Member, fixing.Need("累计").Text, cycle) < NaiveNumbers.Decimal(fixing.Need("满").Text))
        {
            return person.Grade;
        }

        if (fixing.Has("定为"))
        {
            return fixing.TextOf("定为");
        }

        var order = scheme.Root.ListOf("等次").Select(row => row.Need("等次").Text).Distinct(StringComparer.Ordinal).ToList();
        return order.IndexOf(person.Grade) < order.IndexOf(fixing.Need("至多").Text) ? fixing.TextOf("至多") : person.Grade;
    }

    /// <summary>名额 (2.7): 停 and 提示 keep everybody and say so; 取前 keeps those above the edge and nobody who ties on it.</summary>
    private List<NaivePerson> WithinQuota(Node entry, string name, List<NaivePerson> candidates)
    {
        if (entry["名额"] is not { } quota)
        {
            return candidates;
        }

        var scope = quota.Need("范围").Text;
        var overflow = quota.Need("超出").Text;
        var kept = new List<NaivePerson>();
        foreach (var person in candidates)
        {
            var rivals = candidates.Where(other => SameScope(person, other, scope)).ToList();
            var allowed = NaiveNumbers.HeadCount(quota.Need("不超过").Text, Ranked(person, scope).Count, quota.TextOf("取整"));
            if (rivals.Count > allowed && overflow != "取前")
            {
                person.Findings.Add(name + ":" + overflow);
            }

            if (overflow != "取前" || rivals.Count(other => other.Total >= person.Total) <= allowed)
            {
                kept.Add(person);
            }
        }

        return kept;
    }

    private bool Holds(Node condition, NaivePerson person) => condition.Fields.All(field => Holds(field.Key, field.Value, condition, person));

    private bool Holds(string key, Node wanted, Node condition, NaivePerson person)
    {
        var texts = condition.TextsOf(key);
        return key switch
        {
            "总分" => scheme.Line(wanted.Text).Holds(person.Total),
            "等次" => texts.Contains(person.Grade, StringComparer.Ordinal),
            "排名" => HoldsRank(wanted.Text, person),
            "身份" => texts.Contains(person.Member.Standing, StringComparer.Ordinal) || texts.Contains(person.Member.Office, StringComparer.Ordinal),
            "类别" => texts.Contains(person.Member.Category, StringComparer.Ordinal),
            "任职" => texts.Contains(person.Member.Office, StringComparer.Ordinal),
            "有事实" => texts.Any(fact => HasFact(person, fact)),
            "无事实" => !texts.Any(fact => HasFact(person, fact)),
            "连续两年" => person.Outcomes.Contains(wanted.Text, StringComparer.Ordinal)
                && previous.TryGetValue(person.Member.Id, out var lastYear) && lastYear.Outcomes.Contains(wanted.Text),
            "任一" => wanted.Items.Any(group => Holds(group, person)),
            _ => HoldsPoints(key, wanted.Text, person),
        };
    }

    private bool HasFact(NaivePerson person, string fact) => ledger.Facts(person.Member, fact, cycle).Count > 0;

    /// <summary>A section by name or an item by id: 有, 无, or a line.</summary>
    private bool HoldsPoints(string sectionOrItem, string wanted, NaivePerson person)
    {
        if (wanted is "有" or "无")
        {
            return person.HasScored.Contains(sectionOrItem) == (wanted == "有");
        }

        var section = scheme.Sections.FirstOrDefault(candidate => candidate.TextOf("名称") == sectionOrItem);
        var points = section is null ? person.Items.GetValueOrDefault(sectionOrItem) : person.Sections[section.TextOf("编号")];
        return scheme.Line(wanted).Holds(points);
    }

    /// <summary>4.7: 靠前 and 靠后 by their definitions, 前n名 and 末n名 by the ranking of the sheet.</summary>
    private bool HoldsRank(string wanted, NaivePerson person)
    {
        if (!IsRanked(person))
        {
            return false;
        }

        var definition = scheme.Root["定义"]?["排名" + wanted];
        var ranked = Ranked(person, definition?.TextOf("范围") ?? RankingScope);
        var higher = ranked.Count(other => other.Total > person.Total);
        var lower = ranked.Count(other => other.Total < person.Total);
        if (definition is null)
        {
            var places = NaiveNumbers.Leading(wanted[1..]);
            return wanted.StartsWith('前') ? higher + 1 <= places : lower < places;
        }

        var heads = NaiveNumbers.HeadCount((definition["前"] ?? definition.Need("末")).Text, ranked.Count, definition.TextOf("取整"));
        var k = Math.Max(definition.Has("至少") ? NaiveNumbers.Integer(definition.TextOf("至少")) : 0, heads);
        var tiesCount = definition.TextOf("并列") == "计入";
        return (wanted == "靠前", tiesCount) switch
        {
            (true, true) => higher + 1 <= k,
            (true, false) => ranked.Count - lower <= k,
            (false, true) => lower < k,
            (false, false) => higher + 1 > ranked.Count - k,
        };
    }
}
