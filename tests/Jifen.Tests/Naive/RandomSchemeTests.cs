using System.Text.RegularExpressions;
using Xunit;

namespace Jifen.Tests.Naive;

/// <summary>The generators keep the promises of section 9 that a wrong scheme would break silently.</summary>
public sealed partial class RandomSchemeTests
{
    private static readonly IEnumerable<ulong> Seeds = Enumerable.Range(0, 300).Select(seed => (ulong)seed);

    [Fact]
    public void The_same_seed_writes_the_same_scheme() => Assert.Equal(RandomScheme.Write(42), RandomScheme.Write(42));

    [Fact]
    public void Every_section_is_used_once_in_the_total_and_a_veto_comes_last()
    {
        foreach (var root in Schemes())
        {
            var steps = root.ListOf("总分").SelectMany(step => step.Fields).ToList();
            var used = steps.Where(step => step.Key is "加" or "减").Select(step => step.Value.Text).Order(StringComparer.Ordinal);
            Assert.Equal(root.ListOf("部分").Select(section => section.TextOf("名称")).Order(StringComparer.Ordinal), used, StringComparer.Ordinal);
            Assert.DoesNotContain(steps.SkipWhile(step => step.Key != "否决"), step => step.Key != "否决");
        }
    }

    [Fact]
    public void Every_fact_is_used_somewhere_or_not_priced_at_all()
    {
        // To be recorded is not to be used.
        foreach (var yaml in Seeds.Select(seed => RandomScheme.Write(seed).Split("登记:")[0]))
        {
            foreach (var (name, definition) in Node.Parse(yaml).Need("事实").Fields)
            {
                var mentions = FactNames().Matches(yaml).Count(match => match.Value == name);
                Assert.True(mentions > 1 || definition.Has("不记分"), name + "\n" + yaml);
            }
        }
    }

    [Fact]
    public void Ids_are_unique()
    {
        foreach (var root in Schemes())
        {
            var items = root.ListOf("部分").SelectMany(NaiveScheme.Items).ToList();
            var rules = items.SelectMany(item => item.ListOf("记分"));
            var ids = items.Concat(rules).Select(entry => entry.TextOf("编号")).ToList();
            Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        }
    }

    /// <summary>Everything written is on the unit grid and rounded where the text says so; hence everything scored is on it too.</summary>
    [Fact]
    public void Every_score_is_a_multiple_of_the_unit()
    {
        foreach (var seed in Seeds)
        {
            var yaml = RandomScheme.Write(seed);
            var refinement = seed % 2 == 0 ? RandomRefinement.Write(seed, yaml) : null;
            var unit = NaiveScheme.Read(yaml, refinement).Unit;
            var branch = RandomBranchYear.Invent(seed, yaml, refinement);
            foreach (var result in NaiveScorer.Score(yaml, refinement, branch.Year, branch.Members, branch.Facts, branch.Previous))
            {
                Assert.All(result.Sections.Values.Append(result.Total).Append(result.Running ?? 0m), points => Assert.Equal(0m, points % unit));
                Assert.All(result.RuleSums.Values, points => Assert.Equal(0m, points % unit));
            }
        }
    }

    [Fact]
    public void A_refinement_leaves_no_slot_open()
    {
        foreach (var seed in Seeds)
        {
            var yaml = RandomScheme.Write(seed);
            var filled = NaiveScheme.Read(yaml, RandomRefinement.Write(seed, yaml));
            Assert.DoesNotContain(Texts(Node.List(filled.Sections)), text => text == "支部定");
        }
    }

    [Fact]
    public void Every_fact_carries_what_its_kind_must_carry()
    {
        foreach (var seed in Seeds)
        {
            var yaml = RandomScheme.Write(seed);
            var scheme = NaiveScheme.Read(yaml, null);
            foreach (var fact in RandomBranchYear.Invent(seed, yaml).Facts)
            {
                var kind = scheme.FactDefinition(scheme.FactName(fact.Fact)!);
                var carried = kind.TextsOf("带");
                Assert.False(carried.Contains("级别", StringComparer.Ordinal) && fact.Level is null);
                Assert.False(carried.Contains("内容", StringComparer.Ordinal) && fact.Content is null);
                Assert.Equal(carried.Contains("分值", StringComparer.Ordinal), fact.Amount is not null);
                var isWhole = fact.Quantity >= 1m && decimal.IsInteger(fact.Quantity);
                Assert.True(isWhole || kind.TextOf("记") is not ("次" or "人" or "篇"));
                Assert.True(decimal.IsInteger(fact.Quantity * 100m));
            }
        }
    }

    private static IEnumerable<string> Texts(Node node) =>
        [node.Text, .. node.Items.SelectMany(Texts), .. node.Fields.SelectMany(field => Texts(field.Value))];

    private static IEnumerable<Node> Schemes() => Seeds.Select(seed => Node.Parse(RandomScheme.Write(seed)));

    [GeneratedRegex("事项[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex FactNames();
}
