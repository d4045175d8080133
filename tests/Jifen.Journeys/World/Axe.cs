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

    /// <summary>
    /// Marks rows and items that are built like one before them beside it: a table of four hundred rows has nothing wrong that its kinds of rows
    /// do not have. The answer says how the page is built, without its words.
    /// </summary>
    private const string Shape =
        """
        () => {
          const told = ['class', 'type', 'role', 'scope', 'open', 'checked', 'disabled'];
          const shapeOf = element => {
            const attributes = [...element.attributes]
              .filter(one => !one.name.startsWith('data-'))
              .map(one => told.includes(one.name) ? `${one.name}=${one.value}` : one.name).sort().join(' ');
            const words = [...element.childNodes].some(one => one.nodeType === Node.TEXT_NODE && one.data.trim() !== '');
            const seen = new Set();
            const inner = [...element.children].map(child => {
              const shape = shapeOf(child);
              const repeats = ['TR', 'LI', 'OPTION'].includes(child.tagName) && seen.has(shape);
              seen.add(shape);
              child.toggleAttribute('data-same', repeats);
              return repeats ? '' : shape;
            }).join('');
            return `<${element.tagName} ${attributes}${words ? ' …' : ''}>${inner}`;
          };
          return shapeOf(document.body);
        }
        """;

    /// <summary>How the page in front is built: two pages of the same shape have the same faults.</summary>
    public static Task<string> ShapeOfAsync(IPage page) => page.EvaluateAsync<string>(Shape);

    /// <returns>one line for each kind of fault, with the first elements that have it; empty when nothing is wrong</returns>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page)
    {
        await page.EvaluateAsync(Shape);
        await page.EvaluateAsync(Script.Value);
        return await page.EvaluateAsync<string[]>(
            """
            async () => {
              const found = await axe.run({ exclude: [['[data-same]']] }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] });
              return found.violations.map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node =>
                `${node.target.join(' ')} ${node.html.slice(0, 120)} (${node.failureSummary.split('\n').slice(1).map(line => line.trim()).join('; ').slice(0, 200)})`).join(' | ')}`);
            }
            """);
    }
}
