using Jifen.Cycle.Gatherings;
using Jifen.Scoring.Schemes;
using Xunit;
using static Jifen.Tests.Gatherings.Meeting;

namespace Jifen.Tests.Gatherings;

public sealed class AttendanceImportTests
{
    private static readonly DateOnly Day = new(2025, 9, 18);

    private static readonly ImportTarget Target = new(Id, Plan,
    [
        new(Li, "李明", "001", null, null),
        new(Wang, "王芳", "002", null, "由书记登记"),
        new(Zhao, "赵强", "003", Attendance.Absent, null),
        new(Qian, "钱静", "004", null, null),
        new(Guest, "钱静", "005", null, null),
    ]);

    [Fact]
    public void Lines_find_their_gathering_by_day_and_their_person_by_number_or_name()
    {
        var import = AttendanceImport.Of([Line(2, number: "001"), Line(3, number: "004", name: "钱静", attendance: Attendance.Late)], [Target]);

        Assert.Empty(import.Notes);
        Assert.Equal([Mark(Li), Mark(Qian, Attendance.Late)], Assert.Single(import.Rolls).Marks);
    }

    [Fact]
    public void What_is_written_down_already_is_not_entered_again() =>
        Assert.Equal((1, 0, false), AttendanceImport.Of([Line(2, number: "003", attendance: Attendance.Absent)], [Target]) is var import
            ? (import.Known, import.Marks, import.HasFaults) : default);

    [Fact]
    public void The_recorders_own_line_is_left_out_and_said()
    {
        var import = AttendanceImport.Of([Line(2, number: "002"), Line(3, number: "001")], [Target]);

        Assert.False(import.HasFaults);
        Assert.Equal("王芳的没有导入：由书记登记", Assert.Single(import.Notes).Message);
        Assert.Equal(1, import.Marks);
    }

    [Fact]
    public void Every_fault_has_its_line()
    {
        var import = AttendanceImport.Of(
            [
                Line(2, number: "003"),
                Line(3, number: "999"),
                Line(4, name: "钱静"),
                Line(5, number: "001", name: "李四"),
                Line(6, number: "001"),
                Line(7, number: "001"),
                Line(8, number: "001", day: Day.AddDays(1)),
            ],
            [Target]);

        Assert.True(import.HasFaults);
        Assert.Equal(
            [
                (2, "赵强已登记缺席，名单写的是到会"), (3, "当天本支部的名册上没有编号999"), (4, "叫钱静的有2人"), (5, "编号001是李明，名单写的是李四"),
                (7, "李明在同一次活动里出现两次（第6行已有）"), (8, "本支部没有这次活动"),
            ],
            import.Notes.Select(note => (note.Line, note.Message)));
    }

    [Fact]
    public void Two_gatherings_on_a_day_are_told_apart_by_kind_title_or_id()
    {
        var lecture = Target with { Gathering = new(new Guid(8, 0, 0, new byte[8])), Plan = Plan with { Kind = GatheringKind.PartyLecture, Title = "党课" } };

        Assert.StartsWith("有2次活动对得上", Assert.Single(AttendanceImport.Of([Line(2, number: "001")], [Target, lecture]).Notes).Message, StringComparison.Ordinal);
        Assert.Equal(lecture.Gathering, AttendanceImport.Of([Line(2, number: "001") with { Kind = GatheringKind.PartyLecture }], [Target, lecture]).Rolls[0].Gathering);
        Assert.Equal(lecture.Gathering, AttendanceImport.Of([Line(2, number: "001") with { Gathering = "党课" }], [Target, lecture]).Rolls[0].Gathering);
        Assert.Equal(Id, AttendanceImport.Of([Line(2, number: "001") with { Gathering = $"{Id}", Day = null }], [Target, lecture]).Rolls[0].Gathering);
    }

    private static ImportedMark Line(int line, string number = "", string name = "", Attendance attendance = Attendance.Present, DateOnly? day = null) =>
        new(line, "", day ?? Day, null, number, name, attendance, null);
}
