using System.Net;
using System.Text.RegularExpressions;

namespace Jifen.Bench.Live.Running;

/// <summary>Somebody with a browser of his own, signed in through the form with login name and password.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _http;

    private Visitor(Uri address)
    {
        // Compressed, as a browser asks for it.
        var handler = new SocketsHttpHandler
        {
            CookieContainer = new CookieContainer(),
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
        };
        _http = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        _http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");
        // As a browser says of its own accord: only then pages are compressed (docs/decisions/0010).
        _http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    /// <summary>Somebody who is not signed in.</summary>
    public static Visitor At(Uri address) => new(address);

    public static async Task<Visitor> SignInAsync(Uri address, string login, string password)
    {
        var visitor = new Visitor(address);
        visitor._http.DefaultRequestHeaders.AcceptEncoding.Clear();
        var fields = FieldsOf(await visitor._http.GetStringAsync("/sign-in"), "sign-in");
        fields["login"] = login;
        fields["password"] = password;
        using var answer = await visitor._http.PostAsync("/sign-in", new FormUrlEncodedContent(fields));
        visitor._http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");
        return answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther or HttpStatusCode.Found
            ? visitor
            : throw new InvalidOperationException($"{login} was not signed in: {(int)answer.StatusCode}");
    }

    /// <summary>Asks for a page and reads it to the end.</summary>
    /// <returns>bytes on the wire</returns>
    public async Task<int> AskAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode == HttpStatusCode.OK ? bytes.Length : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode}");
    }

    /// <summary>The page as text.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd("identity");
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode == HttpStatusCode.OK
            ? await answer.Content.ReadAsStringAsync()
            : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode}");
    }

    /// <summary>Sends a form; it must be taken.</summary>
    public async Task SendAsync(string path, IReadOnlyDictionary<string, string> fields)
    {
        using var answer = await _http.PostAsync(path, new FormUrlEncodedContent(fields));
        if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther))
        {
            throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>Every field of the form with this action as it stands on the page; of radios the chosen one.</summary>
    public static Dictionary<string, string> FieldsOf(string page, string action)
    {
        var form = Forms().Matches(page).Select(match => match.Value)
            .FirstOrDefault(one => one.Contains($"data-action=\"{action}\"", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"the page has no form {action}");
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attributes in Inputs().Matches(form).Select(match => match.Groups["attributes"].Value))
        {
            if (Attribute(attributes, "name") is { } name
                && (Attribute(attributes, "type") is not ("radio" or "checkbox") || attributes.Contains(" checked", StringComparison.Ordinal)))
            {
                fields[name] = Attribute(attributes, "value") ?? "";
            }
        }

        return fields;
    }

    public void Dispose() => _http.Dispose();

    private static string? Attribute(string attributes, string name) =>
        Regex.Match(attributes, $"\\b{name}=\"([^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) is { Success: true } found
            ? WebUtility.HtmlDecode(found.Value[(name.Length + 2)..^1])
            : null;

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("<input\\b(?<attributes>[^>]*)>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Inputs();
}
