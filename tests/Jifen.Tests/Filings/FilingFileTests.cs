using System.Text;
using Jifen.Cli;
using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Filings;
using Jifen.Scoring.Facts;
using Jifen.Store.Filings;
using Jifen.Tests.Cli;
using Jifen.Tests.LiveScores;
using Xunit;

namespace Jifen.Tests.Filings;

/// <summary>A package as a file: whole, worked out again, and every alteration of it said.</summary>
public sealed class FilingFileTests
{
    private const string Total = "\"total\":\"";

    [Fact]
    public void What_was_written_comes_out_the_same_and_holds()
    {
        var (text, digest) = FilingFile.Write(Package());

        var (package, read, check, fault) = FilingFile.ReadPackage(text);

        Assert.Null(fault);
        Assert.Equal(digest, read);
        Assert.True(check!.Holds, string.Join('；', check.Faults));
        Assert.Equal(2, package!.Table.Lines.Count);
        // White space is no content: the canonical form decides.
        Assert.True(FilingFile.ReadPackage(text.Replace("\"package\":{", "\"package\" : {\n ", StringComparison.Ordinal)).Check!.Holds);
    }

    [Theory]
    [InlineData("\"quantity\":100", "\"quantity\":300", false)]
    [InlineData("\"name\":\"党员1\"", "\"name\":\"党员9\"", true)]
    [InlineData("\"kind\":\"life-late\"", "\"kind\":\"no-such\"", false)]
    [InlineData("每次", "每回", false)]
    public void Whatever_is_altered_is_seen(string from, string to, bool comesOutTheSame)
    {
        var (text, _) = FilingFile.Write(Package());
        Assert.Contains(from, text, StringComparison.Ordinal);

        var check = FilingFile.ReadPackage(text.Replace(from, to, StringComparison.Ordinal)).Check!;

        Assert.False(check.Holds);
        Assert.Contains(check.Faults, fault => fault.Contains("摘要不符", StringComparison.Ordinal));
        Assert.Equal(comesOutTheSame, check.Faults.Count == 1 && check.Differences.Count == 0);
    }

    [Fact]
    public void A_table_that_does_not_follow_from_its_facts_is_said_by_person_even_with_a_fitting_digest()
    {
        var package = Package();
        var line = package.Table.Lines[0];
        var bent = package with { Table = package.Table with { Lines = [line with { Total = line.Total + 5 }, package.Table.Lines[1]] } };
        var (text, _) = FilingFile.Write(bent);

        var check = FilingFile.ReadPackage(text).Check!;

        Assert.Empty(check.Faults);
        Assert.Equal(line.Person, Assert.Single(check.Differences).Person);
        Assert.Contains("总分应为", check.Differences[0].What[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_checks_a_file_and_says_what_differs()
    {
        using var folder = new TemporaryFolder();
        var (text, digest) = FilingFile.Write(Package());
        var good = folder.Write("备案.json", text);
        var bad = folder.Write("改过.json", text.Replace(Total + "9", Total + "8", StringComparison.Ordinal));

        var holds = CommandLine.Run("filing", "check", good);
        Assert.Equal(ExitCode.Done, holds.ExitCode);
        Assert.Contains(digest, holds.Out, StringComparison.Ordinal);
        var differs = CommandLine.Run("filing", "check", bad, "--json");
        Assert.Equal(ExitCode.InputAtFault, differs.ExitCode);
        Assert.Contains("党员", differs.Error, StringComparison.Ordinal);
        Assert.Contains("\"holds\":false", differs.Out.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(ExitCode.InputAtFault, CommandLine.Run("filing", "check", folder.Write("别的.json", "{}")).ExitCode);
        Assert.Equal(ExitCode.CannotRun, CommandLine.Run("filing", "check", "没有这个文件.json").ExitCode);
    }

    [Fact]
    public void Broken_packages_are_refused_and_never_crash()
    {
        var (whole, digest) = FilingFile.Write(Package());
        var bytes = Encoding.UTF8.GetBytes(whole);
        var dice = new Random(20260105);
        for (var round = 0; round < 300; round++)
        {
            var broken = bytes.ToArray();
            for (var n = dice.Next(1, 6); n > 0; n--)
            {
                broken[dice.Next(broken.Length)] = (byte)dice.Next(256);
            }

            var (package, read, check, _) = FilingFile.ReadPackage(Encoding.UTF8.GetString(dice.Next(3) == 0 ? broken[..dice.Next(broken.Length)] : broken));
            // What was thrown may have been the byte that stood there.
            Assert.True(package is null || check is { Holds: false } || read == digest);
        }
    }

    private static FilingPackage Package()
    {
        var scores = new Books()
            .On(1).On(2, Standing.Probationary)
            .Fact(1, new DateOnly(2025, 3, 5), "life-late").Fact(2, new DateOnly(2025, 4, 5), "commendation", level: "学校", content: "先进个人")
            .Studied(1, new DateOnly(2025, 5, 1), 32).Studied(2, new DateOnly(2025, 5, 1), 20)
            .Score();
        var (members, facts, previous) = FilingPackage.ContentsOf(scores);
        var scheme = scores.Plan.Scheme;
        return new FilingPackage(
            FilingPackage.FormatName, Guid.CreateVersion7(), new PackageOrganization(Books.Here, "第一支部"), "2025", "2025年度", "备案", 2025, new DateOnly(2025, 12, 31),
            new PackageScheme(
                scheme.Id, scheme.Name, scheme.Fingerprint, File.ReadAllText(World.SchemePath(scheme.Id)), File.ReadAllText(World.ExampleRefinementPath(scheme.Id))),
            members, facts, previous, [], [new PackageSignature("汇总", "2025", "沈书记", "secretary", "孟支委", new DateOnly(2026, 1, 5))], 42, new string('0', 64),
            AnnualTable.Of(scores));
    }
}
