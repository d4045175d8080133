using Jifen.Scoring.Facts;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>Prices the facts of one kind one by one, with the options of <see cref="Counting"/> and 限额: the work behind 每次 and 按级别.</summary>
internal sealed class PricedFacts : RuleProgram
{
    internal const byte Plain = 0;
    internal const byte NotHighest = 1;
    internal const byte OverCount = 2;
    internal const byte Repaired = 3;

    private readonly Limit[] _pointLimits = [];
    private readonly Limit[] _timeLimits = [];
    private readonly List<int> _counted = [];
    private readonly Dictionary<Days, int> _timesInSpan = [];

    public required FactKind Kind { get; init; }

    public required Calendar Calendar { get; init; }

    public required int Sign { get; init; }

    /// <summary>By level index; one entry for a rule without levels.</summary>
    public required Amount[] Amounts { get; init; }

    public required bool ByLevel { get; init; }

    public required bool HighestOfContent { get; init; }

    public required Counting Counting { get; init; }

    public required IReadOnlyList<Limit> Limits
    {
        init
        {
            _pointLimits = Array.FindAll([.. value], limit => limit.Points is not null);
            _timeLimits = Array.FindAll([.. value], limit => limit.Times is not null);
        }
    }

    public required IReadOnlyList<string> Offices { get; init; }

    public required long Unit { get; init; }

    /// <summary>Another rule asks for <see cref="Counted"/>, so this one is never passed over.</summary>
    public required bool IsLookedAt { get; init; }

    /// <summary>Facts that gave points in the last evaluation: 另加 and 不兼得 ask for them.</summary>
    internal IReadOnlyList<int> Counted => _counted;

    // Facts of earlier cycles are not among the sums of this one.
    public override ulong WokenBy => Counting.ValidMonths is null && !IsLookedAt ? MemberPass.BitOf(Kind.Index) : 0;

    public override long Evaluate(MemberPass pass)
    {
        _counted.Clear();
        if (pass.Sums[Kind.Index] == 0 && Counting.ValidMonths is null)
        {
            return 0;
        }

        var firstLine = pass.Lines?.Count ?? 0;
        var total = 0L;
        var usedTimes = 0L;
        var previousDay = int.MinValue;
        foreach (var fact in pass.Gathered)
        {
            if (pass.Facts.KindOf(fact) != Kind.Index || !Counts(pass, fact))
            {
                continue;
            }

            var day = pass.Facts.DayOf(fact);
            if (HighestOfContent && IsBeaten(pass, fact))
            {
                pass.Add(Source, fact, day, 0, NotHighest);
                continue;
            }

            var repeated = IsRepeated(day, previousDay);
            previousDay = day;
            var times = HighestOfContent ? 1 : pass.Facts.QuantityOf(fact) / 100;
            var allowed = Math.Min(times, TimesLeft(day, usedTimes));
            usedTimes += allowed;
            Note(day, allowed);
            var factor = Factor(pass, fact, day) * (repeated ? Counting.Repeat!.Factor : 100);
            var points = Sign * Price(pass, fact) * allowed * factor / 100_00;
            if (Kind.IsShared && pass.Facts.SharersOf(fact) is > 1 and var sharers)
            {
                points = Points.Share(points, 1, sharers, Unit);
            }

            pass.Add(Source, fact, day, points, allowed < times ? OverCount : Plain, allowed, factor, times);
            total += points;
            if (points != 0)
            {
                _counted.Add(fact);
            }

            if (Counting.Repair is { } repair && points != 0 && IsRepaired(pass, fact, day, repair))
            {
                var back = Points.Share(-points, repair.Share, 100_00, Unit);
                pass.Add(Source, fact, day, back, Repaired);
                total += back;
            }
        }

        if (_timeLimits.Length > 0)
        {
            _timesInSpan.Clear();
        }

        foreach (var limit in _pointLimits)
        {
            total += LimitProgram.OnRule(pass, Calendar, limit, Source, firstLine);
        }

        return total;
    }

    private bool Counts(MemberPass pass, int fact)
    {
        var day = pass.Facts.DayOf(fact);
        return Counting.ValidMonths is { } months
            ? day <= pass.Counted.Last && DateOnly.FromDayNumber(day).AddMonths(months).DayNumber > pass.Window.Last
            : pass.Counted.Contains(day);
    }

    private long Price(MemberPass pass, int fact)
    {
        var amount = Amounts[ByLevel ? pass.Facts.LevelOf(fact) - 1 : 0];
        return amount.IsRange ? pass.Facts.AmountOf(fact) : amount.Low;
    }

