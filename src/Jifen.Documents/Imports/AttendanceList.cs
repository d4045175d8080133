using Jifen.Scoring.Schemes;

namespace Jifen.Documents.Imports;

/// <summary>One line of an attendance list.</summary>
/// <param name="Gathering">id of the gathering; empty: found by day and kind</param>
/// <param name="Kind">null: not said</param>
/// <param name="Number">编号; empty: found by name</param>
/// <param name="Note">备注; null for none</param>
public sealed record AttendanceLine(
    int Line, string Gathering, DateOnly? Day, GatheringKind? Kind, string Number, string Name, Attendance Attendance, string? Note);

/// <summary>Reads attendance (活动,日期,类别,编号,姓名,出席,备注) as machines and other systems give it out, from csv or xlsx.</summary>
public static class AttendanceList
{
    private const int Gathering = 0;
    private const int Day = 1;
    private const int Kind = 2;
    private const int Number = 3;
    private const int Name = 4;
    private const int Status = 5;
    private const int Note = 6;

    private static readonly ColumnName[] Names =
    [
        new("活动", "gathering", AlsoChinese: "活动编号"),
        new("日期", "date"),
        new("类别", "kind"),
        new("编号", "number", AlsoChinese: "工号"),
        new("姓名", "name"),
        new("出席", "attendance", IsRequired: true, AlsoChinese: "状态"),
        new("备注", "note"),
    ];

    /// <summary>What machines write for the same thing.</summary>
    private static readonly Dictionary<string, Attendance> AlsoWritten = new(StringComparer.OrdinalIgnoreCase)
    {
        ["出席"] = Attendance.Present,
        ["正常"] = Attendance.Present,
        ["已签到"] = Attendance.Present,
        ["签到"] = Attendance.Present,
        ["旷会"] = Attendance.Absent,
        ["缺勤"] = Attendance.Absent,
        ["未签到"] = Attendance.Absent,
        ["未到"] = Attendance.Absent,
        ["准假"] = Attendance.Excused,
        ["事假"] = Attendance.Excused,
        ["病假"] = Attendance.Excused,
        ["公假"] = Attendance.Excused,
        ["迟到早退"] = Attendance.LateAndLeftEarly,
    };

    /// <returns>the lines in the order of the file, or every reason why there are none</returns>
    public static Loaded<IReadOnlyList<AttendanceLine>> Read(InputFile file)
    {
        var problems = new ImportProblems(file.Name);
        var lines = new List<AttendanceLine>();
        TableReading.Run(file, Names, problems, (row, columns) =>
        {
            if (Take(row, columns, problems) is { } line)
            {
                lines.Add(line);
            }
        });
        if (!problems.HasErrors && lines.Count == 0)
        {
            problems.Error(CellPlace.WholeFile, "表里一个人也没有", "一行写一个人的出席");
        }

        return new Loaded<IReadOnlyList<AttendanceLine>>(problems.HasErrors ? null : lines, problems.Listed());
    }

    private static AttendanceLine? Take(RowCursor row, Columns columns, ImportProblems problems)
    {
        var isRight = true;
        var gathering = Text(Gathering);
        DateOnly? day = null;
        if (Text(Day) is { Length: > 0 } dayText)
        {
            if (Values.TryDate(dayText, out var read))
            {
                day = read;
            }
            else
            {
                Refuse(Day, $"“{dayText}”不是日期", "写成 2025-09-18 这样");
            }
        }
        else if (gathering.Length == 0)
        {
            Refuse(Day, "没有写活动，也没有写日期", "写活动的编号，或写日期（同一天有几次的，再写类别）");
        }

        GatheringKind? kind = null;
        if (Text(Kind) is { Length: > 0 } kindText)
        {
            kind = GatheringKinds.Of(kindText);
            if (kind is null)
            {
                Refuse(Kind, $"没有“{kindText}”这类活动", $"只有：{string.Join("、", GatheringKinds.All.Select(one => one.Name()))}");
            }
        }

        var number = Text(Number);
        var name = Text(Name);
        if (number.Length == 0 && name.Length == 0)
        {
            Refuse(Number, "编号和姓名都没有写", "写一样，有编号最好");
        }

        var status = Text(Status);
        var attendance = Attendances.Of(status) ?? (AlsoWritten.TryGetValue(status, out var also) ? also : null);
        if (attendance is null || attendance == Attendance.MadeUp)
        {
            Refuse(
                Status,
                status.Length == 0 ? "没有写出席" : attendance is null ? $"不认识“{status}”" : "补课不能随名单导入",
                attendance == Attendance.MadeUp ? "先导入缺席或请假，再在网页上登记补课" : "写到会、迟到、早退、迟到又早退、缺席、请假");
        }

        return isRight
            ? new AttendanceLine(row.Place(-1).Line, gathering, day, kind, number, name, attendance!.Value, Text(Note) is { Length: > 0 } note ? note : null)
            : null;

        string Text(int column) => row.Text(columns[column]);

        void Refuse(int column, string cause, string remedy)
        {
            isRight = false;
            problems.Error(row.Place(columns[column]), cause, remedy);
        }
    }
}
