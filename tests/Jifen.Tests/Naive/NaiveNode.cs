using YamlDotNet.RepresentationModel;

namespace Jifen.Tests.Naive;

/// <summary>A YAML value as plain text, plain list or plain ordered dictionary; nothing more is needed to score.</summary>
internal sealed class Node
{
    private Node(string text, IReadOnlyList<Node> items, IReadOnlyList<KeyValuePair<string, Node>> fields)
    {
        Text = text;
        Items = items;
        Fields = fields;
    }

    public string Text { get; }

    public IReadOnlyList<Node> Items { get; }

    public IReadOnlyList<KeyValuePair<string, Node>> Fields { get; }

    public bool IsMap => Fields.Count > 0;

    public Node? this[string key] => Fields.Where(field => field.Key == key).Select(field => field.Value).FirstOrDefault();

    public static Node Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return stream.Documents.Count == 0 ? Map([]) : From(stream.Documents[0].RootNode);
    }

    public static Node Map(IEnumerable<KeyValuePair<string, Node>> fields) => new("", [], fields.ToList());

    public static Node List(IEnumerable<Node> items) => new("", items.ToList(), []);

    public bool Has(string key) => this[key] is not null;

    public Node Need(string key) => this[key] ?? throw new InvalidOperationException("缺键：" + key);

    /// <summary>The text under a key, or "" when the key is not written.</summary>
    public string TextOf(string key) => this[key]?.Text ?? "";

    /// <summary>The values under a key that takes one or several: a scalar counts as a list of one.</summary>
    public IReadOnlyList<Node> ListOf(string key) => this[key] switch
    {
        null => [],
        { IsMap: true } single => [single],
        { Text: "" } list => list.Items,
        var single => [single],
    };

    public IReadOnlyList<string> TextsOf(string key) => ListOf(key).Select(item => item.Text).ToList();

    /// <summary>This mapping with some keys replaced in place or appended.</summary>
    public Node With(IEnumerable<KeyValuePair<string, Node>> replacements)
    {
        var fields = Fields.ToList();
        foreach (var replacement in replacements)
        {
            var at = fields.FindIndex(field => field.Key == replacement.Key);
            if (at < 0)
            {
                fields.Add(replacement);
            }
            else
            {
                fields[at] = replacement;
            }
        }

        return Map(fields);
    }

    public Node With(string key, Node value) => With([KeyValuePair.Create(key, value)]);

    private static Node From(YamlNode yaml) => yaml switch
    {
        YamlMappingNode map => Map(map.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, From(child.Value)))),
        YamlSequenceNode list => List(list.Children.Select(From)),
        YamlScalarNode scalar => new(scalar.Value ?? "", [], []),
        _ => throw new InvalidOperationException("YAML 里只许映射、列表、文字"),
    };
}
