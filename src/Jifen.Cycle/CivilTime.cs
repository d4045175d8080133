namespace Jifen.Cycle;

/// <summary>Civil days of Asia/Shanghai: eight hours ahead of UTC all year since 1992, on whatever machine the program runs.</summary>
public static class CivilTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateTimeOffset Of(DateTimeOffset instant) => instant.ToOffset(Offset);

    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(Of(instant).DateTime);

    /// <summary>The instant of a civil day and hour.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new(day.ToDateTime(time), Offset);

    public static DateOnly Today(this TimeProvider clock) => DayOf(clock.GetUtcNow());
}
