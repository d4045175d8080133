using System.Text.Json;
using Jifen.Bench.Generation;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;

namespace Jifen.Bench.Rivals;

/// <summary>
/// The raw facts of the first members as GoRules ZEN takes them, one JSON object a member. Those without a score sheet are left out, and so
/// is every field that the fact does not carry: less for the engine to read.
/// </summary>
internal sealed class ZenSample
{
    private ZenSample(List<int> members, int facts)
    {
        Members = members;
        FactCount = facts;
    }

    /// <summary>Indices in the roster, in the order of the file.</summary>
    public IReadOnlyList<int> Members { get; }

    public int FactCount { get; }

    public static ZenSample Write(string path, Scheme scheme, Columns columns, int most)
    {
        using var file = File.Create(path);
        var members = new List<int>();
        var facts = 0;
        for (var m = 0; m < columns.MemberCount && members.Count < most; m++)
        {
            if (columns.FirstDay[m] <= columns.LastDay[m])
            {
                using (var json = new Utf8JsonWriter(file))
                {
                    WriteMember(json, scheme, columns, m);
                }

                file.WriteByte((byte)'\n');
                members.Add(m);
                facts += columns.Start[m + 1] - columns.Start[m];
            }
        }

        return new ZenSample(members, facts);
    }

    private static void WriteMember(Utf8JsonWriter json, Scheme scheme, Columns columns, int member)
    {
        json.WriteStartObject();
        json.WriteNumber("first", columns.FirstDay[member]);
        json.WriteNumber("last", columns.LastDay[member]);
        json.WriteStartArray("facts");
        for (var f = columns.Start[member]; f < columns.Start[member + 1]; f++)
        {
            json.WriteStartObject();
            json.WriteNumber("n", f - columns.Start[member]);
            json.WriteString("kind", scheme.FactKinds[(int)columns.Kinds[f]].Id);
            json.WriteNumber("day", columns.Days[f]);
            json.WriteNumber("quantity", columns.Quantities[f] / 100m);
            if (columns.Levels[f] > 0)
            {
                json.WriteNumber("level", columns.Levels[f]);
                json.WriteString("content", Contents.All[columns.ContentNumbers[f]]);
            }

            if (columns.Amounts[f] != FactSegment.NoAmount)
            {
                json.WriteNumber("points", columns.Amounts[f] / 100m);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
