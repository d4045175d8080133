using System.Globalization;
using System.Runtime.InteropServices;
using Jifen.Store;
using Jifen.Store.LocalPostgres;

namespace Jifen.Cli.Checkups;

/// <summary>What can be seen without the database.</summary>
internal static class MachineCheckups
{
    private const long Gibibyte = 1L << 30;
    private const long LeastFree = Gibibyte / 2;
    private const long LittleFree = 2 * Gibibyte;

    public static IEnumerable<Checkup> Of(Session session, DatabaseOptions options)
    {
        yield return Checkup.Good("program", "程序", $"{ProductVersion.Text}，{RuntimeInformation.FrameworkDescription}");
        yield return Schemes(session);
        yield return BrowserFiles();
        yield return Clock(TimeProvider.System);
        yield return DataFolder(options.DataFolder);
        yield return Disk(options.DataFolder);
        if (OpenSecret(options.DataFolder) is { } open)
        {
            yield return open;
        }

        if (options is LocalDatabaseOptions local)
        {
            yield return Binaries(local);
            foreach (var tool in (string[])["setpriv", "flock", "setsid"])
            {
                if (!OnPath(tool))
                {
                    yield return Checkup.Fault("tools", "系统程序", $"没有找到 {tool}，自带的数据库要用它", "Debian、Ubuntu 上 apt-get install util-linux");
                }
            }
        }
    }

    private static Checkup Schemes(Session session) => session.Shelf.Ids.Count is > 0 and var count
        ? Checkup.Good("schemes", "办法", $"自带{count}个")
        : Checkup.Fault("schemes", "办法", "没有找到自带的办法", "设 JIFEN_SCHEMES 为放办法的目录，或重新取一份完整的程序");

    private static Checkup BrowserFiles() => File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "lib", "bootstrap.min.css"))
        ? Checkup.Good("browser-files", "浏览器文件", "齐全")
        : Checkup.Fault(
            "browser-files",
            "浏览器文件",
            "没有浏览器要用的样式（wwwroot/lib）：编译的时候没有 npm，或没有连上网",
            "Debian、Ubuntu 上 apt-get install nodejs npm，再运行 ./jifen start，会重新编译");

    // A machine without a battery comes up in 1970: days and deadlines would be wrong, and the ledger keeps them.
    private static Checkup Clock(TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var built = new DateTimeOffset(File.GetLastWriteTimeUtc(Path.Combine(AppContext.BaseDirectory, "jifen.dll")), TimeSpan.Zero);
        var says = now.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return now < built.AddDays(-1)
            ? Checkup.Fault("clock", "时钟", $"机器的时钟是 {says}，比程序编译的时间还早", "对准时钟：timedatectl set-ntp true，或 date --set")
            : Checkup.Good("clock", "时钟", says);
    }

    private static Checkup DataFolder(string folder)
    {
        const string Name = "数据目录";
        // The nearest folder that is there: the rest is made at the first start.
        var there = folder;
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } parent)
        {
            there = parent;
        }

        try
        {
            var probe = Path.Combine(there, $".jifen-{Environment.ProcessId}");
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Checkup.Fault("data-folder", Name, $"用户 {Environment.UserName} 写不了“{there}”：{refused.Message}", "换一个能写的用户，或用 --data 换一个目录");
        }

        return there == folder
            ? Checkup.Good("data-folder", Name, $"{folder}，用户 {Environment.UserName} 能写")
            : Checkup.Note("data-folder", Name, $"{folder} 还没有，第一次启动时建");
    }

    private static Checkup Disk(string folder)
    {
        var drive = DriveInfo.GetDrives()
            .Where(drive => folder.StartsWith(drive.Name, StringComparison.Ordinal))
            .MaxBy(drive => drive.Name.Length);
        if (drive is null)
        {
            return Checkup.Note("disk", "磁盘", "看不出数据目录在哪块盘上");
        }

        var free = $"“{drive.Name}”还剩 {(drive.AvailableFreeSpace / (double)Gibibyte).ToString("0.0", CultureInfo.InvariantCulture)} GiB";
        return drive.AvailableFreeSpace switch
        {
            < LeastFree => Checkup.Fault("disk", "磁盘", $"{free}，满了就什么也存不进去", "腾出 2 GiB 以上，或用 --data 换一块盘"),
            < LittleFree => Checkup.Note("disk", "磁盘", $"{free}，不多了", "腾出 2 GiB 以上"),
            _ => Checkup.Good("disk", "磁盘", free),
        };
    }

    private static Checkup? OpenSecret(string folder)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        foreach (var file in (string[])[Path.Combine(folder, "roles"), Path.Combine(folder, "postgres", "secret")])
        {
            if (File.Exists(file) && (File.GetUnixFileMode(file) & Others) != UnixFileMode.None)
            {
                return Checkup.Fault("secrets", "口令文件", $"“{file}”别的用户也能读，里面是数据库的口令", $"chmod 600 '{file}'");
            }
        }

        return null;
    }

    private static Checkup Binaries(LocalDatabaseOptions options)
    {
        try
        {
            var binaries = PostgresBinaries.Find(options.Binaries, Database.WrittenBy(options));
            return Checkup.Good("postgresql", "PostgreSQL", $"{binaries.Major}，在 {binaries.Folder}");
        }
        catch (InstallationException missing)
        {
            return Checkup.Of("postgresql", "PostgreSQL", missing).First();
        }
    }

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
