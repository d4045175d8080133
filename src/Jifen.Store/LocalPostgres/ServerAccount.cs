using System.Diagnostics;

namespace Jifen.Store.LocalPostgres;

/// <summary>
/// The system user the server runs as. PostgreSQL refuses to run as root, so a process that is root hands its programs and folders over
/// to another user; any other process runs them as itself.
/// </summary>
/// <param name="Name">null: this process's own user</param>
internal sealed record ServerAccount(string? Name)
{
    private static readonly string[] Shells = ["/bin/sh", "/usr/bin/sh"];

    public static ServerAccount For(string whenRoot)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerAccount((string?)null);
        }

        if (Exit("id", ["-u", "--", whenRoot]) != 0)
        {
            throw new InstallationException(
                $"现在是 root，而 PostgreSQL 不许以 root 运行，要交给用户 {whenRoot}；这台机器上没有这个用户",
                $"装 PostgreSQL 的软件包时会建它；或 useradd --system {whenRoot}；或设 JIFEN_POSTGRES_USER 为另一个用户；或不用 root 运行");
        }

        return new ServerAccount(whenRoot);
    }

    /// <summary>The words that run a program as this user.</summary>
    public IReadOnlyList<string> Command(string program, IReadOnlyList<string> arguments) =>
        Name is null ? [program, .. arguments] : ["setpriv", $"--reuid={Name}", $"--regid={Name}", "--init-groups", "--", program, .. arguments];

    /// <summary>Gives a file, or a folder with all that is in it, to this user.</summary>
    public void Own(string path)
    {
        if (Name is not null && Exit("chown", ["-R", $"{Name}:", "--", path]) != 0)
        {
            throw new InstallationException($"不能把“{path}”交给用户 {Name}", "看看这个文件系统允不允许改属主（chown），或用 --data 换一个目录");
        }
    }

    /// <summary>Refuses a folder this user cannot reach, naming the one that bars the way.</summary>
    public void RequireEntry(string folder)
    {
        if (Name is null || MayEnter(folder))
        {
            return;
        }

        var way = new List<string>();
        for (var step = folder; step is not null; step = Path.GetDirectoryName(step))
        {
            way.Insert(0, step);
        }

        var barred = way.First(step => !MayEnter(step));
        throw new InstallationException(
            $"数据目录“{folder}”用不了：运行 PostgreSQL 的用户 {Name} 进不去“{barred}”（PostgreSQL 不许以 root 运行）",
            $"用 --data 换一个目录，如 --data /var/lib/jifen；或 chmod o+x '{barred}'；或不用 root 运行");
    }

    private bool MayEnter(string folder)
    {
        var words = Command(Shells.First(File.Exists), ["-c", "test -x \"$1\"", "sh", folder]);
        return Exit(words[0], words.Skip(1)) == 0;
    }

    private static int Exit(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        // A word or two: they fit the pipes.
        process.WaitForExit();
        return process.ExitCode;
    }
}
