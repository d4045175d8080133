using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Everywhere;

/// <summary>Every page a post can get to by links, on the phone and at the desk: answers, fits, has a title and one heading, no complaint of the browser.</summary>
public abstract partial class PageWalk(DemoSite site) : IClassFixture<DemoSite>
{
    // Far above what there is: a guard against links that go on for ever.
    private const int MostPages = 250;

    // What an address of a file has in it.
    private static readonly string[] Files = ["/evidence/", "export", ".csv", ".xlsx", "/package", "/receipts/"];

    // Pages as they are built, that were examined already: another post is often shown the same.
    private static readonly ConcurrentDictionary<string, string> Examined = new(StringComparer.Ordinal);

    private protected async Task WalkAsync(string login)
    {
        var faults = new List<string>();
        await using var phone = await site.SignedInAsync(login, Screen.Phone);
        var seen = new HashSet<string>(StringComparer.Ordinal) { "/" };
        var waiting = new Queue<string>(["/"]);
        while (waiting.TryDequeue(out var path))
        {
            Assert.True(seen.Count < MostPages, $"more than {MostPages} pages: {string.Join(' ', seen.Take(40))}");
            faults.AddRange(await LookAsync(phone, path));
            if (Examined.TryAdd($"{KindOf(path)} {await Axe.ShapeOfAsync(phone.Page)}", login))
            {
                faults.AddRange((await Axe.FaultsAsync(phone.Page)).Select(fault => $"{path}: {fault}"));
            }

            foreach (var link in await LinksAsync(phone))
            {
                if (seen.Add(KindOf(link)))
                {
                    waiting.Enqueue(link);
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{login}: {seen.Count} kinds of pages\n{string.Join('\n', seen.Order(StringComparer.Ordinal))}");
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
        phone.IsHealthy();
    }

    // Loaded once, as on a phone; then given the width of a desk: the same page, laid out again.
    private static async Task<List<string>> LookAsync(Journey hand, string path)
    {
        var faults = new List<string>();
        if (await hand.GoAsync(path) is not 200 and var status)
        {
            faults.Add($"{path}: answers {status}");
        }

        if (await hand.Page.Locator("h1").CountAsync() is not 1 and var headings)
        {
            faults.Add($"{path}: {headings} first headings");
        }

        if ((await hand.Page.TitleAsync()).Length < 3)
        {
            faults.Add($"{path}: no title");
        }

        var phone = hand.Page.ViewportSize!;
        foreach (var (width, height) in new[] { (phone.Width, phone.Height), (1366, 768) })
        {
            await hand.Page.SetViewportSizeAsync(width, height);
            if (await hand.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var wide && wide > width)
            {
                faults.Add($"{path} at {width} px: {wide} px wide");
            }
        }

        await hand.Page.SetViewportSizeAsync(phone.Width, phone.Height);
        return faults;
    }

    private static async Task<IEnumerable<string>> LinksAsync(Journey hand)
    {
        var links = await hand.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]')].filter(one => one.origin === location.origin && !one.hasAttribute('download')).map(one => one.pathname + one.search)");
        // Files are not pages.
        return links.Where(link => !Files.Any(mark => link.Contains(mark, StringComparison.Ordinal)));
    }

    /// <summary>One of a kind is enough: ids, days and values do not count, which parameters there are does.</summary>
    private static string KindOf(string link)
    {
        var parts = link.Split('?');
        var path = Hash().Replace(Month().Replace(Id().Replace(parts[0], "{id}"), "{month}"), "{hash}");
        return parts.Length == 1
            ? path
            : $"{path}?{string.Join('&', parts[1].Split('&').Select(part => part.Split('=')[0]).Order(StringComparer.Ordinal))}";
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}")]
    private static partial Regex Month();

    [GeneratedRegex("[0-9a-f]{32,}")]
    private static partial Regex Hash();
}
