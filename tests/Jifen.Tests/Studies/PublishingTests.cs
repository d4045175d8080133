using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Studies;
using Xunit;

namespace Jifen.Tests.Studies;

public sealed class PublishingTests
{
    private static readonly StudyItem Later = new(default, 5, new DateOnly(2025, 10, 9), "乡村振兴", null, null, "我能做什么", 2m);
    private static readonly StudyItem Earlier = new(default, 3, new DateOnly(2025, 9, 18), "党章", "温习", "《党章》第一章", null, 2m);

    private static readonly PublishStudyIssue Issue = new(default, 2025, 3, "2025年第3期学习安排", "校党委组织部", null, [Later, Earlier]);

    [Fact]
    public void An_issue_goes_out_with_its_items_in_the_order_of_their_days()
    {
        var happening = Assert.Single(Issue.Decide(OrganizationKind.PartyCommittee, [1, 2]).Happenings);

        Assert.Equal("study-issue/2025/3", happening.SourceKey);
        Assert.Equal([Earlier, Later], Assert.IsType<StudyIssuePublished>(happening.Event).Items);
    }

    [Fact]
    public void A_branch_has_nobody_below_to_publish_to() =>
        Assert.IsType<NobodyBelow>(Issue.Decide(OrganizationKind.Branch, []).Refusal);

    [Fact]
    public void A_number_is_used_once_and_the_next_is_named() =>
        Assert.Equal(new NumberIsTaken(2025, 3, 5), Issue.Decide(OrganizationKind.GeneralBranch, [3, 4]).Refusal);

    [Fact]
    public void What_is_wrong_is_named_by_field_and_line()
    {
        var wrong = Issue with
        {
            Number = 0,
            Title = "",
            Organizer = " ",
            Items = [Earlier with { Theme = "" }, Later with { HeldOn = new DateOnly(2023, 1, 1), Hours = 0 }],
        };

        var faults = Assert.IsType<FieldsAreWrong>(wrong.Decide(OrganizationKind.PartyCommittee, []).Refusal).Faults;

        Assert.Equal(["number", "title", "organizer", "items", "items", "items"], faults.Select(fault => fault.Field));
        Assert.Contains(faults, fault => fault.Message.StartsWith("第2项的日期2023-01-01", StringComparison.Ordinal));
    }

    [Fact]
    public void An_issue_without_items_is_refused() =>
        Assert.Equal("items", Assert.Single((Issue with { Items = [] }).Faults()).Field);

    [Fact]
    public void A_branch_holds_an_item_with_everything_filled_in()
    {
        var plan = StudySession.Of(Later, new TimeOnly(14, 30), TimeSpan.FromHours(2), "党员活动室", 5);

        Assert.Equal(("乡村振兴", 2m, "党员活动室"), (plan.Title, plan.Hours, plan.Place));
        Assert.Equal(new DateTimeOffset(2025, 10, 9, 14, 30, 0, CivilTime.Offset), plan.StartsAt);
        Assert.Empty(plan.FaultsOn(plan.StartsAt));
    }

    [Theory]
    [InlineData(null, null, "2025-10-08", StudyProgress.Ahead)]
    [InlineData(null, null, "2025-10-10", StudyProgress.Overdue)]
    [InlineData(GatheringState.Cancelled, "2025-10-09", "2025-10-10", StudyProgress.Overdue)]
    [InlineData(GatheringState.Called, "2025-10-12", "2025-10-10", StudyProgress.Planned)]
    [InlineData(GatheringState.Called, "2025-10-09", "2025-10-10", StudyProgress.RollIsMissing)]
    [InlineData(GatheringState.Held, "2025-10-09", "2025-10-09", StudyProgress.Held)]
    public void The_publisher_sees_how_far_each_branch_is(GatheringState? state, string? on, string today, StudyProgress expected) =>
        Assert.Equal(expected, StudyProgressOf.Item(Later.HeldOn, state, on is null ? null : Day(on), Day(today)));

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
