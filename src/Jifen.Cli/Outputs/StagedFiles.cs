using System.Runtime.InteropServices;

namespace Jifen.Cli.Outputs;

/// <summary>
/// Output files written beside their targets under other names. <see cref="Commit"/> puts all of them in place; without it nothing of the
/// user's is touched.
/// </summary>
internal sealed class StagedFiles : IDisposable
{
    private readonly List<(string Staged, string Target)> _files = [];
    private readonly List<PosixSignalRegistration> _signals = [];

    public StagedFiles()
    {
        // An interrupted run leaves nothing behind; the signal then ends the process as it would have.
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Discard()));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Discard()));
    }

    /// <param name="path">as the user wrote it; the directory must exist</param>
    public FileStream Open(string path)
    {
        // A device or a pipe (/dev/null, /dev/fd/63) is written to, never replaced.
        if (path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return new FileStream(path, FileMode.Open, FileAccess.Write);
        }

        // A link stays a link: what it points to is replaced.
        var target = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
        {
            throw new RefusedException($"写不了“{path}”：目录不存在。改法：先建目录 {folder}");
        }

        if (Directory.Exists(target))
        {
            throw new RefusedException($"写不了“{path}”：这是一个目录。改法：写文件名，如 {Path.Combine(path, "totals.csv")}");
        }

        if (File.Exists(target) && File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly))
        {
            throw new RefusedException($"写不了“{path}”：文件是只读的。改法：换一个文件名，或取消只读");
        }

        var staged = Path.Combine(folder, $".{Path.GetFileName(target)}.{Environment.ProcessId}-{_files.Count}.tmp");
        _files.Add((staged, target));
        return new FileStream(staged, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
    }

    /// <summary>All targets or none: a rename that fails takes back those before it.</summary>
    public void Commit()
    {
        var done = new List<(string Target, string? Before)>();
        try
        {
            foreach (var (staged, target) in _files)
            {
                var before = File.Exists(target) ? staged + ".before" : null;
                if (before is null)
                {
                    File.Move(staged, target);
                }
                else
                {
                    File.Replace(staged, target, before);
                }

                done.Add((target, before));
            }
        }
        catch
        {
            foreach (var (target, before) in done)
            {
                TakeBack(target, before);
            }

            throw;
        }

        foreach (var (_, before) in done)
        {
            if (before is not null)
            {
                File.Delete(before);
            }
        }

        _files.Clear();
    }

    public void Dispose()
    {
        Discard();
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }

    private static void TakeBack(string target, string? before)
    {
        if (before is null)
        {
            File.Delete(target);
        }
        else
        {
            File.Move(before, target, overwrite: true);
        }
    }

    private void Discard()
    {
        foreach (var (staged, _) in _files.ToArray())
        {
            File.Delete(staged);
        }
    }
}
