using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Jifen.Journeys.World.Chromium))]

namespace Jifen.Journeys.World;

/// <summary>One browser for all journeys: the one this machine has (apt-get install chromium), or the one JIFEN_CHROMIUM names.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("the browser is not open");

    public async ValueTask InitializeAsync()
    {
        var program = Environment.GetEnvironmentVariable("JIFEN_CHROMIUM") ?? Places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No Chromium here. On Debian: apt-get install chromium fonts-noto-cjk; elsewhere set JIFEN_CHROMIUM");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--lang=zh-CN",
            ],
            // Its own words, as in a field for a day, follow the language of the system.
            Env = new Dictionary<string, string>(Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
                .Select(one => KeyValuePair.Create((string)one.Key, (string?)one.Value ?? "")))
            { ["LANGUAGE"] = "zh_CN" },
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
