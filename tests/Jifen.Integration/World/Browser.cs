using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace Jifen.Integration.World;

/// <summary>A page as it came.</summary>
/// <param name="Path">path and query of the address it has after redirects</param>
public sealed record Page(HttpStatusCode Status, string Path, IHtmlDocument Document, HttpResponseMessage Answer)
{
    /// <summary>What a person reads on it.</summary>
    public string Text => Document.Body?.TextContent ?? "";
}

/// <summary>A browser without scripts: keeps cookies, follows redirects, fills in forms.</summary>
public sealed class Browser : IDisposable
{
    private readonly TestSite _site;
    private readonly HttpClientHandler _handler;

    public Browser(TestSite site)
    {
        _site = site;
        _handler = new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = false };
        Http = new HttpClient(_handler) { BaseAddress = site.Address };
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>For requests no form makes; does not follow redirects.</summary>
    public HttpClient Http { get; }

    public Task<Page> GetAsync(string path) => FollowAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Sends a form of the page as it stands, with these fields changed.</summary>
    /// <param name="form">a CSS selector: <c>form[data-action=sign-in]</c>, or anything inside the form, as a button</param>
    public Task<Page> SubmitAsync(Page page, string form, params (string Name, string Value)[] fields) => FollowAsync(RequestOf(page, form, fields));

    /// <summary>The same without following the redirect.</summary>
    public Task<HttpResponseMessage> PostAsync(Page page, string form, params (string Name, string Value)[] fields) =>
        Http.SendAsync(RequestOf(page, form, fields), TestContext.Current.CancellationToken);

    public void Dispose()
    {
        Http.Dispose();
        _handler.Dispose();
    }

    private static HttpRequestMessage RequestOf(Page page, string selector, (string Name, string Value)[] fields)
    {
        var found = page.Document.QuerySelector(selector) ?? throw new InvalidOperationException($"{page.Path} has no {selector}:\n{page.Text}");
        var form = found as IHtmlFormElement ?? (IHtmlFormElement?)found.Closest("form") ?? throw new InvalidOperationException($"{selector} is in no form");
        var values = ValuesOf(form).ToList();
        // The button that was pressed is sent along.
        if (found is IHtmlButtonElement { Name: { Length: > 0 } name } button)
        {
            values.Add((name, button.Value));
        }

        foreach (var field in fields)
        {
            // What is named twice is meant as it was named last.
            values.RemoveAll(value => value.Name == field.Name);
            values.Add(field);
        }

        var action = (found as IHtmlButtonElement)?.GetAttribute("formaction") ?? form.GetAttribute("action");
        return new HttpRequestMessage(HttpMethod.Post, string.IsNullOrEmpty(action) ? page.Path : action)
        {
            Content = new FormUrlEncodedContent(values.Select(value => KeyValuePair.Create(value.Name, value.Value))),
        };
    }

    private static IEnumerable<(string Name, string Value)> ValuesOf(IHtmlFormElement form)
    {
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Name.Length: > 0, IsDisabled: false } input when input.Type is not ("checkbox" or "radio" or "submit" or "file") || input.IsChecked:
                    yield return (input.Name, input.Value);
                    break;
                case IHtmlTextAreaElement { Name.Length: > 0, IsDisabled: false } area:
                    yield return (area.Name, area.Value);
                    break;
                case IHtmlSelectElement { Name.Length: > 0, IsDisabled: false } select:
                    yield return (select.Name, select.Value ?? "");
                    break;
                default:
                    break;
            }
        }
    }

    private async Task<Page> FollowAsync(HttpRequestMessage request)
    {
        for (var hops = 0; hops < 10; hops++)
        {
            var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
            if ((int)answer.StatusCode is not (301 or 302 or 303))
            {
                var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                return new Page(answer.StatusCode, answer.RequestMessage!.RequestUri!.PathAndQuery, new HtmlParser().ParseDocument(html), answer);
            }

            var next = new Uri(answer.RequestMessage!.RequestUri!, answer.Headers.Location!);
            Assert.Equal(_site.Address.Authority, next.Authority);
            request = new HttpRequestMessage(HttpMethod.Get, next);
        }

        throw new InvalidOperationException("redirected without end");
    }
}
