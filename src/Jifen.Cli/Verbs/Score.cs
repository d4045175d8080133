using System.CommandLine;
using Jifen.Cli.Inputs;
using Jifen.Cli.Outputs;
using Jifen.Cli.Usage;
using Jifen.Documents.Annexes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cli.Verbs;

/// <summary>score: totals of everyone on the roster, with their score sheets if wanted.</summary>
internal static class Score
{
    private const string StandardOutput = "-";

    public static Command Create(Session session)
    {
        var scheme = new SchemeOptions();
        var year = new BranchYearOptions();
        var output = Typed.Text("--out", "文件", "总分表写到这里，csv 或 xlsx（看扩展名）；写 - 是标准输出", required: true);
        var sheets = Typed.Text("--sheets", "文件", "得分单写到这里，每人一行 JSON");
        var json = Typed.Json();
        var command = new VerbCommand(
            "score",
            "按办法给名册上的每个人算分，写出总分表。全部成功才写文件；有一处错就什么都不写。",
            "score --scheme jsit-2020 --refine example.refinement.yaml --members members.csv --facts facts.csv --year 2025 --out totals.csv",
            "score --scheme jsit-2020 --members 名册.xlsx --facts 事实.xlsx --year 2025 --previous totals-2024.csv --out 总分.xlsx --sheets sheets.jsonl");
        scheme.AddTo(command);
        year.AddTo(command);
        command.Add(output);
        command.Add(sheets);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var (schemeName, refinement) = scheme.Read(parsed);
            return Run(
                session,
                year.Read(parsed, schemeName, refinement),
                parsed.GetRequiredValue(output),
                parsed.GetValue(sheets),
                parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(Session session, BranchYearFiles files, string output, string? sheets, bool json)
    {
        RefuseClashes(files, output, sheets, json);
        using var uninterrupted = WithoutCollections.For(files);
        using var staged = new StagedFiles();
        var progress = new Progress(session);
        var loaded = BranchYear.Read(session, files, progress, onlyTotals: sheets is null);
        progress.WipeAway();
        if (loaded.Value is not { } year)
        {
            if (json)
            {
                ScoreSummary.WriteRefusal(session.OutputBytes(), loaded.Problems);
            }

            return session.Refuse(loaded.Problems);
        }

        var scorer = year.Scorer;
        var totals = scorer.Score(year.Threads, progress.Of("算分", scorer.Roster.Count));
        var outputs = Outputs(year, totals, output, sheets).ToList();
        foreach (var target in outputs.Where(target => target.Path != StandardOutput))
        {
            using var file = staged.Open(target.Path);
            target.Write(file);
        }

        staged.Commit();
        foreach (var target in outputs.Where(target => target.Path == StandardOutput))
        {
            target.Write(session.OutputBytes());
        }

        progress.WipeAway();
        session.Report(year.Warnings);
        foreach (var finding in totals.Findings)
        {
            session.Error.WriteLine(ScoreSummary.Say(finding, year));
        }

        session.Error.WriteLine(ScoreSummary.LastLine(year, totals, output, sheets));
        if (json)
        {
            ScoreSummary.Write(session.OutputBytes(), year, totals, output, sheets);
        }

        return ExitCode.Done;
    }

    private static IEnumerable<Target> Outputs(BranchYear year, Totals totals, string output, string? sheets)
    {
        yield return IsWorkbook(output)
            ? new Target(output, stream => TotalsWorkbook.Write(stream, year.Scorer, totals))
            : new Target(output, stream => TotalsCsv.Write(stream, year.Scorer, totals, year.Threads));
        if (sheets is not null)
        {
            yield return new Target(sheets, stream => new SheetJson(year.Scorer, totals).WriteAll(bytes => stream.Write(bytes.Span), year.Threads));
        }
    }

    private static bool IsWorkbook(string path) => Path.GetExtension(path).Equals(".xlsx", StringComparison.OrdinalIgnoreCase);

    // What would write one thing over another, or over what is read.
    private static void RefuseClashes(BranchYearFiles files, string output, string? sheets, bool json)
    {
        var toStandardOutput = (output == StandardOutput ? 1 : 0) + (sheets == StandardOutput ? 1 : 0) + (json ? 1 : 0);
        if (toStandardOutput > 1)
        {
            throw new RefusedException("--out、--sheets、--json 只能有一个写到标准输出。改法：给 --out 或 --sheets 一个文件名");
        }

        NamedFile[] targets = sheets is null ? [new("--out", output)] : [new("--out", output), new("--sheets", sheets)];
        NamedFile[] all = [.. targets, .. files.Inputs()];
        foreach (var target in targets)
        {
            foreach (var other in all)
            {
                if (other.Path != StandardOutput && target.IsSame(other))
                {
                    throw new RefusedException($"{target.Option} 与 {other.Option} 是同一个文件“{target.Path}”。改法：{target.Option} 换一个文件名");
                }
            }
        }
    }

    private sealed record Target(string Path, Action<Stream> Write);
}
