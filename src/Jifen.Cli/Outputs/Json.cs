using System.Text.Encodings.Web;
using System.Text.Json;
using Jifen.Scoring;

namespace Jifen.Cli.Outputs;

/// <summary>JSON for programs, Chinese left readable.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One indented object and a line end.</summary>
    public static void Write(Stream to, Action<Utf8JsonWriter> fill)
    {
        using (var json = new Utf8JsonWriter(to, Options))
        {
            json.WriteStartObject();
            fill(json);
            json.WriteEndObject();
        }

        to.WriteByte((byte)'\n');
    }

    public static void WriteProblems(Utf8JsonWriter json, IEnumerable<Problem> problems, string name = "problems")
    {
        json.WriteStartArray(name);
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("severity", SeverityName(problem.Severity));
            json.WriteString("file", problem.Source);
            WriteNumber(json, "line", problem.Line);
            WriteNumber(json, "column", problem.Column);
            if (problem.Cell is { } cell)
            {
                json.WriteString("cell", cell);
            }

            json.WriteString("cause", problem.Cause);
            json.WriteString("remedy", problem.Remedy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WritePoints(Utf8JsonWriter json, string name, Points points)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(points.ToString());
    }

    public static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>A place that is not known is null, not 0.</summary>
    private static void WriteNumber(Utf8JsonWriter json, string name, int value)
    {
        if (value == 0)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, value);
        }
    }

    private static string SeverityName(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Note => "note",
    };
}
