using System.Diagnostics;
using System.Text;
using Xunit;

namespace Jifen.Integration.Cli;

/// <summary>The built program as a process of its own, so that it can be killed.</summary>
internal sealed class JifenProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // ./check names the program as it is published, which people run; without it the one beside the tests is taken.
    private static readonly string Folder = Environment.GetEnvironmentVariable("JIFEN_PUBLISHED") is { Length: > 0 } published ? published : AppContext.BaseDirectory;

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    private JifenProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public string Out => Text(_out);

    public string Error => Text(_error);

    public static JifenProcess Run(params IEnumerable<string> words) => Run(new Dictionary<string, string>(StringComparer.Ordinal), words);

    public static JifenProcess Run(IReadOnlyDictionary<string, string> variables, params IEnumerable<string> words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Folder, "jifen.dll"), .. words])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var process = new JifenProcess(Process.Start(start)!);
        process._process.OutputDataReceived += (_, line) => Keep(process._out, line.Data);
        process._process.ErrorDataReceived += (_, line) => Keep(process._error, line.Data);
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Waits until it has said this on standard output.</summary>
    public async Task SaysAsync(string words)
    {
        for (var since = Stopwatch.StartNew(); !Out.Contains(words, StringComparison.Ordinal); await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            if (_process.HasExited || since.Elapsed > Patience)
            {
                Assert.Fail($"“{words}” did not come. Standard output:\n{Out}\nStandard error:\n{Error}");
            }
        }
    }

    /// <returns>its exit code</returns>
    public async Task<int> EndsAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <param name="signal">TERM, INT, KILL</param>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{Id}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static void Keep(StringBuilder text, string? line)
    {
        lock (text)
        {
            if (line is not null)
            {
                text.AppendLine(line);
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