    // The highest of one content; among equals the first by date, then id – the order of Gathered.
    private bool IsBeaten(MemberPass pass, int fact)
    {
        if (pass.Gathered.Length == 1)
        {
            return false;
        }

        var price = Price(pass, fact);
        var before = true;
        foreach (var other in pass.Gathered)
        {
            if (other == fact)
            {
                before = false;
            }
            else if (pass.Facts.KindOf(other) == Kind.Index)
            {
                var otherPrice = Price(pass, other);
                if ((otherPrice > price || (otherPrice == price && before)) && pass.Facts.SameContent(other, fact) && Counts(pass, other))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsRepeated(int day, int previousDay) => Counting.Repeat switch
    {
        null => false,
        _ when previousDay == int.MinValue => false,
        { WithinDays: { } days } => day - previousDay <= days,
        { Within: { } span } => Calendar.SpanOf(span, day).Contains(previousDay),
        _ => false,
    };

    private long TimesLeft(int day, long used)
    {
        var left = Counting.Most is { } most ? most - used : long.MaxValue;
        foreach (var limit in _timeLimits)
        {
            left = Math.Min(left, limit.Times!.Value - _timesInSpan.GetValueOrDefault(Calendar.SpanOf(limit.Every, day)));
        }

        return Math.Max(0, left);
    }

    private void Note(int day, long times)
    {
        if (_timeLimits.Length == 0)
        {
            return;
        }

        foreach (var span in _timeLimits.Select(limit => Calendar.SpanOf(limit.Every, day)).Distinct())
        {
            _timesInSpan[span] = _timesInSpan.GetValueOrDefault(span) + (int)times;
        }
    }

    private long Factor(MemberPass pass, int fact, int day)
    {
        if (Counting.Multipliers.Count == 0)
        {
            return 100;
        }

        var level = pass.Facts.LevelOf(fact) is > 0 and var index ? Kind.Levels[index - 1] : null;
        var date = DateOnly.FromDayNumber(day);
        foreach (var multiplier in Counting.Multipliers)
        {
            if (multiplier.Holds(date, Offices, level))
            {
                return multiplier.Factor;
            }
        }

        return 100;
    }

    private bool IsRepaired(MemberPass pass, int fact, int day, Repair repair)
    {
        if (!pass.Facts.HasContent(fact))
        {
            return false;
        }

        foreach (var other in pass.Gathered)
        {
            if (pass.Facts.KindOf(other) == repair.Fact && pass.Facts.DayOf(other) >= day
                && Counts(pass, other) && pass.Facts.SameContent(other, fact))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The sentences of 每次 and 按级别.</summary>
    internal static Sentence SentenceOf(Scheme scheme, FactKind kind, Rule rule, bool levels)
    {
        var name = System.Text.Encoding.UTF8.GetBytes(kind.Name);
        var unit = System.Text.Encoding.UTF8.GetBytes(kind.Unit);
        var open = rule.Amounts.Any(amount => amount.Amount.IsLeftToBranch);
        var range = rule.Amounts.Any(amount => amount.Amount.IsRange);
        return (ref SentenceText text, in Line line, FactTable facts) =>
        {
            if (line.Fact < 0)
            {
                LimitProgram.Say(ref text, line, rule.Head.Limits);
                return;
            }

            if (line.Note == NotHighest)
            {
                SayName(ref text, name, levels, kind, facts, line.Fact);
                text.Add("：同一内容取最高，不另计 0"u8);
                return;
            }

            text.AddDay(line.Day);
            text.Add(" "u8);
            SayName(ref text, name, levels, kind, facts, line.Fact);
            if (!facts.ContentOf(line.Fact).IsEmpty)
            {
                text.Add("“"u8);
                text.Add(facts.ContentOf(line.Fact));
                text.Add("”"u8);
            }

            if (line.Note == Repaired)
            {
                text.Add("：已整改，退还"u8);
                text.AddSigned(line.Points);
                return;
            }

            if (range)
            {
                text.Add("（认定"u8);
                text.AddHundredths(facts.AmountOf(line.Fact));
                text.Add("分）"u8);
            }

            if (line.C > 1)
            {
                text.Add(" "u8);
                text.Add(line.C);
                text.Add(unit);
            }

            if (line.B != 100_00)
            {
                text.Add("，按"u8);
                text.AddHundredths(line.B / 100);
                text.Add("倍"u8);
            }

            if (kind.IsShared && facts.SharersOf(line.Fact) > 1)
            {
                text.Add("，"u8);
                text.Add(facts.SharersOf(line.Fact));
                text.Add("人均分"u8);
            }

            if (line.Note == OverCount)
            {
                text.Add("，次数已满，计"u8);
                text.Add(line.A);
                text.Add(unit);
            }

            if (open)
            {
                text.Add("，分值待支部细则确定"u8);
            }

            text.AddSigned(line.Points);
        };
    }

    private static void SayName(ref SentenceText text, byte[] name, bool levels, FactKind kind, FactTable facts, int fact)
    {
        text.Add(name);
        if (levels && facts.LevelOf(fact) is > 0 and var level)
        {
            text.Add("（"u8);
            text.Add(kind.Levels[level - 1]);
            text.Add("）"u8);
        }
    }
}
