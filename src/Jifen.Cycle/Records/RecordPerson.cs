using Jifen.Scoring.Facts;

namespace Jifen.Cycle.Records;

/// <summary>A stretch on the branch's roll, both days included.</summary>
/// <param name="To">null: still there</param>
public sealed record RollStay(DateOnly From, DateOnly? To)
{
    public bool Covers(DateOnly day) => From <= day && (To is null || To >= day);

    /// <summary>Some day of the month lies in it.</summary>
    public bool Touches(DateOnly month) => From <= month.AddMonths(1).AddDays(-1) && (To is null || To >= month);
}

/// <summary>Somebody of whom the branch keeps records.</summary>
/// <param name="Number">编号; null when none was given</param>
/// <param name="Stays">on this branch's roll, in order of time</param>
/// <param name="Profile">standing, category and offices: what decides which rules apply</param>
public sealed record RecordPerson(PersonId Person, string Name, string? Number, string? PartyGroup, IReadOnlyList<RollStay> Stays, Member Profile)
{
    public bool IsOnRoll(DateOnly day) => Stays.Any(stay => stay.Covers(day));

    public bool IsOnRollIn(DateOnly month) => Stays.Any(stay => stay.Touches(month));
}

/// <summary>The people of a branch, and the days that can still be entered.</summary>
/// <param name="OpenSince">first day of the oldest cycle that is still open</param>
/// <param name="Excluded">whom the person who records may not act for, with the reason</param>
public sealed record RecordDesk(
    IReadOnlyDictionary<PersonId, RecordPerson> People, DateOnly Today, DateOnly OpenSince, IReadOnlyDictionary<PersonId, Refusal> Excluded)
{
    /// <returns>why nothing can be entered for this person on this day, or null</returns>
    public RowFault? FaultOf(int row, PersonId person, DateOnly on)
    {
        if (FaultOfPerson(row, person) is { } fault)
        {
            return fault;
        }

        if (on > Today)
        {
            return new RowFault(row, Fields.On, $"{Days.Full(on)}还没有到。写事情发生的那一天，最晚是今天");
        }

        if (on < OpenSince)
        {
            return new RowFault(row, Fields.On, $"{Days.Full(on)}所在的周期已经结束，不能再登记。现在可以登记{Days.Full(OpenSince)}以来的事；更早的，请报上级党组织按程序更正");
        }

        var who = People[person];
        return who.IsOnRoll(on) ? null : new RowFault(row, Fields.On, $"{who.Name}{Days.Full(on)}不在本支部的名册上（{RollText(who)}）。请核对日期和人");
    }

    /// <returns>why nothing can be entered for this person at all, or null</returns>
    public RowFault? FaultOfPerson(int row, PersonId person) =>
        People.ContainsKey(person) ? null : new RowFault(row, Fields.Person, "选的人不在本支部的名册上。请刷新页面重新选");

    /// <summary>The first of the people of whom somebody else keeps the records.</summary>
    public Refusal? RefusalOf(IEnumerable<PersonId> people) =>
        people.Where(Excluded.ContainsKey).Select(person => Excluded[person]).FirstOrDefault();

    internal static string RollText(RecordPerson who) =>
        string.Join("，", who.Stays.Select(stay => stay.To is { } to ? $"在册{Days.Full(stay.From)}至{Days.Full(to)}" : $"{Days.Full(stay.From)}起在册"));
}

/// <summary>Names of fields, the same on forms, in lists and in messages.</summary>
public static class Fields
{
    public const string Person = "person";
    public const string On = "on";
    public const string Kind = "fact";
    public const string Quantity = "quantity";
    public const string Level = "level";
    public const string Content = "content";
    public const string Points = "points";
    public const string Ground = "ground";
    public const string Reason = "reason";
    public const string Title = "title";
    public const string Hours = "hours";
    public const string Month = "month";
    public const string Due = "due";
    public const string Paid = "paid";
    public const string PaidOn = "paid-on";
    public const string Evidence = "evidence";
    public const string Body = "body";
    public const string Finding = "finding";
    public const string Defence = "defence";
    public const string Outcome = "outcome";
    public const string Answer = "answer";
    public const string Pledge = "pledge";
    public const string Remark = "remark";
}

internal static class Days
{
    /// <summary>2025年3月1日</summary>
    public static string Full(DateOnly day) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");

    /// <summary>2025年3月</summary>
    public static string Month(DateOnly day) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月");
}
