using Jifen.Scoring;
using Jifen.Scoring.Cases;
using Jifen.Scoring.Schemes;

namespace Jifen.Cli.Inputs;

/// <summary>One case file, run: the report, or why it could not be.</summary>
internal sealed record RunCases(string File, Scheme? Scheme, CaseReport? Report, IReadOnlyList<Problem> Problems);

/// <summary>算例: finds case files and runs each with the scheme and the refinement it names.</summary>
internal sealed class CaseFiles(SchemeShelf shelf)
{
    public const string Ending = ".算例.yaml";

    /// <param name="named">a scheme file, an id, a directory, or a case file</param>
    /// <returns>none when there is nothing of that name, or no case beside it</returns>
    public IReadOnlyList<string> Find(string named)
    {
        if (named.EndsWith(Ending, StringComparison.Ordinal) && File.Exists(named))
        {
            return [named];
        }

        if (Directory.Exists(named))
        {
            return Directory.GetFiles(named, "*" + Ending, SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        }

        return shelf.PathOf(named) is { } path
            ? Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, "*" + Ending).Order(StringComparer.Ordinal).ToList()
            : [];
    }

    public RunCases Run(string file)
    {
        var loaded = CaseFile.Load(shelf.Source(file));
        if (loaded.Value is not { } cases)
        {
            return new RunCases(file, null, null, loaded.Problems);
        }

        if (SchemeOf(cases, file) is not { } path)
        {
            return new RunCases(file, null, null, [.. loaded.Problems, new Problem(
                Severity.Error,
                shelf.NameOf(file),
                0,
                0,
                cases.SchemeId is { } id ? $"找不到算例的办法“{id}”" : "算例没有写是哪份办法的，旁边也没有唯一的办法文件",
                "写“办法: 编号”，并把算例放在办法文件旁边")]);
        }

        var scheme = shelf.Load(path, cases.Refinement is { } refinement ? BesideCases(file, refinement) : null);
        return scheme.Value is { } value
            ? new RunCases(file, value, cases.Run(value), loaded.Problems)
            : new RunCases(file, null, null, [.. loaded.Problems, .. scheme.Errors]);
    }

    // The scheme beside the cases comes before a scheme of the same id that ships with the program.
    private string? SchemeOf(CaseFile cases, string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (cases.SchemeId is not { } id)
        {
            return Directory.GetFiles(folder, "*.scheme.yaml") is [var only] ? only : null;
        }

        var beside = Path.Combine(folder, id + ".scheme.yaml");
        return File.Exists(beside) ? beside : shelf.PathOf(id);
    }

    private static string BesideCases(string file, string refinement)
    {
        var beside = Path.Combine(Path.GetDirectoryName(file) ?? "", refinement);
        return File.Exists(beside) ? beside : refinement;
    }
}
