using System.Runtime;
using System.Runtime.InteropServices;

namespace Jifen.Bench.Harness;

/// <summary>What the figures were taken on.</summary>
internal static class Machine
{
    public static string InWords()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return Figure.Text($"{Environment.ProcessorCount} cores ({model ?? "unknown"}), {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {(GCSettings.IsServerGC ? "server" : "workstation")} GC; {Others()} at the start.");
    }

    /// <summary>On a machine that others use as well only the ratios mean something.</summary>
    public static string Others() => File.Exists("/proc/loadavg")
        ? Figure.Text($"{File.ReadAllText("/proc/loadavg").Split(' ')[0]} wanted to run")
        : "load unknown";
}
