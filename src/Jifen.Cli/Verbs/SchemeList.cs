using System.CommandLine;
using Jifen.Cli.Inputs;
using Jifen.Cli.Outputs;
using Jifen.Cli.Text;
using Jifen.Cli.Usage;
using Jifen.Scoring.Schemes;

namespace Jifen.Cli.Verbs;

/// <summary>scheme list: the schemes that come with the program.</summary>
internal static class SchemeList
{
    private sealed record Entry(string Id, string Path, Loaded<Scheme> Loaded);

    public static Command Create(Session session)
    {
        var json = Typed.Json();
        var command = new VerbCommand("list", "列出自带的办法：编号、名称、文号、适用年份。", "scheme list") { json };
        command.SetAction(parsed => Run(session, parsed.GetValue(json)));
        return command;
    }

    private static int Run(Session session, bool json)
    {
        var shelf = session.Shelf;
        var entries = shelf.Ids.Select(id => new Entry(id, shelf.PathOf(id)!, shelf.Load(id))).ToList();
        if (json)
        {
            Write(session.OutputBytes(), shelf, entries);
        }
        else
        {
            Print(session, entries);
        }

        foreach (var entry in entries)
        {
            session.Report(entry.Loaded.Errors);
        }

        return entries.Any(entry => entry.Loaded.HasErrors) ? ExitCode.InputAtFault : ExitCode.Done;
    }

    private static void Print(Session session, List<Entry> entries)
    {
        if (entries.Count == 0)
        {
            session.Out.WriteLine("没有找到自带的办法。改法：设环境变量 JIFEN_SCHEMES 为放办法的目录，或直接写办法文件的路径。");
            return;
        }

        var width = entries.Max(entry => Columns.WidthOf(entry.Id));
        foreach (var (id, _, loaded) in entries)
        {
            if (loaded.Value is not { } scheme)
            {
                session.Out.WriteLine($"{Columns.Pad(id, width)}  有错误，用不了；运行 {CommandTree.Program} scheme check {id}");
                continue;
            }

            session.Out.WriteLine($"{Columns.Pad(id, width)}  {scheme.Name}{(scheme.DocumentNumber is { } number ? $"（{number}）" : "")}");
            session.Out.WriteLine($"{new string(' ', width)}  {About(scheme)}");
        }
    }

    private static string About(Scheme scheme) =>
        $"{scheme.FirstYear}年{(scheme.LastYear is { } last ? $"至{last}年" : "起")}，{(scheme.StartsInSeptember ? "学年" : "自然年")}，"
        + $"{scheme.Sections.Count}个部分{scheme.Rules.Count()}条记分"
        + (scheme.Slots.Count > 0 ? $"，{scheme.Slots.Count}处由支部定" : "")
        + (scheme.TentativeReadings.Count() is > 0 and var tentative ? $"，{tentative}处暂行解释" : "")
        + (scheme.ParentId is { } parent ? $"，上位{parent}" : "");

    private static void Write(Stream to, SchemeShelf shelf, List<Entry> entries) => Json.Write(to, json =>
    {
        json.WriteStartArray("schemes");
        foreach (var (id, path, loaded) in entries)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("file", shelf.NameOf(path));
            json.WriteBoolean("loads", loaded.Value is not null);
            if (loaded.Value is { } scheme)
            {
                json.WriteString("name", scheme.Name);
                json.WriteString("documentNumber", scheme.DocumentNumber);
                json.WriteString("parent", scheme.ParentId);
                json.WriteString("fingerprint", scheme.Fingerprint);
                json.WriteNumber("firstYear", scheme.FirstYear);
                if (scheme.LastYear is { } last)
                {
                    json.WriteNumber("lastYear", last);
                }
                else
                {
                    json.WriteNull("lastYear");
                }

                Json.WriteStrings(json, "sections", scheme.Sections.Select(section => section.Id));
                json.WriteNumber("rules", scheme.Rules.Count());
                json.WriteNumber("openSlots", scheme.Slots.Count);
                json.WriteNumber("tentativeReadings", scheme.TentativeReadings.Count());
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
