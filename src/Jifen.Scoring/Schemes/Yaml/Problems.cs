namespace Jifen.Scoring.Schemes.Yaml;

/// <summary>Collects what is wrong with a file, all of it up to <see cref="Problem.Most"/> errors, in the order of the lines.</summary>
internal sealed class Problems
{
    private readonly List<Problem> _list = [];

    public bool HasErrors { get; private set; }

    public void Error(Place place, string cause, string remedy) => Add(Severity.Error, place, cause, remedy);

    public void Error(Node node, string cause, string remedy) => Add(Severity.Error, node.Place, cause, remedy);

    public void Warning(Place place, string cause, string remedy) => Add(Severity.Warning, place, cause, remedy);

    public void Note(Place place, string cause) => Add(Severity.Note, place, cause, "");

    /// <summary>Errors first, by file, line and column; at most <see cref="Problem.Most"/> errors, then a line that says how many more.</summary>
    public IReadOnlyList<Problem> Sorted()
    {
        var sources = _list.Select(problem => problem.Source).Distinct(StringComparer.Ordinal).ToList();
        var sorted = _list.Distinct()
            .OrderByDescending(problem => (int)problem.Severity)
            .ThenBy(problem => sources.IndexOf(problem.Source))
            .ThenBy(problem => problem.Line)
            .ThenBy(problem => problem.Column)
            .ToList();
        var errors = sorted.Count(problem => problem.Severity == Severity.Error);
        if (errors <= Problem.Most)
        {
            return sorted;
        }

        return
        [
            .. sorted.Take(Problem.Most),
            new Problem(Severity.Error, sorted[0].Source, 0, 0, $"还有{errors - Problem.Most}处没有列出", "先改好以上各处，再检查一次"),
        ];
    }

    private void Add(Severity severity, Place place, string cause, string remedy)
    {
        HasErrors |= severity == Severity.Error;
        _list.Add(new Problem(severity, place.Source, place.Line, place.Column, cause, remedy));
    }
}
