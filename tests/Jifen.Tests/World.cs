using System.Runtime.CompilerServices;
using Jifen.Scoring.Cases;
using Jifen.Scoring.Schemes;

namespace Jifen.Tests;

/// <summary>The schemes that ship with the product, as the tests find them: on disk, beside the code.</summary>
internal static class World
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> SchemeIds { get; } =
        Directory.GetDirectories(Path.Combine(Root, "schemes")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal).ToList();

    public static string SchemePath(string id) => Path.Combine(Root, "schemes", id, $"{id}.scheme.yaml");

    public static string ExampleRefinementPath(string id) => Path.Combine(Root, "schemes", id, "example.refinement.yaml");

    public static IEnumerable<string> CasePaths(string id) =>
        Directory.GetFiles(Path.Combine(Root, "schemes", id), "*.算例.yaml").Order(StringComparer.Ordinal);

    public static SchemeSource Source(string path) => new(Path.GetFileName(path), File.ReadAllBytes(path));

    public static Loaded<Scheme> Load(string id, bool refined = true) =>
        SchemeLoader.Load(Source(SchemePath(id)), refined ? Source(ExampleRefinementPath(id)) : null);

    public static Scheme Scheme(string id, bool refined = true)
    {
        var loaded = Load(id, refined);
        return loaded.Value ?? throw new InvalidOperationException(string.Join('\n', loaded.Problems));
    }

    public static CaseFile Cases(string path)
    {
        var loaded = CaseFile.Load(Source(path));
        return loaded.Value ?? throw new InvalidOperationException(string.Join('\n', loaded.Problems));
    }

    /// <summary>A scheme from text, for tests that bring their own.</summary>
    public static Loaded<Scheme> LoadText(string yaml, string? refinement = null) => SchemeLoader.Load(
        new SchemeSource("test.scheme.yaml", System.Text.Encoding.UTF8.GetBytes(yaml)),
        refinement is null ? null : new SchemeSource("test.refinement.yaml", System.Text.Encoding.UTF8.GetBytes(refinement)));

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
