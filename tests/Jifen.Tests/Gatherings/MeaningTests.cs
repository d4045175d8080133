using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Scoring.Schemes;
using Xunit;

namespace Jifen.Tests.Gatherings;

public sealed class MeaningTests
{
    private static readonly Scheme Jsit = World.Scheme("jsit-2020");

    [Fact]
    public void Late_at_organizational_life_takes_two_points_by_annex_1()
    {
        var effects = AttendanceMeaning.Of(Jsit, GatheringKind.ThemedPartyDay, Attendance.Late, 2m);

        Assert.Contains(new AttendanceEffect("组织生活迟到 −2", "附1·组织生活", -1), effects);
        Assert.Contains(effects, effect => effect is { Text: "计2学时", Moves: 1 });
    }

    [Fact]
    public void Late_and_left_early_is_both() =>
        Assert.Equal(
            ["组织生活迟到 −2", "组织生活早退 −2"],
            AttendanceMeaning.Of(Jsit, GatheringKind.MembersMeeting, Attendance.LateAndLeftEarly, null).Select(effect => effect.Text));

    [Fact]
    public void Excused_moves_nothing_and_absent_what_the_branch_fixed()
    {
        Assert.Empty(AttendanceMeaning.Of(Jsit, GatheringKind.MembersMeeting, Attendance.Excused, 2m));
        Assert.Equal("组织生活缺席 −2", Assert.Single(AttendanceMeaning.Of(Jsit, GatheringKind.MembersMeeting, Attendance.Absent, 2m)).Text);
    }

    [Fact]
    public void What_the_branch_has_not_fixed_yet_is_said() =>
        Assert.Equal(
            "组织生活缺席（分值由支部定，还没有定）",
            Assert.Single(AttendanceMeaning.Of(World.Scheme("jsit-2020", refined: false), GatheringKind.MembersMeeting, Attendance.Absent, null)).Text);

    [Fact]
    public void Without_a_scheme_nothing_is_said() => Assert.Empty(AttendanceMeaning.Of(null, GatheringKind.MembersMeeting, Attendance.Absent, 2m));

    [Theory]
    [InlineData("jsit-2020", "2025-09-30", "2025年第三季度")]
    [InlineData("jsit-2020", "2025-12-31", "2025年第四季度")]
    [InlineData("yxnu-2016", "2025-09-30", "2025年9月")]
    public void The_round_of_a_day_is_named_as_the_scheme_counts(string scheme, string day, string name) =>
        Assert.Equal(name, RoundName.Of(World.Scheme(scheme), DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void The_terms_of_a_scheme_are_named_in_its_order()
    {
        var law = World.Scheme("jsu-law-2017");
        var names = Enumerable.Range(1, 12).Select(month => RoundName.Of(law, new DateOnly(2025, month, 28))).Distinct().ToList();

        Assert.All(names, name => Assert.Matches("^20[0-9—年学]+(第[一二]学期)$", name));
        Assert.True(names.Count >= 2, string.Join(' ', names));
    }

    [Fact]
    public void Without_a_scheme_rounds_are_quarters() => Assert.Equal("2025年第一季度", RoundName.Of(null, new DateOnly(2025, 3, 31)));
}
