using System.CommandLine;
using Jifen.Cli.Outputs;
using Jifen.Cli.Text;
using Jifen.Cli.Usage;
using Jifen.Cycle.Permissions;

namespace Jifen.Cli.Verbs;

/// <summary>authz: the table of actions, as the program itself reads it.</summary>
internal static class Authz
{
    /// <summary>One line as it is printed; PL1 and PL1/2 are one, ●/2.</summary>
    private sealed record Line(IReadOnlyList<ActionRow> Parts)
    {
        public ActionRow First => Parts[0];

        public string Name => string.Join('／', Parts.Select(part => part.Name));

        public string Cell(Role role) => string.Join('/', Parts.Select(part => part[role].ToString()).Distinct(StringComparer.Ordinal));
    }

    public static Command Create(Session session)
    {
        var json = Typed.Json();
        var command = new VerbCommand("authz", "列出权限表：每件事，各种身份能不能办、在什么阶段、要守什么规矩。", "authz", "authz --json") { json };
        command.SetAction(parsed => Run(session, parsed.GetValue(json)));
        return command;
    }

    private static int Run(Session session, bool json)
    {
        var lines = ActionTable.Rows.GroupBy(row => row.Line, StringComparer.Ordinal).Select(parts => new Line([.. parts])).ToList();
        if (json)
        {
            Json.Write(session.OutputBytes(), writer => Write(writer, lines));
        }
        else
        {
            Print(session.Out, lines);
        }

        return ExitCode.Done;
    }

    private static void Print(TextWriter to, List<Line> lines)
    {
        var width = lines.Max(line => Columns.WidthOf(line.Name));
        var topic = "";
        foreach (var line in lines)
        {
            if (line.First.Topic != topic)
            {
                if (topic.Length > 0)
                {
                    to.WriteLine();
                }

                topic = line.First.Topic;
                to.WriteLine(Row("", topic, width, role => $"{role.Letter()}"));
            }

            to.WriteLine(Row(line.First.Line, line.Name, width, line.Cell));
            if (Conditions(line.First) is { Length: > 0 } conditions)
            {
                to.WriteLine($"     {conditions}");
            }
        }

        to.WriteLine();
        to.WriteLine($"身份：{string.Join("，", RoleText.All.Select(role => $"{role.Letter()} {role.Name()}"))}");
        to.WriteLine($"记号：{string.Join("，", Cell.Legend.Select(entry => $"{entry.Sign} {entry.Meaning}"))}");
    }

    private static string Row(string id, string name, int width, Func<Role, string> cell) =>
        $"{Columns.Pad(id, 3)}  {Columns.Pad(name, width)}  {string.Join(' ', RoleText.All.Select(role => Columns.Pad(cell(role), 3)))}".TrimEnd();

    private static string Conditions(ActionRow row)
    {
        var parts = new List<string>();
        if (row.During is { } during)
        {
            parts.Add($"阶段：{during}");
        }

        parts.AddRange(RoleText.All
            .Where(role => row.StageOf(role) is not null)
            .GroupBy(role => row.StageOf(role)!.Value)
            .Select(roles => $"{string.Concat(roles.Select(role => role.Letter()))} 的阶段：{roles.Key}"));
        parts.AddRange(RulesOf(row).Select(rule => rule.Meaning));
        if (row.Clause is { } clause)
        {
            parts.Add($"依据 {clause}");
        }

        return string.Join("；", parts);
    }

    private static IEnumerable<(string Key, string Meaning)> RulesOf(ActionRow row) => new[]
    {
        (RowRules.Recuse, "recuse", "涉及本人的一律回避"),
        (RowRules.NotHandlers, "handlers", "经手的人回避"),
        (RowRules.NotOfTheBranch, "apart", "被申诉支部的人回避"),
        (RowRules.SecondFromOutside, "outside", "第二人来自支部以外"),
        (RowRules.SecretaryAboveBranches, "above", "书记限党总支以上"),
        (RowRules.ShownToTellers, "tellers", "表决中办理的，监票人和纪检看得到"),
    }.Where(rule => row.Has(rule.Item1)).Select(rule => (rule.Item2, rule.Item3));

    private static void Write(System.Text.Json.Utf8JsonWriter json, List<Line> lines)
    {
        json.WriteStartArray("roles");
        foreach (var role in RoleText.All)
        {
            json.WriteStartObject();
            json.WriteString("id", $"{role.Letter()}");
            json.WriteString("name", role.Name());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("signs");
        foreach (var (sign, meaning) in Cell.Legend)
        {
            json.WriteStartObject();
            json.WriteString("sign", $"{sign}");
            json.WriteString("meaning", meaning);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("actions");
        foreach (var line in lines)
        {
            WriteLine(json, line);
        }

        json.WriteEndArray();
    }

    private static void WriteLine(System.Text.Json.Utf8JsonWriter json, Line line)
    {
        var row = line.First;
        json.WriteStartObject();
        json.WriteString("id", row.Line);
        json.WriteString("name", line.Name);
        json.WriteString("topic", row.Topic);
        json.WriteString("clause", row.Clause);
        Json.WriteStrings(json, "parts", line.Parts.Select(part => part.Id));
        Json.WriteStrings(json, "stages", StagesIn(row.During));
        Json.WriteStrings(json, "rules", RulesOf(row).Select(rule => rule.Key));
        json.WriteStartObject("cells");
        foreach (var role in RoleText.All)
        {
            json.WriteString($"{role.Letter()}", line.Cell(role));
        }

        json.WriteEndObject();
        json.WriteStartObject("stagesOfS");
        foreach (var role in RoleText.All.Where(role => row[role].Has(Marks.InStage)))
        {
            Json.WriteStrings(json, $"{role.Letter()}", StagesIn(row.StageOf(role)));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static IEnumerable<string> StagesIn(StageSpan? span) =>
        Enum.GetValues<Stage>().Where(stage => span?.Covers(stage) == true).Select(stage => stage.Key());
}
