using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>倍数: a factor for some dates, offices or levels.</summary>
/// <param name="Factor">hundredths</param>
public sealed record Multiplier(
    MonthDay? From, MonthDay? To, IReadOnlyList<string> Offices, IReadOnlyList<string> Levels, long Factor)
{
    public override string ToString()
    {
        var when = From is { } from && To is { } to ? $"{from.Month:00}-{from.Day:00}至{to.Month:00}-{to.Day:00}" : "";
        return $"{string.Concat([when, string.Join("、", Offices), string.Join("、", Levels)])}{Points.Format(Factor)}倍";
    }

    internal bool Holds(DateOnly date, IReadOnlyList<string> offices, string? level) =>
        InWindow(date)
        && (Offices.Count == 0 || offices.Any(Offices.Contains))
        && (Levels.Count == 0 || (level is not null && Levels.Any(named => level == named || level.StartsWith(named + "·", StringComparison.Ordinal))));

    private bool InWindow(DateOnly date)
    {
        if (From is not { } from || To is not { } to)
        {
            return true;
        }

        var at = (date.Month * 100) + date.Day;
        var first = (from.Month * 100) + from.Day;
        var last = (to.Month * 100) + to.Day;
        return first <= last ? at >= first && at <= last : at >= first || at <= last;
    }
}

/// <summary>再犯: from the second in the same span on (or within so many days of the one before) the amount is multiplied.</summary>
/// <param name="WithinDays">null when <paramref name="Within"/> is given</param>
/// <param name="Factor">hundredths</param>
public sealed record Repeat(Span? Within, int? WithinDays, long Factor);

/// <summary>整改: a later fact of the same content gives a share back.</summary>
/// <param name="Share">hundredths of a percent</param>
public sealed record Repair(int Fact, int Share);

