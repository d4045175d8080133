using Jifen.Scoring.Schemes;

namespace Jifen.Web.Pages.Schemes;

/// <summary>The schemes that come with the program: one folder each, ID/ID.scheme.yaml, with an example of a refinement beside it.</summary>
public sealed class ShippedSchemes(SiteSettings settings)
{
    private const string Ending = ".scheme.yaml";

    private readonly Lazy<IReadOnlyList<Scheme>> _all = new(() => IdsIn(settings.SchemesFolder)
        .Select(id => SchemeLoader.Load(Read(PathOf(settings.SchemesFolder, id))).Value)
        .OfType<Scheme>()
        .ToList());

    /// <summary>Those without a fault, by id.</summary>
    public IReadOnlyList<Scheme> All => _all.Value;

    /// <returns>null when no scheme of this id comes with the program</returns>
    public SchemeSource? SourceOf(string id) => IdsIn(settings.SchemesFolder).Contains(id) ? Read(PathOf(settings.SchemesFolder, id)) : null;

    private static SchemeSource Read(string path) => new(Path.GetFileName(path), File.ReadAllBytes(path));

    private static string PathOf(string folder, string id) => Path.Combine(folder, id, id + Ending);

    private static IReadOnlyList<string> IdsIn(string folder) => !Directory.Exists(folder)
        ? []
        : Directory.GetDirectories(folder)
            .Select(path => Path.GetFileName(path)!)
            .Where(id => File.Exists(PathOf(folder, id)))
            .Order(StringComparer.Ordinal)
            .ToList();
}
