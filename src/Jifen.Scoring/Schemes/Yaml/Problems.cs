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
        var sources = new List<string>();
        var said = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<Found>();
        foreach (var problem in _list)
        {
            if (!sources.Contains(problem.Source))
            {
                sources.Add(problem.Source);
            }

            if (said.Add(problem.ToString()))
            {
                found.Add(new Found(problem, sources.IndexOf(problem.Source), found.Count));
            }
        }

        found.Sort(Found.Compare);
        var sorted = found.ConvertAll(one => one.Problem);
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

    /// <param name="Source">which file, in the order in which they were first named</param>
    /// <param name="At">after how many others it was found: what stands at one place stays in that order</param>
    private sealed record Found(Problem Problem, int Source, int At)
    {
        public static int Compare(Found one, Found other)
        {
            var order = (int)other.Problem.Severity - (int)one.Problem.Severity;
            order = order != 0 ? order : one.Source - other.Source;
            order = order != 0 ? order : one.Problem.Line - other.Problem.Line;
            order = order != 0 ? order : one.Problem.Column - other.Problem.Column;
            return order != 0 ? order : one.At - other.At;
        }
    }
}
