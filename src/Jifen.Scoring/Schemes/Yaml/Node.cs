namespace Jifen.Scoring.Schemes.Yaml;

internal abstract class Node(Place place)
{
    public Place Place { get; } = place;
}

internal sealed class Scalar(Place place, string text, bool isPlain) : Node(place)
{
    public string Text { get; } = text;

    /// <summary>Written without quotation marks.</summary>
    public bool IsPlain { get; } = isPlain;

    /// <summary>Nothing stands after the colon.</summary>
    public bool IsEmpty => IsPlain && Text is "" or "~" or "null";
}

internal sealed class Sequence(Place place, IReadOnlyList<Node> items) : Node(place)
{
    public IReadOnlyList<Node> Items { get; } = items;
}

internal sealed record Entry(Scalar Key, Node Value);

internal sealed class Mapping(Place place, IReadOnlyList<Entry> entries) : Node(place)
{
    public IReadOnlyList<Entry> Entries { get; } = entries;

    public Node? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key.Text == key)
            {
                return entry.Value;
            }
        }

        return null;
    }
}
