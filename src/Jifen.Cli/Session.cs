using Jifen.Cli.Inputs;
using Jifen.Scoring;

namespace Jifen.Cli;

/// <summary>One run of the program: where its words go, and what of its surroundings it may ask.</summary>
/// <param name="output">standard output as bytes; flush <see cref="Out"/> before writing to it</param>
/// <param name="words">the same as text</param>
internal sealed class Session(Stream output, TextWriter words, TextWriter error, Func<string, string?> variable, bool showsProgress)
{
    private SchemeShelf? _shelf;

    public TextWriter Out => words;

    public TextWriter Error => error;

    /// <summary>Somebody watches standard error on a terminal.</summary>
    public bool ShowsProgress => showsProgress;

    /// <summary>The schemes that come with the program.</summary>
    public SchemeShelf Shelf => _shelf ??= SchemeShelf.Find(Variable("JIFEN_SCHEMES"));

    public string? Variable(string name) => variable(name);

    /// <summary>Standard output for bytes, with all words written so far before them.</summary>
    public Stream OutputBytes()
    {
        words.Flush();
        return output;
    }

    public void Report(IEnumerable<Problem> problems)
    {
        foreach (var problem in problems)
        {
            error.WriteLine(problem);
        }
    }

    /// <summary>Says why the input cannot be taken.</summary>
    /// <returns><see cref="ExitCode.InputAtFault"/></returns>
    public int Refuse(IReadOnlyList<Problem> problems)
    {
        Report(problems.Where(problem => problem.Severity == Severity.Error));
        var count = problems.Count(problem => problem.Severity == Severity.Error);
        error.WriteLine($"输入有{count}处错误，没有写出任何结果。");
        return ExitCode.InputAtFault;
    }
}
