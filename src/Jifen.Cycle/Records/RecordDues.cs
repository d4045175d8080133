using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Records;

/// <summary>党费 of one person and month, as somebody writes it down.</summary>
/// <param name="Month">first day of the month</param>
/// <param name="Due">应缴, yuan</param>
/// <param name="Paid">实缴 up to now, yuan, all payments together; 0: nothing</param>
/// <param name="PaidOn">the day of the last payment; null: nothing was paid</param>
public sealed record DuesLine(PersonId Person, DateOnly Month, decimal Due, decimal Paid, DateOnly? PaidOn);

/// <summary>What is on record for a person and month.</summary>
public sealed record StandingDues(EntryId Entry, decimal Due, decimal Paid, DateOnly? PaidOn)
{
    public bool Says(DuesLine line) => Due == line.Due && Paid == line.Paid && PaidOn == line.PaidOn;

    /// <summary>More was paid since: an ordinary entry, no correction.</summary>
    public bool IsFollowedBy(DuesLine line) =>
        Due == line.Due && Paid < Due && line.Paid > Paid && line.PaidOn is { } on && (PaidOn is null || on >= PaidOn);
}

/// <summary>登记党费: a month of the whole branch, or a list of several months.</summary>
/// <param name="Ground">依据: 党费收缴台账, the name of the list</param>
public sealed record RecordDues(IReadOnlyList<DuesLine> Lines, string? Ground)
{
    /// <summary>Beyond it somebody slipped by a digit or two.</summary>
    public const decimal MostYuan = 99_999.99m;

    private const int MonthsAhead = 12;

    /// <param name="standing">what holds now of the months named</param>
    /// <param name="rows">登记 of the scheme in force; null: none is</param>
    public Ruling Decide(RecordDesk desk, IReadOnlyDictionary<(PersonId Person, DateOnly Month), StandingDues> standing, DuesRow? rows)
    {
        var changed = Lines.Where(line => !(standing.GetValueOrDefault((line.Person, line.Month))?.Says(line) ?? false)).ToList();
        if (desk.RefusalOf(changed.Select(line => line.Person)) is { } refusal)
        {
            return refusal;
        }

        var faults = FaultsOf(desk, standing);
        if (faults.Count > 0)
        {
            return new InputIsWrong(faults);
        }

        return changed.Count == 0
            ? Ruling.NothingToDo
            : Ruling.Of(changed.ConvertAll(line => HappeningOf(line, desk.Today, Ground, rows)));
    }

    /// <summary>Everything that is wrong, by row; what says the same as the record is passed over.</summary>
    public IReadOnlyList<RowFault> FaultsOf(RecordDesk desk, IReadOnlyDictionary<(PersonId Person, DateOnly Month), StandingDues> standing)
    {
        var faults = new List<RowFault>();
        var seen = new Dictionary<(PersonId, DateOnly), int>();
        for (var row = 0; row < Lines.Count; row++)
        {
            var line = Lines[row];
            var known = standing.GetValueOrDefault((line.Person, line.Month));
            if (!seen.TryAdd((line.Person, line.Month), row))
            {
                faults.Add(new RowFault(row, Fields.Person, $"与第{seen[(line.Person, line.Month)] + 1}行是同一个人、同一个月，只留一行"));
            }
            else if (known?.Says(line) != true && (FaultOf(row, line, desk) ?? FaultAgainst(row, line, known, desk)) is { } fault)
            {
                faults.Add(fault);
            }
        }

        return faults;
    }

    internal static Happening HappeningOf(DuesLine line, DateOnly today, string? ground, DuesRow? rows)
    {
        var last = line.Month.AddMonths(1).AddDays(-1);
        return new Happening(
            new DuesRecorded(line.Month, line.Due, line.Paid, line.PaidOn),
            line.Person,
            line.PaidOn ?? (last < today ? last : today),
            WrittenText.OrNull(ground),
            rows?.Clauses is [var clause, ..] ? clause : null);
    }

    /// <returns>why the line cannot be right whatever is on record, or null</returns>
    internal static RowFault? FaultOf(int row, DuesLine line, RecordDesk desk)
    {
        if (desk.FaultOfPerson(row, line.Person) is { } unknown)
        {
            return unknown;
        }

        var who = desk.People[line.Person];
        return (line, who) switch
        {
            _ when line.Month.Day != 1 => new RowFault(row, Fields.Month, $"月份不对，写成“{desk.Today:yyyy-MM}”这样"),
            _ when line.Month > desk.Today.AddMonths(MonthsAhead) => new RowFault(row, Fields.Month, $"{Days.Month(line.Month)}太远，至多预缴{MonthsAhead}个月。请看看年份"),
            _ when line.Month.AddMonths(1).AddDays(-1) < desk.OpenSince => new RowFault(
                row, Fields.Month, $"{Days.Month(line.Month)}所在的周期已经结束，不能再登记；请报上级党组织按程序更正"),
            _ when !who.IsOnRollIn(line.Month) => new RowFault(
                row, Fields.Month, $"{who.Name}{Days.Month(line.Month)}不在本支部的名册上（{RecordDesk.RollText(who)}）"),
            _ when !IsMoney(line.Due) => new RowFault(row, Fields.Due, $"{who.Name}的应缴要写 0 到 {MostYuan} 的数，最多两位小数"),
            _ when !IsMoney(line.Paid) => new RowFault(row, Fields.Paid, $"{who.Name}的实缴要写 0 到 {MostYuan} 的数，最多两位小数"),
            _ when line.Paid > 0 && line.PaidOn is null => new RowFault(row, Fields.PaidOn, $"{who.Name}缴了 {line.Paid:0.##} 元，没有写哪天缴的"),
            _ when line.Paid == 0 && line.PaidOn is not null && line.Due > 0 => new RowFault(
                row, Fields.Paid, $"{who.Name}写了缴纳日期，实缴却是 0。缴了的写金额；没缴的不写日期"),
            _ when line.PaidOn > desk.Today => new RowFault(row, Fields.PaidOn, $"{who.Name}的缴纳日期{Days.Full(line.PaidOn.Value)}还没有到"),
            _ when line.PaidOn < line.Month.AddMonths(-MonthsAhead) => new RowFault(
                row, Fields.PaidOn, $"{who.Name}的缴纳日期{Days.Full(line.PaidOn.Value)}比{Days.Month(line.Month)}早一年多，请看看年份"),
            _ => null,
        };
    }

    private static RowFault? FaultAgainst(int row, DuesLine line, StandingDues? known, RecordDesk desk) =>
        known is null || known.IsFollowedBy(line)
            ? null
            : new RowFault(
                row,
                Fields.Paid,
                $"{desk.People[line.Person].Name}{Days.Month(line.Month)}已登记（应缴 {known.Due:0.##}，{PaidText(known)}），与这次写的不同。记错了的，打开那一条用“更正”，写明理由");

    private static string PaidText(StandingDues known) =>
        known.PaidOn is { } on ? $"{Days.Full(on)}缴 {known.Paid:0.##}" : "未缴";

    private static bool IsMoney(decimal value) => value is >= 0 and <= MostYuan && WrittenText.IsInHundredths(value);
}