/// <summary>The options of the forms that price facts one by one, in the order in which they work.</summary>
/// <param name="Most">最多: so many times in the round</param>
/// <param name="ValidMonths">有效: counts for so many months, from earlier cycles too</param>
public sealed record Counting(
    IReadOnlyList<Multiplier> Multipliers, Repeat? Repeat, int? Most, Repair? Repair, int? ValidMonths)
{
    private const long MostFactor = 100_00;

    public bool IsPlain => Multipliers.Count == 0 && Repeat is null && Most is null && Repair is null && ValidMonths is null;

    internal Gather Gather => ValidMonths is null ? Gather.InRound : Gather.Earlier;

    internal static Counting Read(Fields fields, RuleReading reading, IEnumerable<Amount> amounts)
    {
        var multipliers = fields.Maps("倍数", "倍数").Select(entry => ReadMultiplier(entry, reading)).OfType<Multiplier>().ToList();
        var repeat = fields.Map("再犯", "再犯") is { } again ? ReadRepeat(again, reading) : null;
        foreach (var amount in amounts)
        {
            CheckProducts(fields, reading, amount, multipliers, repeat);
        }

        return new Counting(
            multipliers,
            repeat,
            fields.Whole("最多", 1, 9999),
            fields.Map("整改", "整改") is { } repair ? ReadRepair(repair, reading) : null,
            ReadMonths(fields));
    }

    public override string ToString()
    {
        var parts = new List<string>();
        if (Multipliers.Count > 0)
        {
            parts.Add(string.Join("，", Multipliers));
        }

        if (Repeat is { } repeat)
        {
            parts.Add($"{repeat.Within?.Name() ?? $"{repeat.WithinDays}天"}内再犯{Points.Format(repeat.Factor)}倍");
        }

        if (Most is { } most)
        {
            parts.Add($"最多{most}次");
        }

        if (Repair is { } repair)
        {
            parts.Add($"整改退还{Points.Format(repair.Share)}%");
        }

        if (ValidMonths is { } months)
        {
            parts.Add($"有效{months}个月");
        }

        return string.Concat(parts.Select(part => "，" + part));
    }

    private static Multiplier? ReadMultiplier(Fields fields, RuleReading reading)
    {
        var from = ReadMonthDay(fields, "自");
        var to = ReadMonthDay(fields, "至");
        if (from is null != to is null)
        {
            reading.Problems.Error(fields.Place, "倍数的“自”“至”要一起写", "如“自: 03-01, 至: 05-31”");
        }

        var offices = fields.Texts("任职");
        var levels = fields.Texts("级别");
        var factor = ReadFactor(fields);
        fields.Done();
        return factor is { } value ? new Multiplier(from, to, offices, levels, value) : null;
    }

    private static Repeat? ReadRepeat(Fields fields, RuleReading reading)
    {
        var within = fields.RequiredText("内");
        var factor = ReadFactor(fields);
        fields.Done();
        var span = Array.IndexOf(SpanNames.All, within);
        if (span >= 0)
        {
            return factor is { } times ? new Repeat((Span)span, null, times) : null;
        }

        if (within.EndsWith('天') && int.TryParse(within[..^1], System.Globalization.CultureInfo.InvariantCulture, out var days) && days is > 0 and < 4000)
        {
            return factor is { } times ? new Repeat(null, days, times) : null;
        }

        reading.Problems.Error(fields.PlaceOf("内"), $"“内”不能是“{within}”", $"写{Fields.Join(SpanNames.All)}或“30天”");
        return null;
    }

    private static long? ReadFactor(Fields fields)
    {
        fields.RequiredNode("倍");
        var factor = fields.Hundredths("倍", least: 1);
        if (factor > MostFactor)
        {
            fields.Problems.Error(fields.PlaceOf("倍"), $"倍数 {Points.Format(factor.Value)} 太大", $"写 {Points.Format(MostFactor)} 以内的数");
            return null;
        }

        return factor;
    }

    private static Repair? ReadRepair(Fields fields, RuleReading reading)
    {
        var fact = reading.Fact(fields, "事实");
        if (fact is { } known && !known.Carries.HasFlag(Carried.Content))
        {
            reading.Problems.Error(fields.PlaceOf("事实"), $"事实“{known.Name}”不带内容，分不出整改的是哪一件", "在事实的“带”里加上“内容”");
        }

        fields.RequiredNode("退还");
        var share = fields.Percent("退还");
        fields.Done();
        return fact is not null && share is { } percent ? new Repair(fact.Index, percent) : null;
    }

    private static int? ReadMonths(Fields fields)
    {
        if (fields.Text("有效") is not { } text)
        {
            return null;
        }

        if (text.EndsWith("个月", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan()[..^2], System.Globalization.CultureInfo.InvariantCulture, out var months) && months is > 0 and <= 240)
        {
            return months;
        }

        fields.Problems.Error(fields.PlaceOf("有效"), $"“有效”不能是“{text}”", "写成“18个月”");
        return null;
    }

    internal static MonthDay? ReadMonthDay(Fields fields, string key)
    {
        if (fields.Text(key) is not { } text)
        {
            return null;
        }

        if (TryMonthDay(text, out var monthDay))
        {
            return monthDay;
        }

        fields.Problems.Error(fields.PlaceOf(key), $"“{key}”不是月日：{text}", "写成“03-01”");
        return null;
    }

    internal static bool TryMonthDay(string text, out MonthDay monthDay)
    {
        // A leap year, so that 02-29 is a day.
        var ok = DateOnly.TryParseExact(
            "2024-" + text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var date);
        monthDay = ok ? new MonthDay(date.Month, date.Day) : default;
        return ok;
    }

    // Every product must lie on the unit grid, so that nothing is ever rounded.
    private static void CheckProducts(
        Fields fields, RuleReading reading, Amount amount, List<Multiplier> multipliers, Repeat? repeat)
    {
        // In a range any multiple of the unit may be chosen: then the unit itself is the hardest case.
        var value = amount.IsRange ? reading.Unit : amount.Low;
        for (var i = 0; i <= multipliers.Count; i++)
        {
            var factor = i == multipliers.Count ? 100 : multipliers[i].Factor;
            for (var times = 1; times <= (repeat is null ? 1 : 2); times++)
            {
                var again = times == 1 ? 100 : repeat!.Factor;
                if (value * factor * again % (reading.Unit * 100_00) != 0)
                {
                    reading.Problems.Error(
                        fields.Place,
                        $"{Points.Format(value)} 乘倍数（{Points.Format(factor)}×{Points.Format(again)}）得 {(value * factor * again / 1_000_000m).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture)}，不是记分单位 {Points.Format(reading.Unit)} 的整数倍",
                        "改倍数，或把“记分单位”改小");
                    return;
                }
            }
        }
    }
}
