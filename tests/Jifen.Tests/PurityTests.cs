using System.Reflection;
using Jifen.Scoring.Scorecards;
using Xunit;

namespace Jifen.Tests;

/// <summary>The rules stand on nothing of ours, on no disk, clock, database or culture; what they hand out cannot be changed.</summary>
public sealed class PurityTests
{
    private static readonly Assembly Scoring = typeof(Plan).Assembly;

    [Fact]
    public void Scoring_references_only_the_framework_and_the_reader_of_yaml()
    {
        var others = Scoring.GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(["YamlDotNet"], others);
        Assert.DoesNotContain(Scoring.GetReferencedAssemblies(), name => name.Name is "System.Console" or "System.Net.Http" or "System.Data.Common" or "System.IO.FileSystem");
    }

    [Fact]
    public void Nothing_in_scoring_is_kept_in_a_static_that_can_change()
    {
        var changeable = Scoring.GetTypes()
            .Where(type => !type.Name.Contains('<', StringComparison.Ordinal) && type.FullName?.Contains("Regex", StringComparison.Ordinal) != true)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsInitOnly && !field.IsLiteral && !field.Name.Contains('<', StringComparison.Ordinal))
            .Select(field => $"{field.DeclaringType}.{field.Name}");

        Assert.Equal([], changeable);
    }

    [Theory]
    [InlineData("Jifen.Scoring.Schemes")]
    [InlineData("Jifen.Scoring.Outcomes")]
    [InlineData("Jifen.Scoring.Cases")]
    public void Records_of_the_rules_have_no_setter_to_change_them_by(string space)
    {
        var settable = Scoring.GetExportedTypes()
            .Where(type => type.Namespace?.StartsWith(space, StringComparison.Ordinal) == true && type.GetMethod("<Clone>$") is not null)
            .SelectMany(type => type.GetProperties())
            .Where(property => property.SetMethod is { } setter
                && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)))
            .Select(property => $"{property.DeclaringType}.{property.Name}");

        Assert.Equal([], settable);
    }

    [Fact]
    public void A_scorecard_has_no_setter_to_change_it_by() =>
        Assert.DoesNotContain(
            typeof(Scorecard).GetProperties(),
            property => property.SetMethod is { } setter
                && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)));
}
