using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jifen.Cycle;

namespace Jifen.Store.Ledgers;

/// <summary>
/// One way, and only one, to write an event as bytes: keys in ordinal order, no white space, decimals as strings without trailing zeros,
/// instants in UTC with microseconds, absent values left out. What is hashed is exactly this (docs/ledger-format.md).
/// </summary>
public static class CanonicalJson
{
    /// <summary>How events become JSON before their keys are put in order, and how they are read back.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false), new IdJson(), new DecimalJson(), new InstantJson() },
    };

    /// <summary>The canonical text of an event.</summary>
    public static string Of(IEvent happened) => Of(JsonSerializer.SerializeToElement(happened, happened.GetType(), Options));

    /// <summary>The canonical text of any value of ours: what digests of inputs are made of.</summary>
    public static string OfValue<T>(T value) => Of(JsonSerializer.SerializeToElement(value, value?.GetType() ?? typeof(T), Options));

    public static string Of(JsonElement element)
    {
        var text = new StringBuilder();
        Write(text, element);
        return text.ToString();
    }

    /// <exception cref="JsonException">the text is no event of this type</exception>
    public static T Read<T>(string body)
        where T : IEvent => JsonSerializer.Deserialize<T>(body, Options) ?? throw new JsonException("the body is null");

    /// <summary>An instant as the ledger writes it: UTC, six decimals, Z.</summary>
    public static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    internal static void Write(StringBuilder to, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(to, element);
                break;
            case JsonValueKind.Array:
                to.Append('[');
                var first = true;
                foreach (var one in element.EnumerateArray())
                {
                    if (!first)
                    {
                        to.Append(',');
                    }

                    first = false;
                    Write(to, one);
                }

                to.Append(']');
                break;
            case JsonValueKind.String:
                WriteString(to, element.GetString()!);
                break;
            case JsonValueKind.Number:
                // Whole numbers only: decimals are strings, so that no reader rounds them.
                to.Append(element.GetInt64().ToString(CultureInfo.InvariantCulture));
                break;
            case JsonValueKind.True:
                to.Append("true");
                break;
            case JsonValueKind.False:
                to.Append("false");
                break;
            default:
                throw new JsonException($"a {element.ValueKind} has no canonical form");
        }
    }

    private static void WriteObject(StringBuilder to, JsonElement element)
    {
        to.Append('{');
        var first = true;
        foreach (var property in element.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            if (!first)
            {
                to.Append(',');
            }

            first = false;
            WriteString(to, property.Name);
            to.Append(':');
            Write(to, property.Value);
        }

        to.Append('}');
    }

    /// <summary>Escapes what JSON demands and nothing else.</summary>
    internal static void WriteString(StringBuilder to, string text)
    {
        to.Append('"');
        foreach (var letter in text)
        {
            switch (letter)
            {
                case '"':
                    to.Append("\\\"");
                    break;
                case '\\':
                    to.Append("\\\\");
                    break;
                case < ' ':
                    to.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    to.Append(letter);
                    break;
            }
        }

        to.Append('"');
    }

    /// <summary>Ids are their UUID, in lower case.</summary>
    private sealed class IdJson : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsValueType && typeToConvert.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(OneIdJson<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class OneIdJson<T> : JsonConverter<T>
        where T : struct, IId<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.Of(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            T.Of(Guid.Parse(reader.GetString()!, CultureInfo.InvariantCulture));

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.Value.ToString());
    }

    private sealed class DecimalJson : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            decimal.Parse(reader.GetString()!, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("0.############################", CultureInfo.InvariantCulture));
    }

    private sealed class InstantJson : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTimeOffset.Parse(reader.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Instant(value));
    }
}
