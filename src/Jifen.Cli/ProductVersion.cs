using System.Reflection;

namespace Jifen.Cli;

internal static class ProductVersion
{
    public static string Text
    {
        get
        {
            var version = typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
            var plus = version.IndexOf('+', StringComparison.Ordinal);
            // Behind the plus stands the commit the program was built from.
            return plus < 0 ? $"jifen {version}" : $"jifen {version[..plus]}（{version[(plus + 1)..Math.Min(version.Length, plus + 13)]}）";
        }
    }
}
