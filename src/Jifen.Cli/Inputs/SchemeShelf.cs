using Jifen.Scoring;
using Jifen.Scoring.Schemes;

namespace Jifen.Cli.Inputs;

/// <summary>Where schemes are found: by 编号 among those that come with the program, or as a file the user names.</summary>
/// <param name="folder">holds one folder for each scheme: ID/ID.scheme.yaml; null when there is none</param>
internal sealed class SchemeShelf(string? folder)
{
    private const string SchemeEnding = ".scheme.yaml";

    // Who names a scheme need not wait until all folders are looked through.
    private IReadOnlyList<string>? _ids;

    /// <summary>null when there is none</summary>
    public string? Folder => folder;

    /// <summary>编号 of the schemes that come with the program.</summary>
    public IReadOnlyList<string> Ids => _ids ??= folder is null
        ? []
        : Directory.GetDirectories(folder)
            .Select(path => Path.GetFileName(path)!)
            .Where(id => File.Exists(PathOfId(id)))
            .Order(StringComparer.Ordinal)
            .ToList();

    /// <param name="overriding">JIFEN_SCHEMES</param>
    public static SchemeShelf Find(string? overriding)
    {
        if (overriding is { Length: > 0 })
        {
            return Directory.Exists(overriding)
                ? new SchemeShelf(overriding)
                : throw new RefusedException($"环境变量 JIFEN_SCHEMES 指的目录“{overriding}”不存在。改法：改成放办法的目录，或取消这个变量");
        }

        // The built program lies somewhere below the root of the repository.
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "schemes");
            if (Directory.Exists(candidate))
            {
                return new SchemeShelf(candidate);
            }
        }

        return new SchemeShelf(null);
    }

    public Loaded<Scheme> Load(string idOrFile, string? refinement = null)
    {
        if (PathOf(idOrFile) is not { } path)
        {
            return new Loaded<Scheme>(null, [NotFound(idOrFile)]);
        }

        if (refinement is null)
        {
            return SchemeLoader.Load(Source(path));
        }

        return RefinementBeside(path, refinement) is { } filled
            ? SchemeLoader.Load(Source(path), Source(filled))
            : new Loaded<Scheme>(null, [new Problem(
                Severity.Error, refinement, 0, 0, "找不到这个细则文件", $"写细则文件的路径，或办法旁边（{NameOf(Path.GetDirectoryName(path)!)}）的文件名")]);
    }

    /// <returns>null when there is neither such a scheme nor such a file</returns>
    public string? PathOf(string idOrFile)
    {
        if (File.Exists(idOrFile))
        {
            return idOrFile;
        }

        if (Directory.Exists(idOrFile) && Directory.GetFiles(idOrFile, "*" + SchemeEnding) is [var only])
        {
            return only;
        }

        return folder is not null && Path.GetFileName(idOrFile) == idOrFile && File.Exists(PathOfId(idOrFile)) ? PathOfId(idOrFile) : null;
    }

    private string PathOfId(string id) => Path.Combine(folder!, id, id + SchemeEnding);

    /// <summary>A refinement given as a path, or by the name of a file that lies beside the scheme.</summary>
    public static string? RefinementBeside(string schemePath, string refinement)
    {
        if (File.Exists(refinement))
        {
            return refinement;
        }

        var beside = Path.Combine(Path.GetDirectoryName(schemePath) ?? "", refinement);
        return File.Exists(beside) ? beside : null;
    }

    /// <summary>The file of the parent scheme (上位), where it comes with the program or lies beside the child.</summary>
    public string? PathOfParent(string parentId, string childPath)
    {
        var here = Path.GetDirectoryName(Path.GetFullPath(childPath))!;
        string[] candidates =
        [
            Path.Combine(here, parentId + SchemeEnding),
            Path.Combine(here, "..", parentId, parentId + SchemeEnding),
        ];
        return candidates.FirstOrDefault(File.Exists) ?? (Ids.Contains(parentId) ? PathOf(parentId) : null);
    }

    public SchemeSource Source(string path) => new(NameOf(path), File.ReadAllBytes(path));

    /// <summary>Files of the shelf are named from the root of the repository, others as the user wrote them.</summary>
    public string NameOf(string path)
    {
        if (folder is null)
        {
            return path;
        }

        var fromRoot = Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(folder))!, Path.GetFullPath(path));
        return fromRoot.StartsWith(Path.GetFileName(Path.GetFullPath(folder)), StringComparison.Ordinal) ? fromRoot.Replace('\\', '/') : path;
    }

    public Problem NotFound(string idOrFile) => new(
        Severity.Error,
        idOrFile,
        0,
        0,
        "没有这个编号的办法，也没有这个文件",
        Ids.Count == 0 ? "写办法文件的路径" : $"写{string.Join("、", Ids)}之一，或办法文件的路径");
}
