namespace Jifen.Web.SignIn;

/// <summary>Where to go after signing in: inside this site, whatever the address said.</summary>
internal static class LocalPath
{
    /// <returns>the path; / when it leads elsewhere</returns>
    public static string Of(string? asked)
    {
        // "//host" and "/\host" are other hosts to a browser; it drops tabs and line ends before it looks.
        var isLocal = asked is ['/', ..] && asked is not (['/', '/', ..] or ['/', '\\', ..]) && !asked.Any(char.IsControl);
        return isLocal && !asked!.StartsWith("/sign-", StringComparison.Ordinal) ? asked : "/";
    }
}
