using System.Globalization;
using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Scoring.Schemes;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Gatherings;

/// <summary>How gatherings are written on pages.</summary>
internal static class GatheringText
{
    /// <summary>9月18日（周四）14:00—16:00</summary>
    public static string When(DateTimeOffset startsAt, DateTimeOffset? endsAt)
    {
        var start = CivilTime.Of(startsAt);
        var day = DayText.WithWeekday(CivilTime.DayOf(startsAt));
        if (endsAt is not { } ends)
        {
            return $"{day}{Hour(start)}";
        }

        var end = CivilTime.Of(ends);
        return CivilTime.DayOf(ends) == CivilTime.DayOf(startsAt)
            ? $"{day}{Hour(start)}—{Hour(end)}"
            : $"{day}{Hour(start)} 至 {DayText.WithWeekday(CivilTime.DayOf(ends))}{Hour(end)}";
    }

    /// <summary>14:00</summary>
    public static string Clock(DateTimeOffset instant) => Hour(CivilTime.Of(instant));

    /// <summary>9月18日 14:02</summary>
    public static string Moment(DateTimeOffset instant) =>
        $"{DayText.MonthDay(CivilTime.DayOf(instant))} {Clock(instant)}";

    public static string Hours(decimal? hours) => hours is { } known ? known.ToString("0.##", CultureInfo.InvariantCulture) + "学时" : "不计学时";

    public static string Name(this GatheringState state) => state switch
    {
        GatheringState.Planned => "未通知",
        GatheringState.Called => "已通知",
        GatheringState.Held => "已点名",
        GatheringState.Cancelled => "已取消",
    };

    public static Tone ToneOf(GatheringState state) => state switch
    {
        GatheringState.Planned => Tone.Caution,
        GatheringState.Called => Tone.Plain,
        GatheringState.Held => Tone.Good,
        GatheringState.Cancelled => Tone.Faded,
    };

    public static Tone ToneOf(Attendance attendance) => attendance switch
    {
        Attendance.Present or Attendance.MadeUp => Tone.Good,
        Attendance.Excused => Tone.Plain,
        Attendance.Absent => Tone.Alarm,
        _ => Tone.Caution,
    };

    /// <summary>正式党员, 预备党员, 入党积极分子; empty when unknown</summary>
    public static string Standing(string? word) =>
        Words.Read<Scoring.Facts.Standing>(word) is { } standing ? Scoring.Facts.Member.StandingName(standing) : "";

    private static string Hour(DateTimeOffset civil) => civil.ToString("HH:mm", CultureInfo.InvariantCulture);
}
