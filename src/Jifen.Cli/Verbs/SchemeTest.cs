using System.CommandLine;
using Jifen.Cli.Inputs;
using Jifen.Cli.Outputs;
using Jifen.Cli.Usage;
using Jifen.Scoring;
using Jifen.Scoring.Cases;

namespace Jifen.Cli.Verbs;

/// <summary>scheme test: the cases worked by hand, run; and what no case has touched.</summary>
internal static class SchemeTest
{
    public static Command Create(Session session)
    {
        var files = Typed.Many("文件", "办法文件、自带办法的编号、目录，或一个 .算例.yaml 文件，可写几个");
        var json = Typed.Json();
        var command = new VerbCommand(
            "test",
            "跑办法旁边的算例（*.算例.yaml），说出哪一道算出来不对，哪些记分、封顶保底、运用没有算例碰到。有一道不对时退出码 1。",
            "scheme test jsit-2020",
            "scheme test 我的办法.scheme.yaml",
            "scheme test schemes")
        {
            files,
            json,
        };
        command.SetAction(parsed => Run(session, parsed.GetRequiredValue(files), parsed.GetValue(json)));
        return command;
    }

    private static int Run(Session session, string[] named, bool json)
    {
        var finder = new CaseFiles(session.Shelf);
        var missing = named.Where(name => finder.Find(name).Count == 0).Select(name => Nothing(session.Shelf, name)).ToList();
        var runs = named.SelectMany(finder.Find).Distinct(StringComparer.Ordinal).Select(finder.Run).ToList();
        session.Report(missing);
        session.Report(runs.SelectMany(run => run.Problems));
        if (json)
        {
            Write(session.OutputBytes(), session.Shelf, runs, missing);
        }
        else
        {
            foreach (var run in runs.Where(run => run.Report is not null))
            {
                Print(session, run);
            }
        }

        var uncovered = Uncovered(runs);
        if (!json)
        {
            foreach (var sentence in uncovered)
            {
                session.Out.WriteLine($"提醒：{sentence}");
            }

            session.Out.WriteLine(
                $"跑了{runs.Count}个文件{runs.Sum(Cases)}道算例：{runs.Sum(run => run.Report?.Passed ?? 0)}道对，{runs.Sum(run => run.Report?.Failed ?? 0)}道不对，{uncovered.Count}处提醒。");
        }

        return missing.Count > 0 || runs.Any(run => run.Report is not { Failed: 0 }) ? ExitCode.InputAtFault : ExitCode.Done;
    }

    private static int Cases(RunCases run) => run.Report?.Results.Count ?? 0;

    private static Problem Nothing(SchemeShelf shelf, string name) => shelf.PathOf(name) is null && !Directory.Exists(name)
        ? shelf.NotFound(name)
        : new Problem(Severity.Error, name, 0, 0, "旁边没有算例（*.算例.yaml）", "照原文手算几道，写成算例文件，写法见 docs/scheme-language.md 第 7 节");

    private static void Print(Session session, RunCases run)
    {
        var report = run.Report!;
        session.Out.WriteLine($"{session.Shelf.NameOf(run.File)}：{Cases(run)}道，{(report.Failed == 0 ? "全对" : $"{report.Failed}道不对")}");
        foreach (var result in report.Results.Where(result => result.Failures.Count > 0))
        {
            foreach (var failure in result.Failures)
            {
                session.Error.WriteLine(AsProblem(result, failure));
            }
        }
    }

    private static Problem AsProblem(CaseResult result, CaseFailure failure) => new(
        Severity.Error, failure.Place.Source, failure.Place.Line, failure.Place.Column, $"算例“{result.Case.Name}”：{failure.Text}", "");

    // Of all files of one scheme together, seen with a refinement where there is one: what it fills can only be reached there.
    private static List<string> Uncovered(List<RunCases> runs)
    {
        var sentences = new List<string>();
        foreach (var group in runs.Where(run => run.Report is not null).GroupBy(run => run.Scheme!.Id, StringComparer.Ordinal))
        {
            var scheme = (group.FirstOrDefault(run => run.Scheme!.Refinement is not null) ?? group.First()).Scheme!;
            var coverage = group.Select(run => run.Report!.Coverage).Aggregate(CaseCoverage.None, (all, one) => all.Join(one));
            sentences.AddRange(coverage.Missing(scheme).Select(sentence => $"{scheme.Id}：{sentence}"));
        }

        return sentences;
    }

    private static void Write(Stream to, SchemeShelf shelf, List<RunCases> runs, List<Problem> missing) => Json.Write(to, json =>
    {
        json.WriteNumber("passed", runs.Sum(run => run.Report?.Passed ?? 0));
        json.WriteNumber("failed", runs.Sum(run => run.Report?.Failed ?? 0));
        json.WriteStartArray("files");
        foreach (var run in runs)
        {
            json.WriteStartObject();
            json.WriteString("file", shelf.NameOf(run.File));
            json.WriteString("scheme", run.Scheme?.Id);
            json.WriteString("refinement", run.Scheme?.Refinement?.Id);
            json.WriteStartArray("cases");
            foreach (var result in run.Report?.Results ?? [])
            {
                json.WriteStartObject();
                json.WriteString("name", result.Case.Name);
                json.WriteNumber("line", result.Case.Place.Line);
                json.WriteBoolean("passed", result.Failures.Count == 0);
                Json.WriteStrings(json, "failures", result.Failures.Select(failure => failure.Text));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Json.WriteStrings(json, "uncovered", Uncovered(runs));
        Json.WriteProblems(json, [.. missing, .. runs.SelectMany(run => run.Problems)]);
    });
}
