using System.Globalization;
using System.Text.RegularExpressions;

namespace Jifen.Scoring.Schemes.Yaml;

/// <summary>
/// The keys of one mapping while it is being read: what is taken is known, what is left at the end is refused. A missing or ill-formed
/// value is reported and read as null, so that one reading finds every fault of the file.
/// </summary>
internal sealed partial class Fields
{
    private readonly Mapping _mapping;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public Fields(Mapping mapping, string what, Problems problems)
    {
        _mapping = mapping;
        What = what;
        Problems = problems;
    }

    /// <summary>For messages: 办法, 事实“集中学习”, 记分“学1” …</summary>
    public string What { get; set; }

    public Problems Problems { get; }

    public Place Place => _mapping.Place;

    public bool Has(string key) => _mapping.Find(key) is not null;

    public Node? Node(string key)
    {
        _known.Add(key);
        return _mapping.Find(key) is Scalar { IsEmpty: true } or null ? null : _mapping.Find(key);
    }

    public Node? RequiredNode(string key)
    {
        var node = Node(key);
        if (node is null)
        {
            Problems.Error(Place, $"{What}缺“{key}”", $"写上“{key}: …”");
        }

        return node;
    }

    public Place PlaceOf(string key) => _mapping.Find(key)?.Place ?? Place;

    public string? Text(string key) => Node(key) is { } node ? AsText(node, key) : null;

    public string RequiredText(string key) => RequiredNode(key) is { } node ? AsText(node, key) ?? "" : "";

    public string? OneOf(string key, params string[] allowed)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (Array.IndexOf(allowed, text) < 0)
        {
            Problems.Error(PlaceOf(key), $"“{key}”不能是“{text}”", $"写{Join(allowed)}之一");
            return null;
        }

