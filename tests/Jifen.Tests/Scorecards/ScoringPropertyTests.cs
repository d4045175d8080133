using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Jifen.Scoring;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;
using Jifen.Tests.Naive;
using Xunit;

namespace Jifen.Tests.Scorecards;

/// <summary>What must hold for every scheme and every branch year, whatever their rules.</summary>
public sealed class ScoringPropertyTests
{
    private static readonly Config Quick = Config.QuickThrowOnFailure.WithMaxTest(60);

    [Fact]
    public void The_lines_of_every_sheet_add_up_to_its_sections_and_its_total() => ForAllBranchYears(judged =>
    {
        foreach (var card in Cards(judged))
        {
            Assert.All(card.Sections, section => Assert.Equal(section.Points, Sum(section.Items.Select(item => item.Points))));
            Assert.All(card.Sections.SelectMany(section => section.Items), item => Assert.Equal(item.Points, Sum(item.Lines.Select(line => line.Points))));
            Assert.Equal(card.Total, Sum(card.Sections.Select(section => section.Points)));
        }
    });

    [Fact]
    public void Neither_the_order_of_the_facts_nor_their_batches_nor_the_threads_matter() => ForAllSeeds(seed =>
    {
        var (scheme, year) = Invent(seed);
        var first = Judged.By(scheme, year.Year, year.Members, year.Facts, year.Previous);
        var dice = new SeededDice(seed);
        var shuffled = year.Facts.OrderBy(_ => dice.Range(0, int.MaxValue - 1)).ToList();
        var second = Judged.By(scheme, year.Year, year.Members, shuffled, year.Previous, threads: 3, segments: 4);

        Assert.Equal(first.Lines(), second.Lines());
    });

