using System.Globalization;

namespace Jifen.Bench.Harness;

/// <summary>The most memory a process has held at once, from /proc: asked while it lives.</summary>
internal static class Peak
{
    /// <returns>MB, or 0 when the process is gone or the system has no /proc</returns>
    public static double Of(int process)
    {
        try
        {
            var line = File.ReadLines(Text($"/proc/{process}/status")).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line["VmHWM:".Length..^"kB".Length], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
