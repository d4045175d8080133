using Microsoft.Playwright;

namespace Jifen.Journeys.World;

/// <summary>What the axe engine finds wrong with a page: fields without label, too little contrast, headings and roles out of order.</summary>
internal static class Axe
{
    private static readonly Lazy<string> Script = new(() =>
    {
        var file = Path.Combine(AppContext.BaseDirectory, "axe.min.js");
        return File.Exists(file)
            ? File.ReadAllText(file)
            : throw new InvalidOperationException("axe.min.js is not there: install nodejs and npm, then build the journeys again");
    });

    /// <returns>one line for each kind of fault, with the first elements that have it; empty when nothing is wrong</returns>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page)
    {
        await page.EvaluateAsync(Script.Value);
        return await page.EvaluateAsync<string[]>(
            """
            async () => {
              const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] });
              return found.violations.map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node =>
                `${node.target.join(' ')} ${node.html.slice(0, 120)} (${node.failureSummary.split('\n').slice(1).map(line => line.trim()).join('; ').slice(0, 200)})`).join(' | ')}`);
            }
            """);
    }
}
