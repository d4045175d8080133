using Jifen.Scoring.Cases;
using Jifen.Scoring.Schemes;
using Jifen.Tests.Naive;
using Xunit;

namespace Jifen.Tests.Schemes;

/// <summary>Broken files: no crash, no hang, always a scheme or a placed message.</summary>
public sealed class FuzzedSchemeTests
{
    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", ": ", ",", "，", "\n", "- ", "  ", "\t", "#", "'", "\"", "&a ", "*a", "!!str ", "<<: ", "---\n", "...\n", "|", ">",
        "支部定", "见J1", "见J99", "不得分", "1e9", "-1", "99999999999", "0.001", "~", "null", "2025-02-30", "100%", "事实", "记分", "\u0000", "\uFEFF",
    ];

    public static TheoryData<string> Ids() => new(World.SchemeIds);

    [Theory, MemberData(nameof(Ids))]
    public void A_mutated_scheme_file_is_read_or_refused_with_a_place(string id)
    {
        var scheme = File.ReadAllBytes(World.SchemePath(id));
        var refinement = File.ReadAllBytes(World.ExampleRefinementPath(id));
        for (var seed = 1UL; seed <= 150; seed++)
        {
            var dice = new SeededDice(seed);
            var broken = Mutate(dice, seed % 2 == 0 ? scheme : refinement);
            var loaded = seed % 2 == 0
                ? SchemeLoader.Load(new SchemeSource("broken.yaml", broken), World.Source(World.ExampleRefinementPath(id)))
                : SchemeLoader.Load(World.Source(World.SchemePath(id)), new SchemeSource("broken.yaml", broken));

            AssertPlaced(loaded, $"{id} seed {seed}");
        }
    }

    [Fact]
    public void A_mutated_case_file_is_read_or_refused_with_a_place()
    {
        var bytes = File.ReadAllBytes(World.CasePaths("jsit-2020").First());
        var scheme = World.Scheme("jsit-2020");
        for (var seed = 1UL; seed <= 100; seed++)
        {
            var loaded = CaseFile.Load(new SchemeSource("broken.算例.yaml", Mutate(new SeededDice(seed), bytes)));

            AssertPlaced(loaded, $"seed {seed}");
            Assert.True(loaded.Value is null || loaded.Value.Run(scheme).Results.Count == loaded.Value.Cases.Count);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("办法")]
    [InlineData("- 1\n- 2\n")]
    [InlineData("a: &x [*x]\n")]
    [InlineData("{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{")]
    [InlineData("办法: { 编号: a }\n---\n办法: { 编号: b }\n")]
    [InlineData("? [a, b]\n: c\n")]
    public void What_is_no_scheme_at_all_is_refused(string text)
    {
        var loaded = World.LoadText(text);

        Assert.Null(loaded.Value);
        AssertPlaced(loaded, text);
    }

    private static byte[] Mutate(SeededDice dice, byte[] bytes)
    {
        var mutated = bytes.ToList();
        for (var change = dice.Range(1, 6); change > 0; change--)
        {
            var at = dice.Range(0, mutated.Count - 1);
            switch (dice.Range(0, 4))
            {
                case 0:
                    mutated.RemoveRange(at, Math.Min(dice.Range(1, 40), mutated.Count - at));
                    break;
                case 1:
                    mutated.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(dice.Pick(Fragments)));
                    break;
                case 2:
                    mutated[at] = (byte)dice.Range(0, 255);
                    break;
                case 3:
                    mutated.InsertRange(at, mutated.Skip(dice.Range(0, mutated.Count - 1)).Take(dice.Range(1, 200)).ToList());
                    break;
                default:
                    mutated.RemoveRange(at, mutated.Count - at);
                    mutated.Add((byte)'\n');
                    break;
            }
        }

        return mutated.ToArray();
    }

    private static void AssertPlaced<T>(Loaded<T> loaded, string what)
        where T : class
    {
        Assert.True(loaded.Value is not null || loaded.Errors.Any(), what);
        Assert.All(loaded.Errors, error =>
        {
            Assert.NotEmpty(error.Source);
            Assert.NotEmpty(error.Cause);
            Assert.True(error.Line > 0 || error.Cause.StartsWith("还有", StringComparison.Ordinal), $"{what}: {error}");
        });
    }
}
