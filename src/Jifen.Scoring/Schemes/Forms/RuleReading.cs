using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>What a form needs to read its keys: the kinds of fact, the unit, the adopted values of the readings.</summary>
internal sealed class RuleReading(
    IReadOnlyList<FactKind> kinds,
    IReadOnlyDictionary<string, Reading> readings,
    long unit,
    bool lowerWordExcludes,
    Problems problems)
{
    /// <summary>
    /// No document gives more; with at most ten thousand times a fact and a hundredfold multipliers every sum stays within 64 bits.
    /// </summary>
    private const long MostPoints = 10_000_00;

    private readonly Dictionary<string, FactKind> _byName = kinds
        .GroupBy(kind => kind.Name, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    public IReadOnlyList<FactKind> Kinds { get; } = kinds;

    public long Unit { get; } = unit;

    public Problems Problems { get; } = problems;

    /// <returns>the kind that <paramref name="key"/> names, or null when that is reported</returns>
    public FactKind? Fact(Fields fields, string key) =>
        fields.RequiredNode(key) is { } node ? Fact(node, fields, key) : null;

    public FactKind? Fact(Node node, Fields fields, string key)
    {
        if (fields.AsText(node, key) is not { } name)
        {
            return null;
        }

        if (_byName.TryGetValue(name, out var kind))
        {
            return kind;
        }

        Problems.Error(node, $"事实“{name}”没有定义", Spelling.SuggestFrom(name, _byName.Keys, "事实"));
        return null;
    }

    public IReadOnlyList<int> Facts(Fields fields, string key)
    {
        var nodes = fields.RequiredNode(key) switch
        {
            null => [],
            Sequence sequence => sequence.Items,
            var single => [single],
        };
        var facts = new List<int>();
        foreach (var node in nodes)
        {
            if (Fact(node, fields, key) is { } kind)
            {
                facts.Add(kind.Index);
            }
        }

        return facts;
    }

    /// <summary>扣 or 加, exactly one of them.</summary>
    public SignedAmount? Signed(Fields fields, bool rangeAllowed = false)
    {
        if (fields.Has("扣") == fields.Has("加"))
        {
            Problems.Error(fields.Place, $"{fields.What}要写“扣”或“加”，只写一个", "如“扣: 2”");
            fields.Node("扣");
            fields.Node("加");
            return null;
        }

        var key = fields.Has("扣") ? "扣" : "加";
        return Amount(fields, key, rangeAllowed) is { } amount ? new SignedAmount(key == "扣" ? -1 : 1, amount) : null;
    }

    /// <summary>扣, 加 or 此项: 不得分, exactly one of them.</summary>
    public Consequence? Consequence(Fields fields)
    {
        if (!fields.Has("此项"))
        {
            return Signed(fields) is { } amount ? new Consequence(amount) : null;
        }

        fields.RequiredOneOf("此项", "不得分");
        if (fields.Has("扣") || fields.Has("加"))
        {
            Problems.Error(fields.Place, $"{fields.What}写了“此项: 不得分”，就不能再写“扣”“加”", "删去一个");
            fields.Node("扣");
            fields.Node("加");
        }

        return new Consequence(null);
    }

    /// <summary>A number, a range, 支部定 or 见J1.</summary>
    public Amount? Amount(Fields fields, string key, bool rangeAllowed)
    {
        if (fields.Node(key) is not { } node)
        {
            fields.RequiredNode(key);
            return null;
        }

        if (node is Scalar { Text: "支部定" })
        {
            return Schemes.Amount.LeftToBranch;
        }

        if (node is Scalar { Text: ['见', .. var id] })
        {
            return Adopted(node, id);
        }

        if (node is Scalar { IsPlain: true } scalar)
        {
            var parts = scalar.Text.Split('~', '～');
            if (Fields.TryHundredths(parts[0], out var low) && low >= 0)
            {
                if (parts.Length == 1)
                {
                    CheckGrid(node, low);
                    return new Amount(low, low);
                }

                if (rangeAllowed && parts.Length == 2 && Fields.TryHundredths(parts[1], out var high) && high > low)
                {
                    CheckGrid(node, low);
                    CheckGrid(node, high);
                    return new Amount(low, high);
                }
            }
        }

        var written = node is Scalar { Text: var text } ? $"：{text}" : "";
        Problems.Error(
            node,
            $"“{key}”的分值读不懂{written}",
            rangeAllowed && written.AsSpan().ContainsAny('-', '—', '－')
                ? "区间用“~”，如“5~10”"
                : rangeAllowed ? "写一个数、区间“5~10”、“支部定”或“见J1”" : "写一个数、“支部定”或“见J1”");
        return null;
    }

    /// <summary>应达, 每少, 每满, 满: a number above 0 in hundredths; 0 stands for 支部定.</summary>
    public static long? Figure(Fields fields, string key)
    {
        if (fields.RequiredNode(key) is Scalar { Text: "支部定" })
        {
            return 0;
        }

        return fields.Hundredths(key, least: 1);
    }

    public void CheckGrid(Node node, long hundredths) => CheckGrid(node.Place, hundredths);

    public void CheckGrid(Place place, long hundredths)
    {
        if (Math.Abs(hundredths) > MostPoints)
        {
            Problems.Error(place, $"{Points.Format(hundredths)} 分太大，不像是积分", $"写 {Points.Format(MostPoints)} 以内的数");
            return;
        }

        if (hundredths % Unit != 0)
        {
            Problems.Error(
                place,
                $"{Points.Format(hundredths)} 不是记分单位 {Points.Format(Unit)} 的整数倍",
                $"改成 {Points.Format(Unit)} 的整数倍，或把“记分单位”改小");
        }
    }

    public Threshold? Threshold(Fields fields, string key, bool percent = false, bool exact = false)
    {
        var node = fields.RequiredNode(key);
        return node is null ? null : Schemes.Threshold.Read(node, key, lowerWordExcludes, percent, exact, Problems);
    }

    /// <summary>类别, 身份, 任职 of a section, item, rule or row.</summary>
    public Applicability Applies(Fields fields, IReadOnlyList<string> categories)
    {
        var named = fields.Texts("类别");
        foreach (var category in named.Where(category => !categories.Contains(category)))
        {
            Problems.Error(fields.PlaceOf("类别"), $"类别“{category}”没有定义", Spelling.SuggestFrom(category, categories.ToList(), "类别"));
        }

        var standings = new List<Facts.Standing>();
        foreach (var name in fields.Texts("身份"))
        {
            if (StandingOf(name) is { } standing)
            {
                standings.Add(standing);
            }
            else
            {
                Problems.Error(fields.PlaceOf("身份"), $"身份不能是“{name}”", "写“正式党员”“预备党员”“入党积极分子”之一；职务写在“任职”里");
            }
        }

        var offices = fields.Texts("任职");
        return named.Count + standings.Count + offices.Count == 0 ? Applicability.Everyone : new Applicability(named, standings.ToArray(), offices);
    }

    public static Facts.Standing? StandingOf(string name) => name switch
    {
        "正式党员" => Jifen.Scoring.Facts.Standing.Full,
        "预备党员" => Jifen.Scoring.Facts.Standing.Probationary,
        "入党积极分子" => Jifen.Scoring.Facts.Standing.Activist,
        _ => null,
    };

    public IReadOnlyList<Limit> Limits(Fields fields, bool timesAllowed)
    {
        var limits = new List<Limit>();
        var entries = fields.Node("限额") is Mapping ? [fields.Map("限额", "限额")!] : fields.Maps("限额", "限额");
        foreach (var entry in entries)
        {
            if (Limit(entry, timesAllowed) is { } limit)
            {
                limits.Add(limit);
            }

            entry.Done();
        }

        return limits;
    }

    public Limit? Limit(Fields fields, bool timesAllowed)
    {
        var every = fields.RequiredOneOf("每", SpanNames.All);
        if (timesAllowed && fields.Has("次"))
        {
            return fields.Whole("次", 1, 9999) is { } times && every is not null ? new Limit(SpanNames.Of(every), null, times) : null;
        }

        if (fields.RequiredNode("至多") is { } node && fields.Hundredths("至多") is { } most && every is not null)
        {
            CheckGrid(node, most);
            return new Limit(SpanNames.Of(every), most, null);
        }

        return null;
    }

    /// <summary>计期: whether the count runs from the first day of the cycle.</summary>
    public static bool ToDate(Fields fields) => fields.OneOf("计期", "年初至今", "本期") == "年初至今";

    private Amount? Adopted(Node node, string id)
    {
        if (!readings.TryGetValue(id, out var reading))
        {
            Problems.Error(node, $"解释“{id}”没有写", "在“解释”里写上，或直接写分值");
            return null;
        }

        if (!Fields.TryHundredths(reading.Adopted, out var value) || value < 0)
        {
            Problems.Error(reading.Place, $"“见{id}”要用解释 {id} 采用的数，但“采用”写的是“{reading.Adopted}”", "“采用”写一个数");
            return null;
        }

        CheckGrid(reading.Place, value);
        return new Amount(value, value, Reading: id);
    }
}
