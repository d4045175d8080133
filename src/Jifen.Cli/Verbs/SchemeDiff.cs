using System.CommandLine;
using System.Text.Json;
using Jifen.Cli.Outputs;
using Jifen.Cli.Usage;
using Jifen.Scoring.Schemes;

namespace Jifen.Cli.Verbs;

/// <summary>scheme diff: where two schemes say different things.</summary>
internal static class SchemeDiff
{
    public static Command Create(Session session)
    {
        var before = Typed.One("甲", "自带办法的编号，或办法文件");
        var after = Typed.One("乙", "与它比较的另一份");
        var refineBefore = SchemeOptions.Refinement("--refine-a", "甲的");
        var refineAfter = SchemeOptions.Refinement("--refine-b", "乙的");
        var json = Typed.Json();
        var command = new VerbCommand(
            "diff", "比较两份办法，说出哪里不同。− 是甲，+ 是乙。", "scheme diff wuxi-2020 jsit-2020", "scheme diff jsit-2020 jsit-2020 --refine-b example.refinement.yaml")
        {
            before,
            after,
            refineBefore,
            refineAfter,
            json,
        };
        command.SetAction(parsed => Run(
            session,
            session.Shelf.Load(parsed.GetRequiredValue(before), parsed.GetValue(refineBefore)),
            session.Shelf.Load(parsed.GetRequiredValue(after), parsed.GetValue(refineAfter)),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(Session session, Loaded<Scheme> before, Loaded<Scheme> after, bool json)
    {
        if (before.Value is not { } old || after.Value is not { } now)
        {
            return session.Refuse([.. before.Errors, .. after.Errors]);
        }

        var differences = SchemeText.Between(old, now);
        if (json)
        {
            Write(session.OutputBytes(), old, now, differences);
            return ExitCode.Done;
        }

        foreach (var difference in differences)
        {
            session.Out.WriteLine(difference.Path);
            Print(session, "−", difference.Before);
            Print(session, "+", difference.After);
        }

        session.Out.WriteLine(differences.Count == 0 ? "两份办法说的一样。" : $"{differences.Count}处不同。");
        return ExitCode.Done;
    }

    private static void Print(Session session, string sign, SchemeText.Entry? entry)
    {
        if (entry is not null)
        {
            session.Out.WriteLine($"  {sign} {entry.Text}{SchemeShow.Grounds(entry)}");
        }
    }

    private static void Write(Stream to, Scheme old, Scheme now, IReadOnlyList<SchemeText.Difference> differences) => Json.Write(to, json =>
    {
        json.WriteString("a", old.Id);
        json.WriteString("b", now.Id);
        json.WriteStartArray("differences");
        foreach (var difference in differences)
        {
            json.WriteStartObject();
            json.WriteString("path", difference.Path);
            WriteSide(json, "a", difference.Before);
            WriteSide(json, "b", difference.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteSide(Utf8JsonWriter json, string side, SchemeText.Entry? entry)
    {
        if (entry is null)
        {
            json.WriteNull(side);
            return;
        }

        json.WriteStartObject(side);
        SchemeShow.WriteEntry(json, entry);
        json.WriteEndObject();
    }
}
