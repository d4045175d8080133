using Jifen.Scoring.Schemes.Yaml;

namespace Jifen.Scoring.Schemes;

/// <summary>Reads a scheme file, with or without a refinement, and checks it: docs/scheme-language.md, sections 2 to 6 and 8.</summary>
public static class SchemeLoader
{
    /// <returns>a scheme when there is no error; otherwise every problem found, at most <see cref="Problem.Most"/></returns>
    public static Loaded<Scheme> Load(SchemeSource scheme, SchemeSource? refinement = null)
    {
        var problems = new Problems();
        var document = YamlReader.Read(scheme, problems);
        var filled = refinement is null ? null : YamlReader.Read(refinement, problems);
        if (document is null || (refinement is not null && filled is null))
        {
            return new Loaded<Scheme>(null, problems.Sorted());
        }

        RefinementHead? head = null;
        if (filled is not null)
        {
            (document, head) = Refinements.Apply(document, filled, problems);
        }

        var read = new SchemeReader(document, refinement is null ? [scheme] : [scheme, refinement], head, problems).Read();
        if (read is not null)
        {
            SchemeCheck.Run(read, problems);
        }

        return new Loaded<Scheme>(problems.HasErrors ? null : read, problems.Sorted());
    }

    /// <summary>Makes ready what the first scheme would wait for: for a second thread while the first still has something else to do.</summary>
    public static void Prepare() => YamlReader.Prepare();
}
