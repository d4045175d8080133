using Jifen.Journeys.World;
using Xunit;

namespace Jifen.Journeys.Everywhere;

/// <summary>The examination of pages finds what it is there for, also among parts it has examined before.</summary>
public sealed class AxeTests(DemoSite site) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task A_field_without_a_label_is_found_on_a_page_that_was_examined_before()
    {
        await using var visitor = await site.VisitorAsync();
        await visitor.GoAsync("/sign-in");
        Assert.Empty(await Axe.FaultsAsync(visitor.Page));

        await visitor.Page.EvaluateAsync("document.querySelector('main form').append(document.createElement('textarea'))");

        var fault = Assert.Single(await Axe.FaultsAsync(visitor.Page));
        Assert.StartsWith("label: textarea", fault, StringComparison.Ordinal);
        Assert.Empty(await Axe.FaultsAsync(visitor.Page));
    }

    [Fact]
    public async Task Words_that_can_hardly_be_read_are_found_among_rows_that_can()
    {
        await using var recorder = await site.SignedInAsync("记录员");
        await recorder.GoAsync("/members");
        Assert.Empty(await Axe.FaultsAsync(recorder.Page));

        await recorder.Page.EvaluateAsync(
            """
            () => {
              const pale = new CSSStyleSheet();
              pale.replaceSync('.pale { color: #ddd !important; background: #eee !important; }');
              document.adoptedStyleSheets = [pale];
              document.querySelector('main tbody tr:nth-child(7) td').classList.add('pale');
            }
            """);

        Assert.StartsWith("color-contrast: ", Assert.Single(await Axe.FaultsAsync(recorder.Page)), StringComparison.Ordinal);
    }
}
