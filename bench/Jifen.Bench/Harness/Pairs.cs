using System.Diagnostics;

namespace Jifen.Bench.Harness;

/// <summary>Two things timed in turn, A B A B …, so that whatever else the machine does falls on both.</summary>
/// <param name="Ours">seconds, in the order of the pairs</param>
/// <param name="Beside">seconds of what was run beside it</param>
internal sealed record Pairs(IReadOnlyList<double> Ours, IReadOnlyList<double> Beside)
{
    private const double WarmUpSeconds = 1;

    public double OursMedian => Median(Ours);

    public double BesideMedian => Median(Beside);

    /// <summary>Of each pair: how many times as long the other took. Above 1 we are ahead.</summary>
    public IReadOnlyList<double> Ratios => Ours.Zip(Beside, (ours, beside) => beside / ours).ToList();

    public double Ratio => Median(Ratios);

    /// <param name="ours">runs once and says how many seconds it took</param>
    /// <param name="beside">the same for the other</param>
    public static Pairs Run(int pairs, Func<double> ours, Func<double> beside)
    {
        WarmUp(ours);
        WarmUp(beside);
        var a = new double[pairs];
        var b = new double[pairs];
        for (var i = 0; i < pairs; i++)
        {
            a[i] = ours();
            b[i] = beside();
        }

        return new Pairs(a, b);
    }

    /// <summary>Seconds of one run. What earlier runs left behind is collected before, not during it.</summary>
    public static double Time(Action run)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var started = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    // At least twice: the first run compiles, and after a second or more of running there is nothing left to compile.
    private static void WarmUp(Func<double> run)
    {
        var started = Stopwatch.GetTimestamp();
        run();
        do
        {
            run();
        }
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < WarmUpSeconds);
    }
}
