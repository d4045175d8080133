using Jifen.Scoring;

namespace Jifen.Documents.Imports;

/// <summary>What is wrong with one file: counts every error, keeps as many as are listed. One a thread; joined at the end.</summary>
internal sealed class ImportProblems(string source)
{
    private readonly List<Problem> _errors = [];
    private readonly List<Problem> _warnings = [];
    private long _errorCount;

    public string Source { get; } = source;

    public bool HasErrors => _errorCount > 0;

    /// <summary>Whether a further error would be listed: looking for the word somebody meant is worth it only then.</summary>
    public bool IsListening => _errors.Count < Problem.Most;

    public void Error(CellPlace place, string cause, string remedy)
    {
        _errorCount++;
        if (IsListening)
        {
            _errors.Add(new Problem(Severity.Error, Source, place.Line, place.Column, cause, remedy, place.Cell));
        }
    }

    public void Warning(CellPlace place, string cause, string remedy) =>
        _warnings.Add(new Problem(Severity.Warning, Source, place.Line, place.Column, cause, remedy, place.Cell));

    /// <summary>Errors somebody else counted and did not spell out.</summary>
    public void AddUnlisted(long count) => _errorCount += count;

    /// <summary>Takes over what another thread found in a later part of the file.</summary>
    /// <param name="linesBefore">how many lines lie before that part</param>
    public void TakeOver(ImportProblems other, int linesBefore)
    {
        _errorCount += other._errorCount;
        _errors.AddRange(other._errors.Select(problem => Shifted(problem, linesBefore)));
        _warnings.AddRange(other._warnings.Select(problem => Shifted(problem, linesBefore)));
    }

    /// <summary>Errors in the order of the file, then warnings; at most <see cref="Problem.Most"/>, and a line that says how many more.</summary>
    public IReadOnlyList<Problem> Listed()
    {
        var all = InOrder(_errors).Concat(InOrder(_warnings)).ToList();
        var count = _errorCount + _warnings.Count;
        if (count <= Problem.Most)
        {
            return all;
        }

        var listed = all.Take(Problem.Most).ToList();
        var rest = HasErrors ? Severity.Error : Severity.Warning;
        listed.Add(new Problem(rest, Source, 0, 0, $"还有{count - listed.Count}处没有列出", "先改好以上各处，再检查一次"));
        return listed;
    }

    private static IEnumerable<Problem> InOrder(List<Problem> problems) =>
        problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column);

    private static Problem Shifted(Problem problem, int lines) => problem.Line == 0 ? problem : problem with { Line = problem.Line + lines };
}