    [Fact]
    public void What_is_explained_is_what_was_scored_and_what_is_written() => ForAllBranchYears(judged =>
    {
        var written = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var json = new List<byte>();
        new SheetJson(judged.Scorer, judged.Totals).WriteAll(bytes => json.AddRange(bytes.ToArray()), threads: 2);
        foreach (var line in Encoding.UTF8.GetString(json.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var sheet = JsonDocument.Parse(line).RootElement;
            written.Add(sheet.GetProperty("member").GetString()!, sheet);
        }

        Assert.Equal(judged.Roster.Count, written.Count);
        for (var member = 0; member < judged.Roster.Count; member++)
        {
            var card = judged.Scorer.Explain(judged.Totals, member);
            AssertSame(card, written[card.Member.Id]);
            Assert.Equal(judged.Totals.TotalOf(member), card.Total);
        }
    });

    [Fact]
    public void Recording_everyone_gives_as_many_lines_as_the_sheets_have() => ForAllBranchYears(judged =>
    {
        var recorded = judged.Scorer.Record(judged.Totals, threads: 2);

        Assert.Equal(Cards(judged).Sum(card => card.Sections.SelectMany(section => section.Items).Sum(item => item.Lines.Count)), recorded.Count);
    });

    [Fact]
    public void Caps_and_floors_hold_at_every_level() => ForAllBranchYears(judged =>
    {
        var scheme = judged.Scheme;
        if (scheme.Composition is not null)
        {
            return;
        }

        foreach (var card in Cards(judged))
        {
            foreach (var section in scheme.Sections)
            {
                var points = judged.Totals.SectionOf(judged.Roster.IndexOf(card.Member.Id), section.Index).Hundredths;
                Assert.True(section.Cap?.For(card.Member.Category) is not { } cap || points <= Math.Max(cap, section.Floor?.For(card.Member.Category) ?? cap));
                Assert.True(section.Floor?.For(card.Member.Category) is not { } floor || points >= floor || !section.Applies.Covers(Profile.Of(card.Member)));
                foreach (var item in section.Items)
                {
                    var scored = card.Sections.SelectMany(part => part.Items).FirstOrDefault(part => part.Id == item.Id)?.Points.Hundredths ?? 0;
                    Assert.True(item.Max?.For(card.Member.Category) is not { } max || scored is >= 0 && scored <= max, $"{item.Id} {scored}");
                    Assert.True(item.Cap?.For(card.Member.Category) is not { } itemCap || scored <= Math.Max(0, itemCap), $"{item.Id} {scored}");
                }
            }
        }
    });

    [Theory]
    [InlineData("组织生活迟到", 0)]
    [InlineData("违反八项十项规定", 1)]
    [InlineData("减分情形5", 2)]
    [InlineData("未佩戴标识", 3)]
    public void One_deduction_more_never_raises_a_total(string fact, int place) => ForAllSeeds(seed =>
    {
        var (scheme, year) = OfJsit(seed);
        var who = year.Members[place % year.Members.Count].Id;
        var before = Judged.By(scheme, year.Year, year.Members, year.Facts, year.Previous);
        var more = year.Facts.Append(new NaiveFact("more", who, new DateOnly(year.Year, 6, 30), fact, 1m, null, null, null, 1)).ToList();
        var after = Judged.By(scheme, year.Year, year.Members, more, year.Previous);
        var index = before.Roster.IndexOf(who);

        Assert.True(after.Totals.TotalOf(index) <= before.Totals.TotalOf(index));
    });

    [Fact]
    public void Of_one_content_at_several_levels_only_the_highest_counts() => ForAllSeeds(seed =>
    {
        var (scheme, year) = OfJsit(seed);
        var who = year.Members.FirstOrDefault(member => !member.Exempt && member.From is null && member.To is null);
        if (who is null)
        {
            return;
        }

        var dice = new SeededDice(seed);
        var levels = dice.Some(["学校", "无锡市", "无锡市以上"]);
        var facts = levels
            .Select((level, i) => new NaiveFact($"c{i}", who.Id, new DateOnly(year.Year, 5, 1 + i), "党内表彰", dice.Range(1, 3), level, "优秀党员", null, 1))
            .ToList();
        var judged = Judged.By(scheme, year.Year, year.Members, facts, year.Previous);
        var worth = new Dictionary<string, long>(StringComparer.Ordinal) { ["学校"] = 100, ["无锡市"] = 200, ["无锡市以上"] = 300 };

        Assert.Equal(
            levels.Select(level => worth[level]).DefaultIfEmpty(0).Max(),
            judged.Totals.SectionOf(judged.Roster.IndexOf(who.Id), scheme.SectionNamed("加分项目")!.Index).Hundredths);
    });

    [Fact]
    public void A_year_composed_as_a_sum_is_the_sum_of_its_rounds_scored_alone() => ForAllSeeds(seed =>
    {
        var (scheme, year) = Invent(seed);

        // What counts from the first of January looks beyond its round, and so may not be scored alone.
        if (scheme.Composition is not { Kind: CompositionKind.Sum } || scheme.Rules.Any(rule => rule.CountsToDate))
        {
            return;
        }

        var whole = Judged.By(scheme, year.Year, year.Members, year.Facts, year.Previous);
        var sums = new long[year.Members.Count];
        foreach (var round in whole.Scorer.Plan.Calendar.Rounds)
        {
            var (first, last) = (DateOnly.FromDayNumber(round.First), DateOnly.FromDayNumber(round.Last));
            var within = year.Members
                .Select(member => member with { From = member.From > first ? member.From : first, To = member.To < last ? member.To : last })
                .ToList();
            var alone = Judged.By(scheme, year.Year, within, year.Facts, year.Previous);
            for (var member = 0; member < sums.Length; member++)
            {
                sums[member] += alone.Totals.TotalOf(member).Hundredths;
            }
        }

        Assert.Equal(Enumerable.Range(0, sums.Length).Select(member => whole.Totals.TotalOf(member).Hundredths), sums);
    });

    private static void ForAllBranchYears(Action<Judged> check) => ForAllSeeds(seed =>
    {
        var (scheme, year) = Invent(seed);
        check(Judged.By(scheme, year.Year, year.Members, year.Facts, year.Previous));
    });

    private static void ForAllSeeds(Action<ulong> check) =>
        Check.One(Quick, Prop.ForAll(ArbMap.Default.ArbFor<uint>(), seed => check(seed)));

    private static (Scheme Scheme, NaiveBranchYear Year) Invent(ulong seed)
    {
        var yaml = RandomScheme.Write(seed);
        return (World.LoadText(yaml).Value!, RandomBranchYear.Invent(seed, yaml));
    }

    private static (Scheme Scheme, NaiveBranchYear Year) OfJsit(ulong seed)
    {
        var yaml = File.ReadAllText(World.SchemePath("jsit-2020"));
        var refinement = File.ReadAllText(World.ExampleRefinementPath("jsit-2020"));
        return (World.Scheme("jsit-2020"), RandomBranchYear.Invent(seed, yaml, refinement));
    }

    private static IEnumerable<Scorecard> Cards(Judged judged) => Enumerable.Range(0, judged.Roster.Count)
        .Select(member => judged.Scorer.Explain(judged.Totals, member))
        .Where(card => card.HasScorecard);

    private static Points Sum(IEnumerable<Points> points) => new(points.Sum(one => one.Hundredths));

    private static void AssertSame(Scorecard card, JsonElement sheet)
    {
        if (!card.HasScorecard)
        {
            Assert.Equal(JsonValueKind.Null, sheet.GetProperty("total").ValueKind);
            return;
        }

        Assert.Equal(card.Total.ToString(), sheet.GetProperty("total").GetRawText());
        Assert.Equal(card.Scheme.Fingerprint, sheet.GetProperty("fingerprint").GetString());
        Assert.Equal(card.Outcomes.Select(outcome => outcome.Because), sheet.GetProperty("outcomes").EnumerateArray().Select(outcome => outcome.GetProperty("because").GetString()!));
        var lines = sheet.GetProperty("sections").EnumerateArray()
            .SelectMany(section => section.GetProperty("items").EnumerateArray())
            .SelectMany(item => item.GetProperty("lines").EnumerateArray())
            .Select(line => $"{line.GetProperty("rule").GetString()} {line.GetProperty("points").GetRawText()} {line.GetProperty("text").GetString()} {line.GetProperty("clause").GetString()}");
        Assert.Equal(
            card.Sections.SelectMany(section => section.Items).SelectMany(item => item.Lines).Select(line => $"{line.Rule} {line.Points} {line.Text} {line.Clause}"),
            lines);
    }
}