        return text;
    }

    public string? RequiredOneOf(string key, params string[] allowed) =>
        RequiredNode(key) is null ? null : OneOf(key, allowed);

    /// <summary>A plain decimal of at most two places, in hundredths.</summary>
    public long? Hundredths(string key, long least = 0)
    {
        if (Node(key) is not { } node)
        {
            return null;
        }

        if (node is Scalar { IsPlain: true } scalar && TryHundredths(scalar.Text, out var value) && value >= least)
        {
            return value;
        }

        var written = node is Scalar { Text: var text } ? $"，不是“{text}”" : "";
        Problems.Error(
            node,
            $"“{key}”要写一个数（最多两位小数{(least > 0 ? "，大于0" : "")}）{written}",
            written.Contains('%', StringComparison.Ordinal) ? "百分数写成小数，10% 写 0.1" : $"改成数，如“{key}: 2”");
        return null;
    }

    public int? Whole(string key, int least, int most)
    {
        if (Node(key) is not { } node)
        {
            return null;
        }

        if (node is Scalar scalar
            && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most)
        {
            return value;
        }

        Problems.Error(node, $"“{key}”要写 {least} 到 {most} 之间的整数", $"改成整数，如“{key}: {least}”");
        return null;
    }

    /// <summary>A percentage such as <c>12.5%</c> in hundredths of a percent: 1250.</summary>
    public int? Percent(string key)
    {
        if (Node(key) is not { } node)
        {
            return null;
        }

        if (node is Scalar { Text: [.. var number, '%'] } && TryHundredths(number, out var value) && value is >= 0 and <= 100_00)
        {
            return (int)value;
        }

        Problems.Error(node, $"“{key}”要写 0% 到 100%", $"如“{key}: 10%”");
        return null;
    }

    public bool Flag(string key) => OneOf(key, "是", "否") == "是";

    /// <summary>One word or a list of words.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        switch (Node(key))
        {
            case null:
                return [];
            case Sequence sequence:
                var texts = new List<string>();
                foreach (var item in sequence.Items)
                {
                    if (AsText(item, key) is { } text)
                    {
                        texts.Add(text);
                    }
                }

                return texts;
            case var node:
                return AsText(node, key) is { } single ? [single] : [];
        }
    }

    public IReadOnlyList<string> RequiredTexts(string key)
    {
        if (RequiredNode(key) is null)
        {
            return [];
        }

        var texts = Texts(key);
        if (texts.Count == 0)
        {
            Problems.Error(PlaceOf(key), $"“{key}”是空的", "至少写一个");
        }

        return texts;
    }

    public Fields? Map(string key, string what)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case Mapping mapping:
                return new Fields(mapping, what, Problems);
            case var node:
                Problems.Error(node, $"“{key}”应当写成 {{ 键: 值 }}", "看 docs/scheme-language.md 第 2 节");
                return null;
        }
    }

    /// <summary>The mappings of a list; anything else in it is reported.</summary>
    public IEnumerable<Fields> Maps(string key, string what)
    {
        switch (Node(key))
        {
            case null:
                yield break;
            case Sequence sequence:
                foreach (var item in sequence.Items)
                {
                    if (item is Mapping mapping)
                    {
                        yield return new Fields(mapping, what, Problems);
                    }
                    else
                    {
                        Problems.Error(
                        item,
                        $"{what}应当写成 {{ 键: 值 }}",
                        item is Scalar scalar && scalar.Text.Contains('：', StringComparison.Ordinal)
                            ? "冒号用了全角，改成半角加一个空格"
                            : "每一条以“- ”开头，后面写 { … }");
                    }
                }

                yield break;
            case var node:
                Problems.Error(node, $"“{key}”应当是一列，每条以“- ”开头", $"没有的话写“{key}: []”");
                yield break;
        }
    }

    /// <summary>Entries that nobody has taken yet, with their keys: conditions name sections and items.</summary>
    public IReadOnlyList<Entry> TakeUnknown()
    {
        var rest = _mapping.Entries.Where(entry => !_known.Contains(entry.Key.Text)).ToList();
        foreach (var entry in rest)
        {
            _known.Add(entry.Key.Text);
        }

        return rest;
    }

    /// <summary>Refuses what nobody took.</summary>
    public void Done()
    {
        var known = _known.ToList();
        foreach (var entry in TakeUnknown())
        {
            var stray = entry.Value is Scalar { IsEmpty: true };
            Problems.Error(
                entry.Key,
                $"{What}里不认识“{entry.Key.Text}”",
                entry.Key.Text.Contains('：', StringComparison.Ordinal)
                    ? "冒号用了全角，改成半角加一个空格"
                    : stray
                    ? "若是句子里的逗号，请改成全角“，”，或给整句加引号"
                    : Spelling.Nearest(entry.Key.Text, known) is { } near ? $"是不是“{near}”？" : "删去，或查 docs/scheme-language.md 第 2、3 节的键");
        }
    }

    public string? AsText(Node node, string key)
    {
        if (node is Scalar { Text.Length: > 0 } scalar)
        {
            if (HasMarks(scalar.Text))
            {
                Problems.Error(node, $"“{key}”里有引号、反斜杠、换行或控制字符", "改用中文引号“”，写在一行里");
                return null;
            }

            return scalar.Text;
        }

        Problems.Error(node, $"“{key}”应当写一个词或一句话", "检查缩进和括号");
        return null;
    }

    public static bool TryHundredths(string text, out long hundredths)
    {
        hundredths = 0;
        if (!PlainNumber().IsMatch(text) || !Points.TryParse(text, out var points))
        {
            return false;
        }

        hundredths = points.Hundredths;
        return true;
    }

    /// <summary>甲、乙或丙 in quotation marks.</summary>
    public static string Join(ReadOnlySpan<string> words)
    {
        var quoted = new List<string>();
        foreach (var word in words)
        {
            quoted.Add($"“{word}”");
        }

        return string.Join("、", quoted);
    }

    // Texts go into JSON, CSV and sheets as they are: what would need escaping is refused.
    private static bool HasMarks(string text)
    {
        foreach (var c in text)
        {
            if (c is '"' or '\\' or '\0' or '\t' or '\n' or '\r')
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"^-?[0-9]{1,9}(\.[0-9]{1,2})?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainNumber();
}
