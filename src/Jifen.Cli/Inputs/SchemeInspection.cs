using Jifen.Scoring;
using Jifen.Scoring.Cases;
using Jifen.Scoring.Schemes;

namespace Jifen.Cli.Inputs;

/// <param name="File">as the user named it</param>
/// <param name="Scheme">null when it does not load</param>
internal sealed record InspectedScheme(string File, Scheme? Scheme, IReadOnlyList<Problem> Problems);

/// <summary>
/// Looks a scheme over with what lies around it: its refinement, its parent, its archived text. What one file says by itself is the
/// loader's business.
/// </summary>
/// <param name="sources">where archived texts lie; null: beside each scheme</param>
internal sealed class SchemeInspection(SchemeShelf shelf, string? sources)
{
    private const string RefinementEnding = ".refinement.yaml";

    public InspectedScheme Inspect(string file, string? refine)
    {
        if (file.EndsWith(CaseFiles.Ending, StringComparison.Ordinal) && File.Exists(file))
        {
            return new InspectedScheme(file, null, CaseFile.Load(shelf.Source(file)).Problems);
        }

        if (file.EndsWith(RefinementEnding, StringComparison.Ordinal) && File.Exists(file))
        {
            return refine is null ? InspectRefinement(file) : throw new RefusedException(
                $"“{file}”本身就是细则。改法：只写细则文件，或写办法文件加 --refine {file}");
        }

        if (shelf.PathOf(file) is not { } path)
        {
            return new InspectedScheme(file, null, [shelf.NotFound(file)]);
        }

        var loaded = shelf.Load(file, refine);
        return loaded.Value is { } scheme
            ? new InspectedScheme(file, scheme, [.. loaded.Problems, .. FiguresNotInOriginal(scheme, path), .. Departures(scheme, path)])
            : new InspectedScheme(file, null, loaded.Problems);
    }

    // A refinement is checked with the document it refines, which it names.
    private InspectedScheme InspectRefinement(string file)
    {
        if (RefinedScheme(file) is not { } schemeId || (SchemeBeside(file, schemeId) ?? shelf.PathOf(schemeId)) is not { } path)
        {
            return new InspectedScheme(file, null, [new Problem(
                Severity.Error, file, 0, 0, "找不到这份细则所细化的办法", "“细化”写自带办法的编号，或把办法文件放在细则旁边")]);
        }

        var loaded = shelf.Load(path, file);
        return new InspectedScheme(file, loaded.Value, loaded.Problems);
    }

    private static string? SchemeBeside(string file, string schemeId)
    {
        var beside = Path.Combine(Path.GetDirectoryName(file) ?? "", schemeId + ".scheme.yaml");
        return File.Exists(beside) ? beside : null;
    }

    // The one word needed before the loader can be called; the loader then judges the file.
    private static string? RefinedScheme(string file)
    {
        const string Key = "细化:";
        foreach (var line in File.ReadLines(file))
        {
            var at = line.IndexOf(Key, StringComparison.Ordinal);
            if (at >= 0)
            {
                return line[(at + Key.Length)..].Split(',', '}', '#')[0].Trim().Trim('"', '\'');
            }
        }

        return null;
    }

    private List<Problem> Departures(Scheme scheme, string path)
    {
        if (scheme.ParentId is not { } parentId || shelf.PathOfParent(parentId, path) is not { } parentPath
            || SchemeLoader.Load(shelf.Source(parentPath)).Value is not { } parent)
        {
            return [];
        }

        return ParentFrame.Compare(scheme, parent)
            .Select(difference => new Problem(
                Severity.Note, difference.Place.Source, difference.Place.Line, difference.Place.Column, difference.ToString(), ""))
            .ToList();
    }

    private List<Problem> FiguresNotInOriginal(Scheme scheme, string path)
    {
        if (scheme.Original is not { } original)
        {
            return [];
        }

        var file = Path.Combine(sources ?? Path.GetDirectoryName(path) ?? "", original);
        if (!File.Exists(file))
        {
            return sources is null
                ? []
                : [new Problem(Severity.Warning, shelf.NameOf(path), 0, 0, $"在“{sources}”里找不到原文“{original}”", "核对“原文”写的文件名，或 --sources 的目录")];
        }

        var known = Figures.In(File.ReadAllText(file)).ToHashSet(StringComparer.Ordinal);
        var own = shelf.NameOf(path);
        return scheme.Clauses.Values
            .Where(clause => clause.Place.Source == own)
            .Select(clause => (clause, missing: Figures.In(clause.Text).Where(figure => !known.Contains(figure)).Distinct(StringComparer.Ordinal).ToList()))
            .Where(entry => entry.missing.Count > 0)
            .Select(entry => new Problem(
                Severity.Warning,
                own,
                entry.clause.Place.Line,
                entry.clause.Place.Column,
                $"条款“{entry.clause.Id}”里的数字{string.Join("、", entry.missing)}在原文“{original}”里找不到",
                "对照原文改数字，或改引用的位置"))
            .ToList();
    }
}
