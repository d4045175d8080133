using Jifen.Cycle.Rounds;
using Jifen.Scoring.Scorecards;
using Xunit;

namespace Jifen.Tests.Rounds;

/// <summary>What the five documents ask of a year, as their 流程 says.</summary>
public sealed class YearPlanTests
{
    [Theory]
    [InlineData("jsit-2020", 19)]
    [InlineData("wuxi-2020", 19)]
    [InlineData("yxnu-2016", 42)]
    [InlineData("district", 33)]
    [InlineData("jsu-law-2017", 15)]
    public void A_year_has_every_step_once_in_each_of_its_rounds(string scheme, int steps)
    {
        var plan = PlanOf(scheme, 2025);

        Assert.Equal(steps, plan.Steps.Count);
        Assert.Equal(plan.Steps.Count, plan.Steps.Distinct().Count());
    }

    [Fact]
    public void Jsit_reviews_decides_and_publishes_each_quarter_one_after_the_other()
    {
        var plan = PlanOf("jsit-2020", 2025);
        var third = RoundKey.Known("2025-q3");

        Assert.Equal(["申报", "初评", "评定", "公示"], plan.In(third).Select(step => step.Name));
        Assert.Equal(["初评（2025年第三季度）"], plan.Find(third, "评定")!.After.Select(step => step.FullName));
        Assert.Equal(4, plan.Find(RoundKey.OfYear(2025), "汇总")!.After.Count(step => step.Name == "公示"));
    }

    [Fact]
    public void What_yxnu_decides_in_a_quarter_rests_on_the_reviews_of_its_three_months() =>
        Assert.Equal(
            ["2025-m04", "2025-m05", "2025-m06"],
            PlanOf("yxnu-2016", 2025).Find(RoundKey.Known("2025-q2"), "评定")!.After.Select(step => step.Round.Key.ToString()).Order());

    [Theory]
    [InlineData("2025-h1", "半年备案", "2025-06-30")]
    [InlineData("2025-h2", "半年备案", "2025-12-31")]
    [InlineData("2025", "年度备案", "2026-01-10")]
    public void The_district_files_by_the_days_its_document_names(string round, string step, string due) =>
        Assert.Equal(DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture), PlanOf("district", 2025).Find(RoundKey.Known(round), step)!.Due);

    [Fact]
    public void The_law_school_lays_down_its_rules_in_may_and_hears_the_masses_by_the_tenth_of_december()
    {
        var plan = PlanOf("jsu-law-2017", 2025);

        Assert.Equal(new DateOnly(2025, 5, 31), plan.Find(RoundKey.OfYear(2025), "拟定评分细则")!.Due);
        Assert.Equal(new DateOnly(2025, 12, 10), plan.Find(RoundKey.OfYear(2025), "群评")!.Due);
        Assert.Equal(["2025-t1", "2025-t2"], plan.Find(RoundKey.OfYear(2025), "群评")!.After.Select(step => step.Round.Key.ToString()));
    }

    [Fact]
    public void A_leap_year_ends_its_quarter_and_its_month_on_the_right_day()
    {
        Assert.Equal(new DateOnly(2024, 2, 29), PlanOf("yxnu-2016", 2024).Find(RoundKey.Known("2024-m02"))!.Last);
        Assert.Equal(new DateOnly(2024, 3, 31), PlanOf("jsit-2020", 2024).Find(RoundKey.Known("2024-q1"))!.Last);
    }

    [Theory]
    [InlineData("2025")]
    [InlineData("2025-h2")]
    [InlineData("2025-q4")]
    [InlineData("2025-t1")]
    [InlineData("2025-m07")]
    public void A_round_is_named_the_same_way_back(string key) => Assert.Equal(key, RoundKey.Read(key).ToString());

    [Theory]
    [InlineData("2025-m7")]
    [InlineData("2025-q")]
    [InlineData("2025-x1")]
    [InlineData("25")]
    [InlineData("2025-q0")]
    [InlineData("")]
    public void What_names_no_round_is_none(string key) => Assert.Null(RoundKey.Read(key));

    internal static YearPlan PlanOf(string scheme, int year) => YearPlan.Of(Plan.Compile(World.Scheme(scheme), year));
}
