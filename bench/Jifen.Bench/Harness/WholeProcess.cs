using System.Diagnostics;

namespace Jifen.Bench.Harness;

/// <summary>A program run as a user runs it: from its start to its end, everything included.</summary>
internal static class WholeProcess
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    /// <exception cref="InvalidOperationException">it failed: what it printed</exception>
    public static Run Time(string program, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var peak = 0d;
        while (!process.WaitForExit(BetweenLooks))
        {
            peak = Math.Max(peak, Peak.Of(process.Id));
        }

        process.WaitForExit();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return process.ExitCode == 0
            ? new Run(seconds, peak)
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output.Result}{errors.Result}");
    }

    /// <param name="PeakMegabytes">the most it was seen to hold; 0 when it was too short to be looked at</param>
    internal sealed record Run(double Seconds, double PeakMegabytes);
}
