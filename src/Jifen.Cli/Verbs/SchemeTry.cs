using System.CommandLine;
using Jifen.Cli.Inputs;
using Jifen.Cli.Outputs;
using Jifen.Cli.Usage;
using Jifen.Scoring.Schemes;

namespace Jifen.Cli.Verbs;

/// <summary>scheme try: two schemes on the same facts; who would change grade, outcome or total, and why.</summary>
internal static class SchemeTry
{
    public static Command Create(Session session)
    {
        var a = Typed.One("甲", "现在的办法：编号或文件");
        var b = Typed.One("乙", "要试的办法：编号或文件");
        var refineA = SchemeOptions.Refinement("--refine-a", "甲的");
        var refineB = SchemeOptions.Refinement("--refine-b", "乙的");
        var year = new BranchYearOptions();
        var json = Typed.Json();
        var command = new VerbCommand(
            "try",
            "把同一年的事实按两份办法各算一遍，说出谁的总分、等次、结果运用会变，为什么。",
            "scheme try jsit-2020 新办法.scheme.yaml --members members.csv --facts facts.csv --year 2025",
            "scheme try jsit-2020 jsit-2020 --refine-b example.refinement.yaml --members members.csv --facts facts.csv --year 2025")
        {
            a,
            b,
        };
        year.AddTo(command);
        command.Add(refineA);
        command.Add(refineB);
        command.Add(json);
        command.SetAction(parsed => Run(
            session,
            year.Read(parsed, parsed.GetRequiredValue(a), parsed.GetValue(refineA)),
            year.Read(parsed, parsed.GetRequiredValue(b), parsed.GetValue(refineB)),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(Session session, BranchYearFiles filesA, BranchYearFiles filesB, bool json)
    {
        var schemeA = session.Shelf.Load(filesA.Scheme, filesA.Refinement);
        var schemeB = session.Shelf.Load(filesB.Scheme, filesB.Refinement);
        if (schemeA.Value is not { } first || schemeB.Value is not { } second)
        {
            return session.Refuse([.. schemeA.Errors, .. schemeB.Errors]);
        }

        var progress = new Progress(session);
        var a = TrialSide.Score("甲", filesA, first, second, progress);
        var b = TrialSide.Score("乙", filesB, second, first, progress);
        progress.WipeAway();
        Report(session, "甲", first, a);
        Report(session, "乙", second, b);
        if (a.Value is null || b.Value is null)
        {
            session.Error.WriteLine("只有两边都能算，才能比较。");
            return ExitCode.InputAtFault;
        }

        var trial = new Trial(a.Value, b.Value);
        if (json)
        {
            TrialReport.WriteJson(session.OutputBytes(), trial);
        }
        else
        {
            TrialReport.Write(session.Out, trial);
        }

        return ExitCode.Done;
    }

    private static void Report(Session session, string label, Scheme scheme, Loaded<TrialSide> side)
    {
        foreach (var problem in side.Problems)
        {
            session.Error.WriteLine($"按{label}（{scheme.Id}）：{problem}");
        }

        if (side.Value is { Unknown.Count: > 0 } scored)
        {
            var facts = string.Join("、", scored.Unknown.Select(fact => $"{fact.Fact}{fact.Count}条"));
            session.Error.WriteLine($"按{label}（{scheme.Id}）：提醒：这份办法没有这些事实，这一边都不计：{facts}");
        }
    }
}
