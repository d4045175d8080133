using Jifen.Cycle;
using Jifen.Cycle.Records;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.Year;

/// <summary>Twenty members, of whom one may be at 95 and above: two come to exactly that, and the year waits until people have chosen.</summary>
public sealed class LawSchoolYearTests(Cluster cluster) : DocumentYear(cluster, "jsu-law-2017", 2025)
{
    private const string Totals = "/rounds/2025/totals";
    private const string Choose = "form[data-action=choose-within-quota]";

    private protected override void Play(YearWorld world, YearWalk walk) => walk.Before.Add(async step =>
    {
        switch (step.FullName)
        {
            case "拟定评分细则（2025年度）" when await world.OneAsync<int>("select count(*)::int from affiliation") == 11:
                // Eleven are in the world already.
                await world.AddAsync(YearWorld.Branch, [.. Enumerable.Range(1, 9).Select(n => (YearWorld.Another(40 + n), $"教师{n}"))]);
                break;
            case var _ when step.Name == "考评":
                await EarnAsync(world, YearWorld.Good, step.Round.First.AddDays(60));
                await EarnAsync(world, YearWorld.Usual, step.Round.First.AddDays(60));
                break;
            case "支部工作报告（2025年度）" when await world.CountAsync("quota-chosen") == 0:
                await ChooseAsync(world);
                break;
            default:
                break;
        }
    });

    private protected override async Task CheckAsync(YearWorld world)
    {
        Assert.Equal(95m, await world.SettledAsync(YearWorld.Good));
        Assert.Equal(95m, await world.SettledAsync(YearWorld.Usual));

        // Nobody else studied: 16 hours short, each 1.5 (细2), take all of 20 out of 70.
        Assert.Equal(50m, await world.SettledAsync(YearWorld.Poor));
        Assert.Equal(20, await world.OneAsync<int>("select count(*)::int from annual_result where ended_at is null"));
        Assert.Equal(
            YearWorld.Usual.Value, await world.OneAsync<Guid>("select person_id from annual_result where ended_at is null and '用3' = any (outcomes)"));
    }

    /// <summary>
    /// In each term 70 with 16 hours of study, and 25 more: a prize of the school 4 and one of the city 6 (细9), all of the pledge 6 (细10), 100 in
    /// the work's assessment 5 (细12), eight students 4 (细13).
    /// </summary>
    private static async Task EarnAsync(YearWorld world, PersonId person, DateOnly day)
    {
        await world.EnterAsync(
            YearWorld.Branch,
            YearWorld.Evaluator,
            "evaluator",
            Fact("group-study", quantity: 16),
            Fact("commendation", level: "校级·个人", content: "教学竞赛"),
            Fact("commendation", level: "市级以上·个人", content: "先进典型"),
            Fact("pledge-mark", points: 6),
            Fact("work-mark", points: 100),
            Fact("paired-students", quantity: 8));

        Happening Fact(string kind, decimal? quantity = null, string? level = null, string? content = null, decimal? points = null) =>
            new(new FactRecorded(kind, quantity, level, content, points, [], FactState.Counts), person, day, "考评小组的记录");
    }

    private static async Task ChooseAsync(YearWorld world)
    {
        var secretary = await world.AsAsync(YearWorld.Secretary);
        var blocked = await secretary.GetAsync(Totals);
        Assert.NotNull(blocked.Document.QuerySelector("[data-id=QuotasAreExceeded]"));
        Assert.Null(blocked.Document.QuerySelector("form[data-action=settle-year]"));
        var tied = blocked.Document.QuerySelector("[data-field=tie]")!.TextContent;
        Assert.True(tied.Contains("李文博", StringComparison.Ordinal) && tied.Contains("何平", StringComparison.Ordinal), tied);

        var chosen = await secretary.SubmitAsync(
            blocked,
            Choose,
            ("person", YearWorld.Usual.ToString()),
            ("body", "支部党员大会"),
            ("on", world.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            ("reason", "大会投票，何平同志得票多"),
            ("tie-rule", "同分的由大会投票"));
        Assert.True((int)chosen.Status < 400, chosen.Text);
        await world.ConfirmAllAsync();
        Assert.Equal(1, await world.CountAsync("quota-chosen"));
    }
}
