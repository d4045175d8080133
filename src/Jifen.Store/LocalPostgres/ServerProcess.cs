using System.Globalization;

namespace Jifen.Store.LocalPostgres;

/// <summary>
/// Whether the server of a folder lives, asked of /proc. The number in postmaster.pid alone does not say: after a crash or the restart of
/// a container another process may carry it, and a killed process keeps it as a zombie until somebody has waited for it.
/// </summary>
internal static class ServerProcess
{
    public static bool IsRunning(ClusterFolder folder) => PidIn(folder.PidFile) is { } pid && WorksIn(pid, folder.Data);

    /// <summary>Whether children of a killed server still hold its memory; they leave by themselves within seconds.</summary>
    public static bool HasOrphans(ClusterFolder folder) => Directory.EnumerateDirectories("/proc")
        .Select(path => Path.GetFileName(path))
        .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Any(name => WorksIn(int.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture), folder.Data));

    private static int? PidIn(string file)
    {
        try
        {
            return int.TryParse(File.ReadLines(file).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (IOException)
        {
            // Not there, or gone in this moment.
            return null;
        }
    }

    // Every process of a server has its data folder as working directory; a zombie has none.
    private static bool WorksIn(int pid, string data)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/comm").StartsWith("postgres", StringComparison.Ordinal)
                && new FileInfo($"/proc/{pid}/cwd").LinkTarget == data;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
