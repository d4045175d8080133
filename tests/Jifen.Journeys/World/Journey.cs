using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using Xunit;

namespace Jifen.Journeys.World;

/// <summary>
/// Somebody with a browser. Counts what a hand does: a click, tap or key that makes something happen is one, a field typed into is one
/// (the tap into it), a list chosen from is two (open, choose). What the browser complains about is kept and held against the page.
/// </summary>
public sealed class Journey : IAsyncDisposable
{
    private const float Patience = 30_000;

    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];
    private readonly Stopwatch _time = Stopwatch.StartNew();

    private Journey(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            // What was answered with a refusal is no fault of the page; what else could not be loaded is seen in Response below.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                Keep($"console: {message.Text}");
            }
        };
        page.PageError += (_, error) => Keep($"script: {error}");
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 500 || (answer.Status >= 400 && !answer.Request.IsNavigationRequest))
            {
                Keep($"{answer.Status} {answer.Url}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What the hand did since the start page.</summary>
    public int Clicks { get; private set; }

    /// <summary>Path and query of the page one is on.</summary>
    public string Path => new Uri(Page.Url).PathAndQuery;

    public static async Task<Journey> OpenAsync(IBrowserContext context)
    {
        context.SetDefaultTimeout(Patience);
        return new Journey(context, await context.NewPageAsync());
    }

    /// <summary>To the start page of one's post: from here it counts.</summary>
    public async Task BeginAsync()
    {
        await Page.GotoAsync("/");
        Clicks = 0;
        _time.Restart();
    }

    /// <summary>Types an address, as a scanned code or a link in a message does.</summary>
    public async Task<int> GoAsync(string path) =>
        (await Page.GotoAsync(path))?.Status ?? throw new InvalidOperationException($"{path} did not answer");

    /// <summary>One click that leads to another page, or to this one again.</summary>
    public Task FollowAsync(string selector) => FollowAsync(Page.Locator(selector));

    /// <inheritdoc cref="FollowAsync(string)"/>
    public async Task FollowAsync(ILocator what)
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Loaded(object? sender, IPage page) => loaded.TrySetResult();
        Page.Load += Loaded;
        try
        {
            await TapAsync(what);
            await loaded.Task.WaitAsync(TimeSpan.FromMilliseconds(Patience), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException fault)
        {
            throw new InvalidOperationException($"{what} led nowhere from {Path}:\n{await TextAsync()}", fault);
        }
        finally
        {
            Page.Load -= Loaded;
        }
    }

    /// <summary>One click that stays on the page.</summary>
    public Task TapAsync(string selector) => TapAsync(Page.Locator(selector));

    /// <inheritdoc cref="TapAsync(string)"/>
    public async Task TapAsync(ILocator what)
    {
        Clicks++;
        await what.ClickAsync();
    }

    /// <summary>Types into a field.</summary>
    public async Task TypeAsync(string selector, string text)
    {
        Clicks++;
        await Page.Locator(selector).FillAsync(text);
    }

    /// <summary>Chooses from a list by value.</summary>
    public async Task ChooseAsync(string selector, string value)
    {
        Clicks += 2;
        await Page.Locator(selector).SelectOptionAsync(value);
    }

    /// <summary>Attaches a file: opens the dialog, picks it.</summary>
    public async Task AttachAsync(string selector, string name, string type, byte[] content)
    {
        Clicks += 2;
        await Page.Locator(selector).SetInputFilesAsync(new FilePayload { Name = name, MimeType = type, Buffer = content });
    }

    /// <summary>What a person reads in the page's main part.</summary>
    public async Task<string> TextAsync() => await Page.Locator("body:not(:has(main)), main").InnerTextAsync();

    public async Task SeesAsync(string words) => Assert.Contains(words, await TextAsync(), StringComparison.Ordinal);

    public async Task SeesNotAsync(string words) => Assert.DoesNotContain(words, await TextAsync(), StringComparison.Ordinal);

    /// <summary>The page is not wider than the window.</summary>
    public async Task FitsAsync()
    {
        var (page, window) = (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await Page.EvaluateAsync<int>("innerWidth"));
        Assert.True(page <= window, $"{Path} is {page} px wide in a window of {window}: {await WidestAsync()}");
    }

    /// <summary>The task took no more clicks than promised, and the browser had nothing to complain about. The time is told, not judged.</summary>
    /// <param name="task">number and name in the list of tasks</param>
    public async Task ArrivedAsync(string task, int limit)
    {
        var seconds = _time.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine($"{task}: {Clicks} of {limit} clicks, {seconds} s at {Page.ViewportSize?.Width} px");
        await FitsAsync();
        Assert.True(Clicks <= limit, $"{task}: {Clicks} clicks instead of {limit} at most");
        IsHealthy();
    }

    /// <summary>Nothing the browser complained about.</summary>
    public void IsHealthy()
    {
        lock (_faults)
        {
            Assert.True(_faults.Count == 0, string.Join('\n', _faults));
        }
    }

    /// <summary>What broke so far was broken on purpose.</summary>
    public void Forgive()
    {
        lock (_faults)
        {
            _faults.Clear();
        }
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private Task<string> WidestAsync() => Page.EvaluateAsync<string>(
        """
        [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
          .slice(0, 5).map(one => `${one.tagName.toLowerCase()}.${one.className?.baseVal ?? one.className}`).join(', ')
        """);

    private void Keep(string fault)
    {
        lock (_faults)
        {
            _faults.Add($"{Page.Url}: {fault}");
        }
    }
}
