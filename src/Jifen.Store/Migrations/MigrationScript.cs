using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Jifen.Store.Migrations;

/// <summary>One numbered step of the schema.</summary>
/// <param name="Number">its place in the order; the first four digits of the name</param>
/// <param name="Name">0001_ledger</param>
public sealed partial record MigrationScript(int Number, string Name, string Sql)
{
    private const string Folder = "Migrations/";

    /// <summary>Of the text, whatever line ends the file came with: an applied script must stay as it was.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <param name="file">0001_ledger.sql</param>
    public static MigrationScript Of(string file, string sql) => FileName().Match(file) is { Success: true } match
        ? new MigrationScript(int.Parse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture), match.Groups["name"].Value, sql)
        : throw new ArgumentException($"a migration is named like 0001_ledger.sql, not {file}", nameof(file));

    /// <summary>The scripts that come with the program, in order.</summary>
    public static IReadOnlyList<MigrationScript> Embedded()
    {
        var assembly = typeof(MigrationScript).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return Of(name[Folder.Length..], reader.ReadToEnd());
            })
            .OrderBy(script => script.Number)
            .ToList();
    }

    [GeneratedRegex(@"^(?<name>(?<number>\d{4})_[a-z0-9_]+)\.sql$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();
}
