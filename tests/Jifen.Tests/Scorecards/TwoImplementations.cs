using Jifen.Scoring.Schemes;
using Jifen.Tests.Naive;
using Xunit;

namespace Jifen.Tests.Scorecards;

/// <summary>
/// The product against the naive implementation, which was written from docs/scheme-language.md alone: what two people make of the
/// language must come out the same. One class a scheme: they run beside each other.
/// </summary>
public abstract class TwoImplementations(string id)
{
    [Fact]
    public void They_agree_on_two_thousand_random_branch_years()
    {
        var scheme = World.Scheme(id);
        var read = NaiveScheme.Read(File.ReadAllText(World.SchemePath(id)), File.ReadAllText(World.ExampleRefinementPath(id)));
        for (var seed = 1UL; seed <= 2000; seed++)
        {
            AssertAgree(scheme, read, seed, $"{id}, seed {seed}");
        }
    }

    /// <param name="seed">of the branch-year</param>
    /// <param name="where">said first when they differ</param>
    /// <param name="text">of the scheme, where it has no name; said last</param>
    internal static void AssertAgree(Scheme scheme, NaiveScheme read, ulong seed, string where, string text = "")
    {
        var year = RandomBranchYear.Invent(seed, read);
        var naive = ScoreLines.Of(NaiveScorer.Score(read, year.Year, year.Members, year.Facts, year.Previous), scheme);
        var judged = Judged.By(scheme, year.Year, year.Members, year.Facts, year.Previous);
        var ours = judged.Lines();

        Assert.Equal(naive.Count, ours.Count);
        var different = naive.Zip(ours).Where(pair => pair.First != pair.Second).Select(pair => $"naive {pair.First}\nours  {pair.Second}").ToList();
        Assert.True(different.Count == 0, $"{where}\n{string.Join('\n', different)}\n{text}");

        var totals = judged.TotalsLines();
        var addedUp = Judged.By(scheme, year.Year, year.Members, year.Facts, year.Previous, segments: 3, onlyTotals: true).TotalsLines();
        Assert.True(totals.SequenceEqual(addedUp), $"{where}\n{string.Join('\n', totals.Zip(addedUp).Where(pair => pair.First != pair.Second))}\n{text}");
    }
}

public sealed class JsitTwiceTests() : TwoImplementations("jsit-2020");

public sealed class WuxiTwiceTests() : TwoImplementations("wuxi-2020");

public sealed class YxnuTwiceTests() : TwoImplementations("yxnu-2016");

public sealed class DistrictTwiceTests() : TwoImplementations("district");

public sealed class LawSchoolTwiceTests() : TwoImplementations("jsu-law-2017");

/// <summary>The same for schemes nobody wrote.</summary>
public sealed class RandomSchemeTwiceTests
{
    public static TheoryData<int> Hundreds() => new(Enumerable.Range(0, 20));

    [Theory, MemberData(nameof(Hundreds))]
    public void They_agree_on_random_schemes_that_use_every_form(int hundred)
    {
        for (var seed = (ulong)hundred * 100; seed < ((ulong)hundred * 100) + 100; seed++)
        {
            var yaml = RandomScheme.Write(seed);
            var refinement = seed % 3 == 0 ? RandomRefinement.Write(seed, yaml) : null;
            var loaded = World.LoadText(yaml, refinement);
            Assert.True(loaded.Value is not null, $"seed {seed}: {string.Join('\n', loaded.Errors)}\n{yaml}\n{refinement}");
            var read = NaiveScheme.Read(yaml, refinement);
            for (var yearSeed = 1UL; yearSeed <= 2; yearSeed++)
            {
                TwoImplementations.AssertAgree(loaded.Value, read, (seed * 31) + yearSeed, $"seed {seed}/{yearSeed}", yaml + refinement);
            }
        }
    }

    [Fact]
    public void No_shipped_scheme_is_left_out() => Assert.Equal(
        World.SchemeIds.Count,
        typeof(TwoImplementations).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(TwoImplementations))));
}
