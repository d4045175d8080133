using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Jifen.Store.LocalPostgres;

/// <summary>The folder of a private cluster: what lies where, who owns it.</summary>
internal sealed class ClusterFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // A socket's path has 107 bytes in the kernel; its name takes 15 of them.
    private const int LongestRunPath = 90;

    private readonly ServerAccount _account;

    public ClusterFolder(string folder, ServerAccount account)
    {
        _account = account;
        var made = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        Root = RealPath(folder);
        if (made)
        {
            // Another user passes through to its own folders below; nobody looks around.
            File.SetUnixFileMode(Root, account.Name is null ? OwnerOnly : OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        Run = Path.Combine(Root, "run");
        // Npgsql reads a comma as the end of a host.
        if (Encoding.UTF8.GetByteCount(Run) > LongestRunPath || Run.Contains(',', StringComparison.Ordinal))
        {
            Run = Path.Combine(RuntimeFolder(), $"jifen-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..16]}");
        }
    }

    /// <summary>Without symbolic links, as the kernel names it.</summary>
    public string Root { get; }

    /// <summary>What PostgreSQL calls its data directory.</summary>
    public string Data => Path.Combine(Root, "data");

    /// <summary>The socket lies here; only the server's user and root may enter. Outside the folder when its path will not do.</summary>
    public string Run { get; }

    public string Log => Path.Combine(Root, "log", "postgresql.log");

    /// <summary>What pg_ctl and initdb said.</summary>
    public string ToolLog => Path.Combine(Root, "log", "tools.log");

    public string PidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Held exclusively while somebody opens or leaves the folder.</summary>
    public string StartLock => Path.Combine(Root, "start.lock");

    /// <summary>Held shared by every process that uses the server, for as long as it does.</summary>
    public string UseLock => Path.Combine(Root, "use.lock");

    /// <summary>Held by the one guard.</summary>
    public string GuardLock => Path.Combine(Root, "guard.lock");

    public bool HasCluster => File.Exists(Path.Combine(Data, "PG_VERSION"));

    /// <summary>The password of the superuser, made at the first call.</summary>
    public string Secret => SecretFile.ReadOrCreate(Path.Combine(Root, "secret"), () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));

    /// <summary>The major version that wrote a data folder; null when there is no cluster in it.</summary>
    public static int? WrittenBy(string data)
    {
        var file = Path.Combine(data, "PG_VERSION");
        return File.Exists(file) ? int.Parse(File.ReadAllText(file), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Makes what the server needs, and sets rights right that somebody changed: PostgreSQL refuses a folder others can read.</summary>
    public void Prepare()
    {
        _account.RequireEntry(Root);
        Directory.CreateDirectory(Path.GetDirectoryName(Log)!);
        _account.Own(Path.GetDirectoryName(Log)!);
        Directory.CreateDirectory(Run);
        if (File.GetAttributes(Run).HasFlag(FileAttributes.ReparsePoint))
        {
            throw new InstallationException($"放数据库套接字的“{Run}”是一个链接，不能信", "删去这个链接，再试一次");
        }

        _account.Own(Run);
        File.SetUnixFileMode(Run, OwnerOnly);
        if (HasCluster)
        {
            File.SetUnixFileMode(Data, OwnerOnly);
        }
    }

    /// <summary>A new folder in which a cluster is made, beside its later place; what an earlier attempt left is swept away.</summary>
    public string Draft()
    {
        foreach (var left in Directory.GetDirectories(Root, "data.new-*"))
        {
            Sweep(left);
        }

        var draft = $"{Data}.new-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        Directory.CreateDirectory(draft, OwnerOnly);
        _account.Own(draft);
        return draft;
    }

    /// <summary>Puts a finished cluster in its place: one exists only when it is complete.</summary>
    public void Adopt(string draft)
    {
        if (Directory.Exists(Data))
        {
            if (Directory.EnumerateFileSystemEntries(Data).Any())
            {
                throw new InstallationException($"“{Data}”里有别的东西，不是 PostgreSQL 的数据目录，不敢动它", "把它移走，或用 --data 换一个目录");
            }

            Directory.Delete(Data);
        }

        Directory.Move(draft, Data);
    }

    /// <summary>A file only the server's user reads, for the length of one use.</summary>
    public string WriteForServer(string file, string text)
    {
        File.Delete(file);
        SecretFile.Write(file, text);
        _account.Own(file);
        return file;
    }

    /// <summary>When the last one leaves, what lies outside the folder goes.</summary>
    public void LeaveRuntimeFolder()
    {
        if (!Run.StartsWith(Root, StringComparison.Ordinal) && Directory.Exists(Run))
        {
            Directory.Delete(Run, recursive: true);
        }
    }

    private static void Sweep(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A child of a killed initdb may still write there; the next one sweeps it.
        }
    }

    // Where others cannot put something in our way: root's own folder, the user's own folder, else the common one.
    private static string RuntimeFolder() =>
        Environment.IsPrivilegedProcess && Directory.Exists("/run") ? "/run"
        : Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } own && Directory.Exists(own) ? own
        : "/tmp";

    private static string RealPath(string path)
    {
        var real = "/";
        foreach (var name in Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, name);
            real = Directory.ResolveLinkTarget(next, returnFinalTarget: true) is { } target ? RealPath(target.FullName) : next;
        }

        return real;
    }
}
