using System.Collections.Concurrent;
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
    /// Marks every part of the page that is built like a part examined before, in the same surroundings: two parts of one shape have the same
    /// faults, whatever they say. Told are the parts that are new. Shapes are element, attributes, and the kinds of children; ids, values and
    /// how often a row repeats do not count.
    /// </summary>
    private const string Mark =
        """
        known => {
          const told = ['class', 'type', 'role', 'scope', 'open', 'checked', 'disabled'];
          const digest = text => {
            let [a, b] = [0xdeadbeef, 0x41c6ce57];
            for (let at = 0; at < text.length; at++) {
              a = Math.imul(a ^ text.charCodeAt(at), 2654435761);
              b = Math.imul(b ^ text.charCodeAt(at), 1597334677);
            }
            return (a >>> 0).toString(36) + (b >>> 0).toString(36);
          };
          const classOf = element => element.getAttribute('class') ?? '';
          const shapes = new Map();
          const shapeOf = element => {
            const attributes = [...element.attributes]
              .filter(one => !one.name.startsWith('data-'))
              .map(one => told.includes(one.name) ? `${one.name}=${one.value}` : one.name).sort().join(' ');
            const words = [...element.childNodes].some(one => one.nodeType === Node.TEXT_NODE && one.data.trim() !== '');
            const inner = new Set([...element.children].map(shapeOf));
            const shape = digest(`<${element.tagName} ${attributes}${words ? ' …' : ''}>${[...inner].join(' ')}`);
            shapes.set(element, shape);
            return shape;
          };
          shapeOf(document.body);
          const examined = new Set(known.split(' '));
          const fresh = new Set();
          const mark = (element, path) => {
            const part = digest(`${path} ${shapes.get(element)}`);
            const same = examined.has(part) || fresh.has(part);
            element.toggleAttribute('data-same', same);
            if (!same) {
              fresh.add(part);
              [...element.children].forEach(child => mark(child, `${path}>${element.tagName}.${classOf(element)}`));
            }
          };
          mark(document.body, '');
          return [...fresh];
        }
        """;

    // By all browsers of a run; two that come to a part at once both examine it.
    private static readonly ConcurrentDictionary<string, bool> Examined = new(StringComparer.Ordinal);

    /// <summary>Examines what is new in the page in front: what no page before had in it.</summary>
    /// <returns>one line for each kind of fault, with the first elements that have it; empty when nothing is wrong</returns>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page)
    {
        // As one text: thousands of parts one by one cost more to hand over than to look up.
        var fresh = await page.EvaluateAsync<string[]>(Mark, string.Join(' ', Examined.Keys));
        if (fresh.Length == 0)
        {
            return [];
        }

        foreach (var part in fresh)
        {
            Examined[part] = true;
        }

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
