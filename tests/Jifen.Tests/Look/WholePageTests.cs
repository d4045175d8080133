using System.Text.Encodings.Web;
using Jifen.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Jifen.Tests.Look;

/// <summary>A page is rendered when everything it shows has been read, and not before.</summary>
public sealed class WholePageTests
{
    [Fact]
    public async Task Nothing_is_rendered_between_two_readings()
    {
        ReadsTwice.Rendered.Clear();
        using var services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(HtmlEncoder.Default)
            .BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);

        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<ReadsTwice>()).ToHtmlString());

        Assert.Equal("first and second", html);
        Assert.Equal(["first and second"], ReadsTwice.Rendered);
    }

    [Fact]
    public void Every_page_is_one() => Assert.All(
        typeof(WholePage).Assembly.GetTypes().Where(type => type.IsDefined(typeof(RouteAttribute), inherit: false)),
        page => Assert.True(page.IsSubclassOf(typeof(WholePage)), page.FullName));

    private sealed class ReadsTwice : WholePage
    {
        private string? _first;
        private string? _second;

        public static List<string> Rendered { get; } = [];

        protected override async Task OnInitializedAsync()
        {
            await Task.Yield();
            _first = "first";
            await Task.Yield();
            _second = "second";
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            Rendered.Add($"{_first} and {_second}");
            builder.AddContent(0, $"{_first} and {_second}");
        }
    }
}
