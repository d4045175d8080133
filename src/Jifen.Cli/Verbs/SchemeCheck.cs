using System.CommandLine;
using Jifen.Cli.Inputs;
using Jifen.Cli.Outputs;
using Jifen.Cli.Usage;
using Jifen.Scoring;

namespace Jifen.Cli.Verbs;

/// <summary>scheme check: everything that is wrong with scheme files, or worth a look.</summary>
internal static class SchemeCheck
{
    public static Command Create(Session session)
    {
        var files = Typed.Many("文件", "办法文件、细则文件，或自带办法的编号，可写几个");
        var refine = SchemeOptions.Refinement();
        var sources = Typed.Text("--sources", "目录", "存档全文所在的目录；不写就在办法文件旁边找");
        var json = Typed.Json();
        var command = new VerbCommand(
            "check",
            "检查办法文件：第几行第几列、什么错、怎么改。有错误时退出码 1；提醒和说明不影响。",
            "scheme check 我的办法.scheme.yaml",
            "scheme check jsit-2020 --refine example.refinement.yaml")
        {
            files,
            refine,
            sources,
            json,
        };
        command.SetAction(parsed => Run(
            session, parsed.GetRequiredValue(files), parsed.GetValue(refine), parsed.GetValue(sources), parsed.GetValue(json)));
        return command;
    }

    private static int Run(Session session, string[] files, string? refine, string? sources, bool json)
    {
        if (sources is not null && !Directory.Exists(sources))
        {
            throw new RefusedException($"--sources 的目录“{sources}”不存在。改法：核对路径");
        }

        var inspection = new SchemeInspection(session.Shelf, sources);
        var results = files.Select(file => inspection.Inspect(file, refine)).ToList();
        var problems = results.SelectMany(result => result.Problems).Distinct().ToList();
        session.Report(problems.Where(problem => problem.Severity == Severity.Error));
        if (json)
        {
            Write(session.OutputBytes(), results);
        }
        else
        {
            foreach (var problem in problems.Where(problem => problem.Severity != Severity.Error))
            {
                session.Out.WriteLine(problem);
            }

            session.Out.WriteLine(
                $"检查了{files.Length}个文件：{Count(problems, Severity.Error)}处错误，{Count(problems, Severity.Warning)}处提醒，{Count(problems, Severity.Note)}处说明。");
        }

        return Count(problems, Severity.Error) > 0 ? ExitCode.InputAtFault : ExitCode.Done;
    }

    private static void Write(Stream to, List<InspectedScheme> results) => Json.Write(to, json =>
    {
        json.WriteStartArray("files");
        foreach (var result in results)
        {
            json.WriteStartObject();
            json.WriteString("file", result.File);
            json.WriteString("scheme", result.Scheme?.Id);
            json.WriteString("fingerprint", result.Scheme?.Fingerprint);
            json.WriteNumber("errors", Count(result.Problems, Severity.Error));
            json.WriteNumber("warnings", Count(result.Problems, Severity.Warning));
            json.WriteNumber("notes", Count(result.Problems, Severity.Note));
            Json.WriteProblems(json, result.Problems);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static int Count(IEnumerable<Problem> problems, Severity severity) => problems.Count(problem => problem.Severity == severity);
}
