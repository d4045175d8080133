using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Jifen.Store.LocalPostgres;

/// <summary>The programs of one PostgreSQL on this machine.</summary>
/// <param name="Folder">where initdb, pg_ctl and postgres lie</param>
/// <param name="Major">15, 16 …: a data folder is opened only by the major version that wrote it</param>
public sealed partial record PostgresBinaries(string Folder, int Major)
{
    public const int OldestMajor = 15;

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    // Where Debian and where the PostgreSQL project's own packages put each major version.
    private static readonly (string Parent, string Pattern)[] Packages = [("/usr/lib/postgresql", "*"), ("/usr", "pgsql-*")];

    /// <summary>The newest PostgreSQL on this machine, or the one that fits a data folder.</summary>
    /// <param name="given">a folder named by the operator: no other is looked at; null: wherever packages put them</param>
    /// <param name="writtenBy">the major version that wrote the data folder; null for a new one</param>
    public static PostgresBinaries Find(string? given, int? writtenBy)
    {
        var found = given is null ? Installed() : [At(given) ?? throw NotHere(given)];
        if (found.Count == 0)
        {
            throw new InstallationException(
                "没有找到 PostgreSQL 的程序（initdb、pg_ctl、postgres），起不了自己的数据库",
                $"{HowToInstall(writtenBy ?? OldestMajor)}；装在别处的，设 JIFEN_POSTGRES_BIN 为它的 bin 目录；用已有的数据库服务器，写 --database 连接串");
        }

        var fitting = found.Where(binaries => writtenBy is { } major ? binaries.Major == major : binaries.Major >= OldestMajor).ToList();
        return fitting.Count > 0 ? fitting.MaxBy(binaries => binaries.Major)! : throw NoneFits(found, writtenBy);
    }

    /// <summary>Every PostgreSQL found where packages put it, or on the PATH.</summary>
    public static IReadOnlyList<PostgresBinaries> Installed()
    {
        var packaged = Packages
            .Where(place => Directory.Exists(place.Parent))
            .SelectMany(place => Directory.GetDirectories(place.Parent, place.Pattern))
            .Select(folder => Path.Combine(folder, "bin"));
        var beside = Path.Combine(AppContext.BaseDirectory, "pgsql", "bin");
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return packaged.Append(beside).Append("/usr/local/pgsql/bin").Concat(onPath)
            .Distinct(StringComparer.Ordinal)
            .Select(At)
            .OfType<PostgresBinaries>()
            .DistinctBy(binaries => binaries.Major)
            .ToList();
    }

    public string PathOf(string program) => Path.Combine(Folder, program);

    private static PostgresBinaries? At(string folder) =>
        Needed.All(program => File.Exists(Path.Combine(folder, program))) && MajorOf(folder) is { } major ? new PostgresBinaries(folder, major) : null;

    private static int? MajorOf(string folder)
    {
        // /usr/lib/postgresql/15/bin says it already; everywhere else the program is asked.
        if (Path.GetDirectoryName(folder) is { } parent
            && int.TryParse(Path.GetFileName(parent), NumberStyles.None, CultureInfo.InvariantCulture, out var named))
        {
            return named;
        }

        var start = new ProcessStartInfo(Path.Combine(folder, "postgres"), ["--version"]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var asked = Process.Start(start)!;
        var answer = Version().Match(asked.StandardOutput.ReadToEnd());
        asked.WaitForExit();
        return answer.Success ? int.Parse(answer.Groups["major"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;
    }

    private static InstallationException NotHere(string folder) => new(
        $"“{folder}”里没有 PostgreSQL 的程序（要有 {string.Join("、", Needed)}）",
        "把 JIFEN_POSTGRES_BIN 改成 PostgreSQL 的 bin 目录（如 /usr/lib/postgresql/15/bin），或不设它，由程序自己找");

    private static InstallationException NoneFits(IReadOnlyList<PostgresBinaries> found, int? writtenBy)
    {
        var here = string.Join("、", found.Select(binaries => binaries.Major).Order());
        return writtenBy is { } major
            ? new InstallationException(
                $"数据目录是 PostgreSQL {major} 写的，这台机器上只有 PostgreSQL {here}，打不开：大版本不同，数据文件不通用",
                $"{HowToInstall(major)}，与别的版本可以并存；要换大版本，用旧版本 ./jifen backup 备份，再在新的数据目录 ./jifen restore 恢复")
            : new InstallationException($"这台机器上只有 PostgreSQL {here}，要 {OldestMajor} 或更新", HowToInstall(OldestMajor));
    }

    private static string HowToInstall(int major) =>
        $"Debian、Ubuntu 上 apt-get install postgresql-{major}（没有这个版本的，先按 https://apt.postgresql.org 加源），别的系统装 PostgreSQL {major}";

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
