using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Jifen.Cycle;
using Xunit;

namespace Jifen.Integration.Crashes;

/// <summary>Somebody who plans one gathering after the other through the form of the page, whatever happens to the server.</summary>
internal sealed class CrashClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CrashingProgram _program;
    private readonly string _name;
    private readonly HttpClient _http;
    private readonly string _day = TimeProvider.System.Today().AddDays(7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    private List<KeyValuePair<string, string>> _form = [];

    public CrashClient(CrashingProgram program, string name, string session)
    {
        (_program, _name) = (program, name);
        var cookies = new CookieContainer();
        cookies.Add(new Cookie("jifen-session", session, "/", "127.0.0.1"));
        _http = new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { Timeout = Patience };
    }

    /// <summary>Operations that were answered with success, with the address of the answer.</summary>
    public Dictionary<Guid, string> Acknowledged { get; } = [];

    /// <summary>Operations that were sent and got no answer, or an error.</summary>
    public HashSet<Guid> Unknown { get; } = [];

    /// <summary>Why the last operation was not acknowledged.</summary>
    public string? LastTrouble { get; private set; }

    /// <summary>Opens the form: its token is used for every operation until the end, through every crash.</summary>
    public async Task OpenFormAsync()
    {
        using var answer = await _http.GetAsync(new Uri(_program.Address, "/gatherings/new?kind=common-party-day"), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var form = (IHtmlFormElement)new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancel)).QuerySelector("form[data-action=plan-gathering]")!;
        _form = form.Elements.OfType<IHtmlInputElement>()
            .Where(input => input.Name is { Length: > 0 } && (input.Type is not "checkbox" || input.IsChecked))
            .Select(input => KeyValuePair.Create(input.Name!, input.Value))
            .ToList();
    }

    /// <summary>Writes until there is no answer.</summary>
    /// <param name="acknowledged">told after each acknowledged write</param>
    public async Task WriteAsync(Action acknowledged)
    {
        while (true)
        {
            var operation = Guid.CreateVersion7();
            if (!await SendAsync(operation))
            {
                return;
            }

            acknowledged();
        }
    }

    /// <summary>Sends one operation, or sends it again.</summary>
    /// <returns>whether it was acknowledged</returns>
    public async Task<bool> SendAsync(Guid operation)
    {
        Unknown.Add(operation);
        try
        {
            using var answer = await _http.PostAsync(new Uri(_program.Address, "/gatherings/new?kind=common-party-day"), Fields(operation), Cancel);
            if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther))
            {
                LastTrouble = $"{(int)answer.StatusCode}: {new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancel)).QuerySelector("main")?.TextContent}";
                Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, LastTrouble);
                return false;
            }

            var to = answer.Headers.Location!.ToString();
            Assert.DoesNotContain("sign-in", to, StringComparison.Ordinal);
            if (Acknowledged.TryGetValue(operation, out var before))
            {
                Assert.Equal(before, to);
            }

            Acknowledged[operation] = to;
            Unknown.Remove(operation);
            return true;
        }
        catch (Exception cut) when (cut is HttpRequestException or TaskCanceledException && !Cancel.IsCancellationRequested)
        {
            LastTrouble = cut.Message;
            return false;
        }
    }

    /// <summary>The session still holds. While the database comes back the site says so, and is asked again.</summary>
    public async Task IsSignedInAsync()
    {
        var status = HttpStatusCode.ServiceUnavailable;
        for (var attempt = 0; attempt < 40 && status == HttpStatusCode.ServiceUnavailable; attempt++)
        {
            using var answer = await _http.GetAsync(new Uri(_program.Address, "/gatherings"), Cancel);
            status = answer.StatusCode;
            if (status == HttpStatusCode.ServiceUnavailable)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), Cancel);
            }
        }

        Assert.Equal(HttpStatusCode.OK, status);
    }

    public void Dispose() => _http.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FormUrlEncodedContent Fields(Guid operation)
    {
        // Sent again it is the same in every field.
        var typed = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["operation"] = operation.ToString(),
            ["title"] = $"{_name} {operation}",
            ["day"] = _day,
            ["starts"] = "08:00",
            ["ends"] = "10:00",
            ["place"] = "会议室",
        };
        return new FormUrlEncodedContent(_form.Where(field => !typed.ContainsKey(field.Key)).Concat(typed));
    }
}
