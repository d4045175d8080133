using System.CommandLine;
using System.Text.Json;
using Jifen.Cli.Outputs;
using Jifen.Cli.Usage;
using Jifen.Scoring.Schemes;

namespace Jifen.Cli.Verbs;

/// <summary>scheme show: a scheme in plain lines, each with its clauses and its reading.</summary>
internal static class SchemeShow
{
    public static Command Create(Session session)
    {
        var scheme = Typed.One("办法", "自带办法的编号，或办法文件");
        var refine = SchemeOptions.Refinement();
        var json = Typed.Json();
        var command = new VerbCommand(
            "show", "把一份办法说成一行一行的话，每行带条款和解释。", "scheme show jsit-2020", "scheme show jsit-2020 --refine example.refinement.yaml")
        {
            scheme,
            refine,
            json,
        };
        command.SetAction(parsed => Run(session, parsed.GetRequiredValue(scheme), parsed.GetValue(refine), parsed.GetValue(json)));
        return command;
    }

    private static int Run(Session session, string named, string? refine, bool json)
    {
        var loaded = session.Shelf.Load(named, refine);
        if (loaded.Value is not { } scheme)
        {
            return session.Refuse(loaded.Problems);
        }

        var entries = SchemeText.Of(scheme);
        if (json)
        {
            Write(session.OutputBytes(), scheme, entries);
            return ExitCode.Done;
        }

        var group = "";
        foreach (var entry in entries)
        {
            var (kind, id) = Split(entry.Path);
            var depth = kind switch { "项目" => 1, "记分" => 2, _ => 0 };
            if (GroupOf(kind) is var own && own != group)
            {
                session.Out.WriteLine();
                session.Out.WriteLine($"【{own}】");
                group = own;
            }

            session.Out.WriteLine($"{new string(' ', depth * 2)}{Label(kind, id)}{entry.Text}{Grounds(entry)}");
        }

        return ExitCode.Done;
    }

    /// <summary>The clauses, and the reading if there is one: 〔三（一）1；附1·学习〕〔J2〕</summary>
    public static string Grounds(SchemeText.Entry entry) =>
        (entry.Clauses.Count == 0 ? "" : $"〔{string.Join("；", entry.Clauses)}〕") + (entry.Reading is null ? "" : $"〔{entry.Reading}〕");

    public static void WriteEntry(Utf8JsonWriter json, SchemeText.Entry entry)
    {
        json.WriteString("path", entry.Path);
        json.WriteString("text", entry.Text);
        Json.WriteStrings(json, "clauses", entry.Clauses);
        json.WriteString("reading", entry.Reading);
    }

    private static (string Kind, string? Id) Split(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (path, null) : (path[..slash], path[(slash + 1)..]);
    }

    private static string GroupOf(string kind) => kind switch
    {
        "办法" or "周期" or "年度合成" => "办法",
        "部分" or "项目" or "记分" or "不兼得" => "部分、项目、记分",
        _ => kind,
    };

    private static string Label(string kind, string? id) => (kind, id) switch
    {
        ("办法" or "部分" or "项目", _) => "",
        ("总分" or "等次", { } number) => $"{number}. ",
        (_, { } own) => $"{own}  ",
        _ => $"{kind}：",
    };

    private static void Write(Stream to, Scheme scheme, IReadOnlyList<SchemeText.Entry> entries) => Json.Write(to, json =>
    {
        json.WriteString("id", scheme.Id);
        json.WriteString("name", scheme.Name);
        json.WriteString("fingerprint", scheme.Fingerprint);
        json.WriteString("refinement", scheme.Refinement?.Id);
        json.WriteStartArray("entries");
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            WriteEntry(json, entry);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
