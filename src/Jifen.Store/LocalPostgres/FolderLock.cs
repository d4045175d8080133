using System.Diagnostics;

namespace Jifen.Store.LocalPostgres;

/// <summary>
/// Locks between processes on files of a folder (flock). The kernel drops them with the process however it ends, kill -9 included; a
/// FileStream is not inherited by child processes, so a server started here does not hold them.
/// </summary>
internal static class FolderLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public static Task<FileStream> ExclusiveAsync(string file, CancellationToken cancel) => TakeAsync(file, TryExclusive, cancel);

    public static Task<FileStream> SharedAsync(string file, CancellationToken cancel) => TakeAsync(file, TryShared, cancel);

    /// <returns>null when somebody else holds it</returns>
    public static FileStream? TryExclusive(string file) => Try(file, FileAccess.ReadWrite, FileShare.None);

    /// <returns>null when somebody else holds it exclusively</returns>
    public static FileStream? TryShared(string file)
    {
        if (!File.Exists(file))
        {
            using var made = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        }

        return Try(file, FileAccess.Read, FileShare.Read);
    }

    private static FileStream? Try(string file, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(file, access == FileAccess.Read ? FileMode.Open : FileMode.OpenOrCreate, access, share);
        }
        catch (IOException held) when (held is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }

    private static async Task<FileStream> TakeAsync(string file, Func<string, FileStream?> attempt, CancellationToken cancel)
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(Pause, cancel))
        {
            if (attempt(file) is { } taken)
            {
                return taken;
            }

            if (since.Elapsed > Patience)
            {
                throw new InstallationException(
                    $"等了{Patience.TotalSeconds:0}秒，另一个进程一直占着“{file}”：它正在启动或停止这个目录里的数据库，没有做完",
                    $"看看是谁（fuser {file}），等它结束或停掉它，再试一次");
            }
        }
    }
}
