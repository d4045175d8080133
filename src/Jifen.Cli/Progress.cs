using System.Diagnostics;

namespace Jifen.Cli;

/// <summary>How far long work has come, on a terminal only, in one line that is wiped away at the end.</summary>
internal sealed class Progress(Session session)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private TimeSpan _next = Patience;
    private bool _shown;

    /// <summary>A step whose share done is reported, 0 to 1; null when nobody watches.</summary>
    public IProgress<double>? Of(string step) => session.ShowsProgress ? new Step(this, step) : null;

    /// <summary>A step of which so many of <paramref name="all"/> are reported done.</summary>
    public IProgress<int>? Of(string step, int all) => session.ShowsProgress ? new Count(this, step, Math.Max(1, all)) : null;

    /// <summary>Before anything else is said.</summary>
    public void WipeAway()
    {
        if (_shown)
        {
            // Back to the first column, and the line erased.
            session.Error.Write("\r\u001b[K");
            _shown = false;
        }
    }

    private void Show(string step, double share)
    {
        lock (_gate)
        {
            if (_since.Elapsed < _next)
            {
                return;
            }

            _next = _since.Elapsed + Pause;
            _shown = true;
            session.Error.Write($"\r\u001b[K{step} {(int)(share * 100)}%");
        }
    }

    private sealed class Step(Progress progress, string name) : IProgress<double>
    {
        public void Report(double value) => progress.Show(name, value);
    }

    private sealed class Count(Progress progress, string name, int all) : IProgress<int>
    {
        public void Report(int value) => progress.Show(name, (double)value / all);
    }
}
