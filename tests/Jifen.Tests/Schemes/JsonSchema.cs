using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Jifen.Tests.Schemes;

/// <summary>
/// JSON Schema 2020-12, as much of it as the schemas in schemes/ use and no more: a keyword it does not know is an error of the schema.
/// </summary>
internal sealed class JsonSchema
{
    private static readonly string[] Annotations = ["$schema", "$defs", "title", "description", "patternErrorMessage"];
    private readonly (string Folder, string File) _path;
    private readonly Dictionary<string, JsonObject> _documents = new(StringComparer.Ordinal);

    public JsonSchema(string path) => _path = (Path.GetDirectoryName(path)!, Path.GetFileName(path));

    public JsonObject Root => Document(_path.File);

    /// <returns>where the value is not valid and by which keyword, the deepest first; empty when it is valid</returns>
    public IReadOnlyList<string> Errors(JsonNode? value) => Check(Root, value, "", _path.File);

    /// <summary>The schema behind <paramref name="pointer"/>, as <c>$ref</c> writes it.</summary>
    public (JsonNode Schema, string File) Find(string pointer, string file)
    {
        var (name, path) = pointer.Split('#') is [var before, var after] ? (before.Length > 0 ? before : file, after) : throw Broken(pointer);
        JsonNode? at = Document(name);
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = at is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)] : at?[step];
        }

        return (at ?? throw Broken(pointer), name);
    }

    private JsonObject Document(string file) => _documents.TryGetValue(file, out var document)
        ? document
        : _documents[file] = JsonNode.Parse(File.ReadAllText(Path.Combine(_path.Folder, file)))!.AsObject();

    public List<string> Check(JsonNode schema, JsonNode? value, string at, string file)
    {
        if (schema is not JsonObject keywords)
        {
            return schema.GetValue<bool>() ? [] : [$"{at}: false"];
        }

        var asserted = keywords.Where(pair => !Annotations.Contains(pair.Key));
        return asserted.SelectMany(pair => Keyword(keywords, pair.Key, pair.Value!, value, at, file)).ToList();
    }

    private IEnumerable<string> Keyword(JsonObject all, string key, JsonNode said, JsonNode? value, string at, string file)
    {
        var map = value as JsonObject;
        var list = value as JsonArray;
        var text = value is JsonValue && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        decimal? number = value is JsonValue && value.GetValueKind() == JsonValueKind.Number ? Number(value) : null;
        string[] One(bool holds) => holds ? [] : [$"{at}: {key} {said.ToJsonString()}"];
        bool Valid(JsonNode schema) => Check(schema, value, at, file).Count == 0;
        IEnumerable<string> In(JsonNode schema, JsonNode? part, object name) => Check(schema, part, $"{at}/{name}", file);
        switch (key)
        {
            case "$ref":
                var (target, home) = Find(said.GetValue<string>(), file);
                return Check(target, value, at, home);
            case "type":
                return One(Words(said).Any(type => type switch
                {
                    "object" => map is not null,
                    "array" => list is not null,
                    "string" => text is not null,
                    "number" => number is not null,
                    "integer" => number is { } whole && decimal.IsInteger(whole),
                    "null" => value is null,
                    _ => throw Broken(type),
                }));
            case "const":
                return One(Same(said, value));
            case "enum":
                return One(said.AsArray().Any(word => Same(word, value)));
            case "pattern":
                return One(text is null || Matches(said.GetValue<string>(), text));
            case "minimum":
                return One(number is null || number >= Number(said));
            case "maximum":
                return One(number is null || number <= Number(said));
            case "exclusiveMinimum":
                return One(number is null || number > Number(said));
            case "required":
                return One(map is null || Words(said).All(map.ContainsKey));
            case "dependentRequired":
                return One(map is null || said.AsObject().All(pair => !map.ContainsKey(pair.Key) || Words(pair.Value!).All(map.ContainsKey)));
            case "minProperties":
                return One(map is null || map.Count >= Number(said));
            case "properties":
                var written = said.AsObject().Where(pair => map?.ContainsKey(pair.Key) == true);
                return written.SelectMany(pair => In(pair.Value!, map![pair.Key], pair.Key));
            case "patternProperties":
                return said.AsObject().SelectMany(pair =>
                    (map ?? []).Where(entry => Matches(pair.Key, entry.Key)).SelectMany(entry => In(pair.Value!, entry.Value, entry.Key)));
            case "additionalProperties":
                var patterns = all["patternProperties"]?.AsObject().Select(pair => pair.Key).ToList() ?? [];
                return (map ?? []).Where(entry => all["properties"]?[entry.Key] is null && !patterns.Any(pattern => Matches(pattern, entry.Key)))
                    .SelectMany(entry => In(said, entry.Value, entry.Key));
            case "items":
                return (list ?? []).SelectMany((item, i) => In(said, item, i));
            case "contains":
                return One(list?.Any(item => Check(said, item, at, file).Count == 0) != false);
            case "minItems":
                return One(list is null || list.Count >= Number(said));
            case "maxItems":
                return One(list is null || list.Count <= Number(said));
            case "allOf":
                return said.AsArray().SelectMany(part => Check(part!, value, at, file));
            case "anyOf":
                return One(said.AsArray().Any(part => Valid(part!)));
            case "oneOf":
                return One(said.AsArray().Count(part => Valid(part!)) == 1);
            case "if":
                return all[Valid(said) ? "then" : "else"] is { } branch ? Check(branch, value, at, file) : [];
            case "then" or "else":
                return [];
            default:
                throw Broken(key);
        }
    }

    private static bool Same(JsonNode? said, JsonNode? value) => JsonNode.DeepEquals(said, value)
        || (said is JsonValue && value is JsonValue && said.GetValueKind() == value.GetValueKind()
            && said.GetValueKind() == JsonValueKind.Number && Number(said) == Number(value));

    private static decimal Number(JsonNode node) => decimal.Parse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Words(JsonNode node) =>
        node is JsonArray list ? list.Select(word => word!.GetValue<string>()) : [node.GetValue<string>()];

    private static bool Matches(string pattern, string text) => Regex.IsMatch(text, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static InvalidOperationException Broken(string what) => new($"the schema says something this validator does not know: {what}");
}
