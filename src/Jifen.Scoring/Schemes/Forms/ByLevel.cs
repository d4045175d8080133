using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>按级别: an amount for each level (and 等第); with 同一内容取最高 one content counts once, at its highest level.</summary>
/// <param name="Levels">one for each level of the kind, in its order; a single open one while 支部定</param>
public sealed record ByLevel(
    RuleHead Head, int Fact, int Sign, IReadOnlyList<Amount> Levels, bool HighestOfContent, Counting Counting) : Rule(Head)
{
    public const string Key = "按级别";

    public override IEnumerable<UsedFact> Uses
    {
        get
        {
            yield return new(Fact, FactUse.Prices);
            if (Counting.Repair is { } repair)
            {
                yield return new(repair.Fact, FactUse.Watches);
            }
        }
    }

    public override IEnumerable<SignedAmount> Amounts => Levels.Select(level => new SignedAmount(Sign, level));

    public override int? ValidMonths => Counting.ValidMonths;

    internal override bool HasDatedLines => true;

    internal override IEnumerable<GatheredFact> Gathers
    {
        get
        {
            yield return new(Fact, Counting.Gather);
            if (Counting.Repair is { } repair)
            {
                yield return new(repair.Fact, Counting.Gather);
            }
        }
    }

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading)
    {
        var kind = reading.Fact(fields, Key);
        var sign = fields.Has("扣") ? -1 : 1;
        var amountKey = sign < 0 ? "扣" : "加";
        if (fields.Has("扣") == fields.Has("加"))
        {
            reading.Problems.Error(fields.Place, $"{fields.What}要写“扣”或“加”，只写一个", "如“加: { 校级: 1, 市级: 2 }”");
        }

        var node = fields.RequiredNode(amountKey);
        fields.Node("扣");
        fields.Node("加");
        var highest = fields.OneOf("同一内容", "取最高") is not null;
        if (kind is null || node is null)
        {
            Counting.Read(fields, reading, []);
            return null;
        }

        if (kind.Levels.Count == 0)
        {
            reading.Problems.Error(fields.PlaceOf(Key), $"事实“{kind.Name}”没有级别，不能“按级别”记分", "在事实里写“带: [级别], 级别: […]”，或用“每次”");
            return null;
        }

        if (highest && !kind.Carries.HasFlag(Carried.Content))
        {
            reading.Problems.Error(fields.PlaceOf("同一内容"), $"事实“{kind.Name}”不带内容，分不出同一内容", "在事实的“带”里加上“内容”");
        }

        if (!kind.IsCounted)
        {
            reading.Problems.Error(fields.PlaceOf(Key), $"“按级别”用在按“{kind.Unit}”记的事实“{kind.Name}”上", "把事实改成记“次”");
        }

        var levels = node is Scalar { Text: "支部定" }
            ? Enumerable.Repeat(Schemes.Amount.LeftToBranch, kind.Levels.Count).ToList()
            : ReadLevels(node, amountKey, kind, reading);
        var counting = Counting.Read(fields, reading, levels ?? []);
        return levels is null ? null : new ByLevel(head, kind.Index, sign, levels, highest, counting);
    }

    private static List<Amount>? ReadLevels(Node node, string key, FactKind kind, RuleReading reading)
    {
        if (node is not Mapping map)
        {
            reading.Problems.Error(node, $"“{key}”要写每个级别的分", "如“{ 校级: 1, 市级: 2 }”");
            return null;
        }

        var byLevel = new Dictionary<string, Amount>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            if (entry.Value is Mapping second)
            {
                var inner = new Fields(second, $"级别“{entry.Key.Text}”", reading.Problems);
                foreach (var place in second.Entries)
                {
                    Note($"{entry.Key.Text}·{place.Key.Text}", place, inner);
                }
            }
            else
            {
                Note(entry.Key.Text, entry, new Fields(map, "级别", reading.Problems));
            }
        }

        var missing = kind.Levels.Where(level => !byLevel.ContainsKey(level)).ToList();
        if (missing.Count > 0)
        {
            reading.Problems.Error(node, $"“{key}”缺级别{Fields.Join(missing.ToArray())}", "每个级别都写上，不给分的写 0");
            return null;
        }

        return kind.Levels.Select(level => byLevel[level]).ToList();

        void Note(string level, Entry entry, Fields fields)
        {
            if (kind.LevelIndex(level) == 0)
            {
                reading.Problems.Error(entry.Key, $"事实“{kind.Name}”没有级别“{level}”", Spelling.SuggestFrom(level, kind.Levels.ToList(), "级别"));
            }
            else if (reading.Amount(fields, entry.Key.Text, rangeAllowed: false) is { } amount)
            {
                byLevel[level] = amount;
            }
        }
    }

    public override string Describe(IReadOnlyList<FactKind> kinds)
    {
        var amounts = kinds[Fact].Levels.Zip(Levels, (level, amount) => $"{level}{amount}");
        return $"{NameOf(kinds, Fact)}按级别{(Sign < 0 ? "扣" : "加")}：{string.Join("、", amounts)}{(HighestOfContent ? "，同一内容取最高" : "")}{Counting}";
    }

    internal override RuleProgram Compile(Compilation compilation) => new PricedFacts
    {
        Source = compilation.Sources[Id],
        RuleId = Id,
        Kind = compilation.Scheme.FactKinds[Fact],
        Calendar = compilation.Calendar,
        Sign = Sign,
        Amounts = Levels.ToArray(),
        ByLevel = true,
        HighestOfContent = HighestOfContent,
        Counting = Counting,
        Limits = Head.Limits,
        Offices = compilation.Profile.Offices,
        Unit = compilation.Scheme.Unit,
        IsLookedAt = compilation.LookedAt.Contains(Id),
    };

    internal override Sentence Sentence(Scheme scheme) => PricedFacts.SentenceOf(scheme, scheme.FactKinds[Fact], this, levels: true);
}
