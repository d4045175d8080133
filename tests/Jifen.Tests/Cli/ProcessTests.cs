using System.Diagnostics;
using System.Text;
using Jifen.Cli;
using Xunit;

namespace Jifen.Tests.Cli;

public sealed class ProcessTests
{
    [Fact]
    public async Task As_a_process_it_finds_its_schemes_by_itself_and_keeps_words_and_results_apart()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "jifen.dll"));
        foreach (var word in (string[])["score", .. CommandLine.ExampleYear, "--out", "-"])
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Done, process.ExitCode);
        Assert.StartsWith("member,branch,", await output, StringComparison.Ordinal);
        Assert.Contains("24人", await error, StringComparison.Ordinal);
    }
}
