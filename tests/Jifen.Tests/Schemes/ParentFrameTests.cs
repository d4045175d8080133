using Jifen.Scoring.Schemes;
using Xunit;

namespace Jifen.Tests.Schemes;

/// <summary>上位 sets the frame of a child; the check says where the child leaves it and where it only settles what was left open.</summary>
public sealed class ParentFrameTests
{
    [Fact]
    public void The_college_leaves_the_city_in_four_bonus_items_and_nowhere_else()
    {
        var departures = ParentFrame.Compare(World.Scheme("jsit-2020", refined: false), World.Scheme("wuxi-2020", refined: false))
            .Where(difference => difference.IsDeparture)
            .Select(difference => difference.What);

        Assert.Equal(
            [
                "部分“加分项目”没有项目“公益活动”",
                "部分“加分项目”没有项目“承担长期任务”",
                "部分“加分项目”多了项目“联系帮扶成效显著”",
                "部分“加分项目”多了项目“建设性意见建议”",
            ],
            departures);
    }

    [Theory]
    [InlineData("减1", "每次扣5", "每次扣5~10")]
    [InlineData("减5", "每次扣10", "每次扣5~10")]
    [InlineData("加2", "每次加2", "每次加1~2")]
    [InlineData("组1", "每次扣2", "每次扣支部定")]
    public void A_figure_inside_the_range_or_where_the_city_left_one_open_only_settles(string rule, string own, string frame)
    {
        var difference = ParentFrame.Compare(World.Scheme("jsit-2020", refined: false), World.Scheme("wuxi-2020", refined: false))
            .Single(difference => difference.What.StartsWith($"记分“{rule}”", StringComparison.Ordinal));

        Assert.False(difference.IsDeparture);
        Assert.Contains(own, difference.What, StringComparison.Ordinal);
        Assert.Contains(frame, difference.What, StringComparison.Ordinal);
        Assert.NotEmpty(difference.Clauses);
        Assert.NotEmpty(difference.ParentClauses);
    }

    [Theory]
    [InlineData("扣: 2", "扣: 3", "记分“基1”写迟到每次扣3，上位写迟到每次扣2")]
    [InlineData("封顶: 10", "封顶: 12", "部分“加分”的封顶12，上位10")]
    [InlineData("总分: 20以上", "总分: 18以上", null)]
    [InlineData("- 保底: { 分: 0, 依据: 三 }", "- 保底: { 分: 5, 依据: 三 }", "总分的步骤")]
    [InlineData("等次: 优秀 }, 结果", "总分: 19以上 }, 结果", "结果运用“用1”的条件是“总分19以上”，上位是“等次优秀”")]
    public void What_the_parent_settled_and_the_child_changes_is_named(string was, string now, string? departure)
    {
        var parent = World.LoadText(SchemeCheckTests.Small).Value!;
        var loaded = World.LoadText(SchemeCheckTests.Small.Replace(was, now, StringComparison.Ordinal).Replace("总分: 低于20", was == "总分: 20以上" ? "总分: 低于18" : "总分: 低于20", StringComparison.Ordinal));
        Assert.True(loaded.Value is not null, string.Join('\n', loaded.Errors));
        var departures = ParentFrame.Compare(loaded.Value, parent).Where(difference => difference.IsDeparture).Select(difference => difference.What).ToList();

        if (departure is null)
        {
            // Grades are the unit's own; the frame is sections, amounts, steps and outcomes.
            Assert.Empty(departures);
        }
        else
        {
            Assert.Contains(departures, what => what.Contains(departure, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_scheme_does_not_leave_itself()
    {
        foreach (var id in World.SchemeIds)
        {
            Assert.Empty(ParentFrame.Compare(World.Scheme(id), World.Scheme(id)));
        }
    }

    [Fact]
    public void Two_versions_of_one_scheme_are_compared_path_by_path()
    {
        var before = World.LoadText(SchemeCheckTests.Small).Value!;
        var after = World.LoadText(SchemeCheckTests.Small.Replace("扣: 2", "扣: 3", StringComparison.Ordinal)).Value!;

        var difference = Assert.Single(SchemeText.Between(before, after));

        Assert.Equal(("记分/基1", "迟到每次扣2", "迟到每次扣3"), (difference.Path, difference.Before!.Text, difference.After!.Text));
    }
}
