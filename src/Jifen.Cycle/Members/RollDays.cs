using System.Globalization;

namespace Jifen.Cycle.Members;

/// <summary>Which days can stand in a roll or a term of office at all.</summary>
public static class RollDays
{
    /// <summary>How far ahead something may be entered, in years.</summary>
    public const int YearsAhead = 1;

    /// <summary>Nothing is older than the Party.</summary>
    public static readonly DateOnly Earliest = new(1921, 7, 1);

    /// <returns>why the day cannot be right, or null</returns>
    public static Refusal? Objection(DateOnly on, DateOnly today) =>
        on > today.AddYears(YearsAhead) ? new TooFarAhead(on)
        : on < Earliest ? new TooLongAgo(on)
        : null;

    /// <summary>2025年3月1日</summary>
    public static string Say(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");
}

public sealed record TooFarAhead(DateOnly On)
    : Refusal($"日期 {RollDays.Say(On)} 在一年以后。请检查年份；真要提前登记，请在一年之内再来。");

public sealed record TooLongAgo(DateOnly On) : Refusal($"日期 {RollDays.Say(On)} 太早，多半是年份写错了。请改正。");

public sealed record AlreadyOnRoll(string Branch, DateOnly Since)
    : Refusal($"此人从 {RollDays.Say(Since)} 起已经在“{Branch}”的名册上。要换支部，请用“转接组织关系”；信息有误，请在此人的页面更正。");

public sealed record OverlapsEarlierStay(DateOnly On, DateOnly LeftOn)
    : Refusal($"此人到 {RollDays.Say(LeftOn)} 为止还在另一个支部的名册上，不能从 {RollDays.Say(On)} 起又在这里。请把日期改到 {RollDays.Say(LeftOn.AddDays(1))} 或以后。");

public sealed record LaterStayIsKnown(DateOnly From)
    : Refusal($"名册上已有从 {RollDays.Say(From)} 起的登记，不能在它之前再加一段没有终点的。请先核对此人的历史。");

public sealed record NotOnThisRoll(string Branch)
    : Refusal($"此人不在“{Branch}”的名册上（或那一天还没有来、已经离开）。请核对日期和支部。");

public sealed record LeavesBeforeArrival(DateOnly On, DateOnly From)
    : Refusal($"离开的日子（{RollDays.Say(On)}）早于到支部的日子（{RollDays.Say(From)}）。请改正日期。");
