using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Jifen.Tests.Ledgers;

/// <summary>
/// docs/ledger-format.md read a second time, by somebody who had nothing else: from the columns of an entry to its bytes and hashes. Shares
/// no code with the product; where both agree, the document says enough.
/// </summary>
internal static class SecondReading
{
    /// <param name="columns">by the keys of the canonical form; null: the column is null</param>
    /// <param name="body">as the column holds it</param>
    public static byte[] Bytes(IReadOnlyDictionary<string, string?> columns, long seq, string body)
    {
        var entry = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["algorithm"] = "1",
            ["seq"] = seq.ToString(CultureInfo.InvariantCulture),
            ["body"] = Written(JsonNode.Parse(body)!),
        };
        foreach (var (key, value) in columns)
        {
            if (value is not null)
            {
                entry.Add(key, Quoted(value));
            }
        }

        return Encoding.UTF8.GetBytes($"{{{string.Join(',', entry.Select(pair => $"{Quoted(pair.Key)}:{pair.Value}"))}}}");
    }

    public static byte[] Leaf(byte[] nonce, byte[] bytes) => SHA256.HashData([0, .. nonce, .. bytes]);

    public static byte[] Entry(byte[] before, byte[] leaf) => SHA256.HashData([1, .. before, .. leaf]);

    public static byte[] First(string stream) => SHA256.HashData(Encoding.ASCII.GetBytes("jifen-ledger-1 " + stream));

    private static string Written(JsonNode node) => node switch
    {
        JsonObject some => $"{{{string.Join(',', some.Where(pair => pair.Value is not null).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{Quoted(pair.Key)}:{Written(pair.Value!)}"))}}}",
        JsonArray many => $"[{string.Join(',', many.Select(one => Written(one!)))}]",
        _ => node.GetValueKind() == System.Text.Json.JsonValueKind.String ? Quoted(node.GetValue<string>()) : node.ToJsonString(),
    };

    private static string Quoted(string text) => $"\"{string.Concat(text.Select(letter => letter switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        < '\u0020' => $"\\u00{(int)letter >> 4:x}{(int)letter & 15:x}",
        _ => letter.ToString(),
    }))}\"";
}
