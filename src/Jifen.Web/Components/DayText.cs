using System.Globalization;

namespace Jifen.Web.Components;

/// <summary>Days as Chinese readers write them, the same on every machine.</summary>
public static class DayText
{
    /// <summary>10月15日</summary>
    public static string MonthDay(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Month}月{day.Day}日");

    /// <summary>2025年10月15日</summary>
    public static string Full(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");

    /// <summary>10月15日（周三）</summary>
    public static string WithWeekday(DateOnly day) => $"{MonthDay(day)}（周{"日一二三四五六"[(int)day.DayOfWeek]}）";

    /// <summary>2025-10-15, for machines and fields.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>今天截止, 还剩3天, 逾期2天</summary>
    public static string Left(DateOnly due, DateOnly today) => (due.DayNumber - today.DayNumber) switch
    {
        0 => "今天截止",
        1 => "明天截止",
        > 0 and var days => string.Create(CultureInfo.InvariantCulture, $"还剩{days}天"),
        var days => string.Create(CultureInfo.InvariantCulture, $"逾期{-days}天"),
    };
}
