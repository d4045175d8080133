using System.Diagnostics;
using Jifen.Cycle;

namespace Jifen.Journeys.World;

/// <summary>Runs on from a moment in the demo's second year, so that every run finds the same days; can be put forward.</summary>
public sealed class DemoClock : TimeProvider
{
    /// <summary>
    /// A Thursday morning in October: the study of the day before is not rolled yet, tomorrow afternoon is 统一活动日, the third quarter
    /// is over.
    /// </summary>
    public static readonly DateTimeOffset Morning = CivilTime.At(new DateOnly(2026, 10, 15), new TimeOnly(9, 0));

    private readonly long _since = Stopwatch.GetTimestamp();
    private long _forward;

    public override DateTimeOffset GetUtcNow() => (Morning + Stopwatch.GetElapsedTime(_since) + TimeSpan.FromTicks(Volatile.Read(ref _forward))).ToUniversalTime();

    /// <summary>Puts it to a later moment, from which it runs on.</summary>
    public void PutTo(DateTimeOffset moment)
    {
        var by = moment - GetUtcNow();
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero, nameof(moment));
        Interlocked.Add(ref _forward, by.Ticks);
    }
}
