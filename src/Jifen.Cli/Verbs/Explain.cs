using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jifen.Cli.Inputs;
using Jifen.Cli.Outputs;
using Jifen.Cli.Usage;
using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cli.Verbs;

/// <summary>explain: the score sheet of one member as a tree, every line with its clause.</summary>
internal static class Explain
{
    public static Command Create(Session session)
    {
        var scheme = new SchemeOptions();
        var year = new BranchYearOptions();
        var member = Typed.Text("--member", "编号", "党员的编号；不重名时也可写姓名", required: true);
        var json = Typed.Json("写成一行 JSON，与 score --sheets 的一行相同");
        var command = new VerbCommand(
            "explain",
            "说明一个人的分是怎么来的：每一笔的事实、分值、条款、解释。",
            "explain --scheme jsit-2020 --refine example.refinement.yaml --members members.csv --facts facts.csv --year 2025 --member M04");
        scheme.AddTo(command);
        year.AddTo(command);
        command.Add(member);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var (schemeName, refinement) = scheme.Read(parsed);
            return Run(session, year.Read(parsed, schemeName, refinement), parsed.GetRequiredValue(member), parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(Session session, BranchYearFiles files, string named, bool json)
    {
        var progress = new Progress(session);
        var loaded = BranchYear.Read(session, files, progress);
        progress.WipeAway();
        if (loaded.Value is not { } year)
        {
            return session.Refuse(loaded.Problems);
        }

        if (Find(year.Roster, named) is not { } member)
        {
            return session.Refuse([new Problem(
                Severity.Error, files.Members, 0, 0, $"名册里没有编号“{named}”的党员", Remedy(year.Roster, named))]);
        }

        var totals = year.Scorer.Score(year.Threads, progress.Of("算分", year.Roster.Count));
        progress.WipeAway();
        session.Report(year.Warnings);
        if (json)
        {
            WriteLine(session.OutputBytes(), year, totals, year.Roster.Members[member].Id);
        }
        else
        {
            new SheetTree(year.Scorer, year.Scorer.Explain(totals, member)).Write(session.Out);
        }

        return ExitCode.Done;
    }

    private static int? Find(Roster roster, string named)
    {
        if (roster.IndexOf(named) is >= 0 and var index)
        {
            return index;
        }

        return Named(roster, named) is [var only] ? only : null;
    }

    private static string Remedy(Roster roster, string named) => Named(roster, named) is { Count: > 1 } several
        ? $"有{several.Count}人叫这个名字，写编号：{string.Join("、", several.Select(index => roster.Members[index].Id))}"
        : "照抄名册“编号”列";

    private static List<int> Named(Roster roster, string name) =>
        Enumerable.Range(0, roster.Count).Where(index => roster.Members[index].Name == name).ToList();

    // The sheets come in portions of whole lines; the one wanted begins with its member.
    private static void WriteLine(Stream to, BranchYear year, Totals totals, string id)
    {
        var beginning = System.Text.Encoding.UTF8.GetBytes(
            $"{{\"member\":\"{JsonEncodedText.Encode(id, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\",");
        new SheetJson(year.Scorer, totals).WriteAll(portion =>
        {
            for (var rest = portion.Span; rest.IndexOf((byte)'\n') is >= 0 and var end; rest = rest[(end + 1)..])
            {
                if (rest.StartsWith(beginning))
                {
                    to.Write(rest[..(end + 1)]);
                }
            }
        });
    }
}
