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

    private static readonly Regex EndedAlike = new($"(?<=^/rounds/){DemoClock.Morning.Year - 1}-q[123]");

    private static readonly (string Screen, int Width, int Height)[] Screens = [("phone", 390, 844), ("desk", 1366, 768)];

    /// <summary>What is asked of every page, in one go.</summary>
    private const string Question =
        """
        () => ({
          title: document.title,
          headings: document.querySelectorAll('h1').length,
          doubles: [...document.querySelectorAll('[id]')].map(one => one.id).filter((id, at, all) => all.indexOf(id) !== at),
          width: document.documentElement.scrollWidth,
          code: document.body.innerText.match(/@[A-Za-z_]\w*[.(]\w*/)?.[0] ?? '',
          links: [...document.querySelectorAll('a[href]')].filter(one => one.origin === location.origin && !one.hasAttribute('download')).map(one => one.pathname + one.search),
        })
        """;

    private protected async Task WalkAsync(string login)
    {
        var faults = new List<string>();
        var own = DemoSite.IsOfBranch(login) ? $"branch={DemoSite.Branch}" : null;
        await using var phone = await site.SignedInAsync(login, Screen.Phone);
        var seen = new HashSet<string>(StringComparer.Ordinal) { "/" };
        var waiting = new Queue<string>(["/"]);
        while (waiting.TryDequeue(out var path))
        {
            Assert.True(seen.Count < MostPages, $"more than {MostPages} pages: {string.Join(' ', seen.Take(40))}");
            var page = await LookAsync(phone, path);
            faults.AddRange(page.Faults);
            foreach (var link in page.Links)
            {
                if (seen.Add(KindOf(link, own)))
                {
                    waiting.Enqueue(link);
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{login}: {seen.Count} kinds of pages\n{string.Join('\n', seen.Order(StringComparer.Ordinal))}");
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
        phone.IsHealthy();
    }

    // Loaded on the screen the page before was left on, then laid out again on the other: both ways round in turn.
    private static async Task<(IReadOnlyList<string> Faults, IEnumerable<string> Links)> LookAsync(Journey hand, string path)
    {
        var faults = new List<string>();
        if (await hand.GoAsync(path) is not 200 and var status)
        {
            faults.Add($"answers {status}");
        }

        var answer = await hand.Page.EvaluateAsync<Answer>(Question);
        if (answer.Headings != 1)
        {
            faults.Add($"{answer.Headings} first headings");
        }

        if (answer.Title.Length < 3)
        {
            faults.Add("no title");
        }

        if (answer.Code.Length > 0)
        {
            faults.Add($"shows code instead of words: {answer.Code}");
        }

        faults.AddRange(answer.Doubles.Select(id => $"two elements with id {id}"));
        faults.AddRange(await Axe.FaultsAsync(hand.Page));
        var (here, there) = hand.Page.ViewportSize!.Width == Screens[0].Width ? (Screens[0], Screens[1]) : (Screens[1], Screens[0]);
        await hand.Page.SetViewportSizeAsync(there.Width, there.Height);
        foreach (var (screen, width) in new[] { (here, answer.Width), (there, await hand.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")) })
        {
            if (width > screen.Width)
            {
                faults.Add($"{width} px wide on a {screen.Screen}");
            }
        }

        // Files are not pages.
        return (faults.ConvertAll(fault => $"{path}: {fault}"), answer.Links.Where(link => !Files.Any(mark => link.Contains(mark, StringComparison.Ordinal))));
    }

    /// <summary>
    /// One of a kind is enough: ids, days and values do not count, which parameters there are does. The own branch, named, is the page that
    /// names none. Rounds stand at stages of their own and count one by one, but for those of a past year before its last: they all ended alike.
    /// </summary>
    /// <param name="own">the own branch as it stands in an address; null for those above</param>
    private static string KindOf(string link, string? own)
    {
        var parts = link.Split('?');
        var path = Hash().Replace(Month().Replace(Id().Replace(EndedAlike.Replace(parts[0], "{ended}"), "{id}"), "{month}"), "{hash}");
        var parameters = parts.Skip(1).SelectMany(query => query.Split('&')).Where(part => part != own).Select(part => part.Split('=')[0]).Order(StringComparer.Ordinal);
        return string.Join('?', new[] { path, string.Join('&', parameters) }.Where(part => part.Length > 0));
    }

    private sealed class Answer
    {
        public string Title { get; set; } = "";

        public int Headings { get; set; }

        public string[] Doubles { get; set; } = [];

        public int Width { get; set; }

        public string Code { get; set; } = "";

        public string[] Links { get; set; } = [];
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}")]
    private static partial Regex Month();

    [GeneratedRegex("[0-9a-f]{32,}")]
    private static partial Regex Hash();
}
