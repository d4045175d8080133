using Jifen.Scoring.Schemes;

namespace Jifen.Scoring.Facts;

/// <summary>Which field of a fact is at fault.</summary>
public enum FactField
{
    Date,
    Quantity,
    Level,
    Content,
    Amount,
}

/// <summary>Why a fact cannot be taken in, and how to mend it.</summary>
public sealed record FactFault(FactField Field, string Cause, string Remedy);

/// <summary>Holds a fact against its kind: what every way of entering facts (csv, xlsx, page, API) asks before it takes one.</summary>
public sealed class FactCheck
{
    // A slip of the pen, not a quantity: a thousand hours a day for three years.
    private const int MostQuantity = 1_000_000_00;
    private const int MostTimes = 10_000_00;

    private readonly Scheme _scheme;
    // By kind.
    private readonly Dictionary<Profile, (long Least, long Most)?>?[] _ranges;

    public FactCheck(Scheme scheme)
    {
        _scheme = scheme;
        _ranges = new Dictionary<Profile, (long Least, long Most)?>?[scheme.FactKinds.Count];
    }

    /// <param name="day"><see cref="DateOnly.DayNumber"/></param>
    /// <param name="quantity">hundredths</param>
    /// <param name="level">0 none, otherwise 1 + index in the kind's levels</param>
    /// <param name="amount">hundredths, or <see cref="FactSegment.NoAmount"/></param>
    /// <returns>null when the fact can be taken</returns>
    public FactFault? Check(int kind, Member member, int day, long quantity, int level, bool hasContent, long amount)
    {
        var what = _scheme.FactKinds[kind];
        if (day < Scheme.FirstDayOfTheWorld.DayNumber || day > Scheme.LastDayOfTheWorld.DayNumber)
        {
            return new FactFault(
                FactField.Date,
                $"日期不在 {Scheme.FirstDayOfTheWorld:yyyy-MM-dd} 到 {Scheme.LastDayOfTheWorld:yyyy-MM-dd} 之间",
                "改成事实发生的那一天");
        }

        if (quantity < 0 || quantity > MostQuantity || (what.IsCounted && (quantity is < 100 or > MostTimes || quantity % 100 != 0)))
        {
            return new FactFault(
                FactField.Quantity,
                what.IsCounted
                    ? $"“{what.Name}”按“{what.Unit}”记，数量要写 1 到 {Points.Format(MostTimes)} 的整数"
                    : $"数量要写 0 到 {Points.Format(MostQuantity)} 的数，最多两位小数",
                "改数量；空着就是 1");
        }

        if (what.Carries.HasFlag(Carried.Level) ? level == 0 : level != 0)
        {
            return what.Carries.HasFlag(Carried.Level)
                ? new FactFault(FactField.Level, $"“{what.Name}”要写级别", $"写{Words(what.Levels)}之一")
                : new FactFault(FactField.Level, $"“{what.Name}”不分级别", "把级别删去");
        }

        if (what.Carries.HasFlag(Carried.Content) && !hasContent)
        {
            return new FactFault(FactField.Content, $"“{what.Name}”要写内容，好认出同一件事", "写上表彰、事项的名称；同一件事写得一样");
        }

        return CheckAmount(what, member, amount);
    }

    private FactFault? CheckAmount(FactKind what, Member member, long amount)
    {
        var carries = what.Carries.HasFlag(Carried.Amount);
        if (amount == FactSegment.NoAmount)
        {
            return carries ? new FactFault(FactField.Amount, $"“{what.Name}”要写认定的分值", Range(what, member)) : null;
        }

        if (!carries)
        {
            return new FactFault(FactField.Amount, $"“{what.Name}”几分由办法定，不能自己写分值", "把分值删去");
        }

        if (RangeOf(what, member) is { } range && (amount < range.Least || amount > range.Most))
        {
            return new FactFault(FactField.Amount, $"分值 {Points.Format(amount)} 超出范围", Range(what, member));
        }

        return amount % _scheme.Unit != 0 && !IsMark(what)
            ? new FactFault(FactField.Amount, $"分值 {Points.Format(amount)} 不是记分单位 {Points.Format(_scheme.Unit)} 的整数倍", Range(what, member))
            : null;
    }

    // Marks are converted and rounded by the rule; points chosen in a range enter the sheet as they are.
    private bool IsMark(FactKind what) => _scheme.Rules.All(rule =>
        rule.AmountRange(what, null) is null || rule is Schemes.Forms.Converted or Schemes.Forms.JointAssessment or Schemes.Forms.BandTable);

    private string Range(FactKind what, Member member) => RangeOf(what, member) is { } range
        ? $"写 {Points.Format(range.Least)} 到 {Points.Format(range.Most)} 之间的数"
        : "写认定的分值";

    /// <summary>What 分值 may be for this kind and this person, in hundredths; null when the scheme sets no range.</summary>
    public (long Least, long Most)? RangeOf(FactKind what, Member member)
    {
        var profile = Profile.Of(member);
        var ranges = _ranges[what.Index] ??= [];
        if (!ranges.TryGetValue(profile, out var range))
        {
            range = RangeFor(what, profile);
            ranges.Add(profile, range);
        }

        return range;
    }

    // The narrowest range of all rules that look at the amount of this kind for this person.
    private (long Least, long Most)? RangeFor(FactKind what, Profile profile)
    {
        (long Least, long Most)? range = null;
        foreach (var section in _scheme.Sections.Where(section => section.Applies.Covers(profile)))
        {
            foreach (var item in section.Items.Where(item => item.Applies.Covers(profile)))
            {
                var most = (item.Max ?? item.Cap)?.For(profile.Category);
                foreach (var rule in item.Rules.Where(rule => rule.Head.Applies.Covers(profile)))
                {
                    if (rule.AmountRange(what, most) is { } own)
                    {
                        range = range is { } known ? (Math.Max(known.Least, own.Least), Math.Min(known.Most, own.Most)) : own;
                    }
                }
            }
        }

        return range ?? (what.MarksFrom, what.MarksTo);
    }

    private static string Words(IReadOnlyList<string> words) => string.Join("、", words.Select(word => $"“{word}”"));
}
