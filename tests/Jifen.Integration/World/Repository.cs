namespace Jifen.Integration.World;

/// <summary>Where the tests lie: for files that are not built into a program.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Jifen.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("the tests do not lie inside the repository");
    }
}
