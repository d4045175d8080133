namespace Jifen.Tests.Naive;

/// <summary>Writes items with their rules: falling from 满分, or open with or without a start, a cap, a floor and a 限额.</summary>
internal sealed class RandomItems(RandomSchemeFrame frame, RandomRules rules)
{
    private readonly string _idPrefix = frame.InRefinement ? "own-item-" : "item-";
    private int _items;

    public string Falling(decimal full, string narrowing, List<string> ids)
    {
        var place = new RulePlace(["扣"], StartsFull: true, full);
        var inventedRules = Enumerable.Range(0, frame.Dice.Range(0, 3)).Select(_ => rules.Any(place)).ToList();
        return Item($"满分: {SeededDice.Text(full)}{narrowing}", inventedRules, ids);
    }

    public string Open(IReadOnlyList<string> signs, List<string> ids)
    {
        var keys = new List<string>();
        var start = frame.Dice.Chance(20) ? frame.Dice.Multiple(frame.Unit, 10m) : 0m;
        if (start > 0m)
        {
            keys.Add("起分: " + SeededDice.Text(start));
        }

        decimal? cap = signs.Contains("加", StringComparer.Ordinal) && frame.Dice.Chance(40) ? start + frame.Dice.Multiple(frame.Unit, 12m) : null;
        if (cap is { } most)
        {
            keys.Add("封顶: " + SeededDice.Text(most));
        }
        else if (frame.Dice.Chance(frame.InRefinement ? 0 : 5))
        {
            keys.Add("封顶: 支部定");
        }

        if (frame.Dice.Chance(20))
        {
            keys.Add("保底: " + frame.Dice.Pick("0", "-10"));
        }

        if (frame.Dice.Chance(10))
        {
            keys.Add(frame.SomePeople());
        }

        var place = new RulePlace(signs, StartsFull: false, cap);
        var count = frame.Dice.Range(0, 3);
        if (frame.Dice.Chance(15))
        {
            keys.Add("限额: " + rules.Limit(["日", "月", "季度", "半年", "学期", "年"], mayCountTimes: false));
            return Item(string.Join(", ", keys), Enumerable.Range(0, count).Select(_ => rules.PerFact(place)).ToList(), ids);
        }

        return Item(string.Join(", ", keys), Enumerable.Range(0, count).Select(_ => rules.Any(place)).ToList(), ids);
    }

    public string Item(string keys, List<string> ruleTexts, List<string> ids)
    {
        _items++;
        var id = SeededDice.Text(_items);
        ids.Add(_idPrefix + id);
        var lines = ruleTexts.Count == 0 ? "[]" : $"[\n      {string.Join(",\n      ", ruleTexts)} ]";
        return $"  - {{ 编号: {_idPrefix}{id}, 名称: 项目{id}, {(keys.Length > 0 ? keys + ", " : "")}记分: {lines} }}\n";
    }
}
