using System.Text;
using Jifen.Documents;
using Jifen.Documents.Imports;
using Jifen.Scoring.Schemes;
using Xunit;

namespace Jifen.Tests.Documents;

/// <summary>Attendance lists and study schedules as people and machines write them.</summary>
public sealed class GatheringTablesTests
{
    [Fact]
    public void An_attendance_list_is_read_with_the_words_of_machines()
    {
        var read = AttendanceList.Read(File("日期,类别,工号,姓名,状态,备注\n2025/9/18,党员大会,001,李明,正常,\n20250918,,002,,病假,住院\n"));

        Assert.Empty(read.Problems);
        Assert.Equal(
            [
                new AttendanceLine(2, "", new DateOnly(2025, 9, 18), GatheringKind.MembersMeeting, "001", "李明", Attendance.Present, null),
                new AttendanceLine(3, "", new DateOnly(2025, 9, 18), null, "002", "", Attendance.Excused, "住院"),
            ],
            read.Value!);
    }

    [Fact]
    public void Every_fault_of_an_attendance_list_has_its_place()
    {
        var read = AttendanceList.Read(File("日期,类别,编号,出席\n,,001,到会\n2025-09-31,,001,到会\n2025-09-18,茶话会,,补课\n"));

        Assert.Null(read.Value);
        Assert.Equal(
            [(2, 1), (3, 1), (4, 12), (4, 16), (4, 17)],
            read.Errors.Select(problem => (problem.Line, problem.Column)));
    }

    [Fact]
    public void A_schedule_pasted_from_a_sheet_is_read()
    {
        var read = StudySchedule.Read(StudySchedule.Pasted("粘贴", "周次\t日期\t学习主题\t学习内容\t学时\n第3周\t2025年9月18日\t党章,总纲\t他说“好”\t2学时\n\n"));

        Assert.Empty(read.Problems);
        Assert.Equal([new ScheduledStudy(2, 3, new DateOnly(2025, 9, 18), "党章,总纲", null, "他说“好”", null, 200)], read.Value!);
    }

    [Fact]
    public void Every_fault_of_a_schedule_has_its_line_and_nothing_is_handed_out()
    {
        var read = StudySchedule.Read(StudySchedule.Pasted("粘贴", "日期,主题,周次,学时\n2025-13-01,甲,三,0\n2025-09-18,,4,二\n"));

        Assert.Null(read.Value);
        Assert.Equal([2, 2, 2, 3, 3], read.Errors.Select(problem => problem.Line));
    }

    [Fact]
    public void A_table_without_its_heads_or_lines_is_refused_with_what_to_write()
    {
        Assert.Contains("日期", Assert.Single(StudySchedule.Read(StudySchedule.Pasted("粘贴", "甲\t乙\n1\t2\n")).Errors).Cause, StringComparison.Ordinal);
        Assert.Contains("一项学习也没有", Assert.Single(StudySchedule.Read(StudySchedule.Pasted("粘贴", StudySchedule.Heads)).Errors).Cause, StringComparison.Ordinal);
    }

    private static InputFile File(string text) => new("考勤.csv", Encoding.UTF8.GetBytes(text));
}
