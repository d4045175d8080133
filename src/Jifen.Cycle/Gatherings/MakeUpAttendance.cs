using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Gatherings;

/// <summary>Only what was missed can be made up.</summary>
public sealed record NothingWasMissed(IReadOnlyList<string> Names)
    : Refusal($"{string.Join('、', Names)}不是缺席或请假，不用补课。请刷新页面再选。");

/// <summary>补课 lies between the gathering and today.</summary>
public sealed record NotADayForIt(DateOnly From, DateOnly To)
    : Refusal($"补课的日期要在{From:yyyy年M月d日}（活动当天）到{To:yyyy年M月d日}（今天）之间。");

/// <summary>登记补课: what was missed was made up; one entry a person.</summary>
/// <param name="Ground">what was done in its place, as the recorder writes it</param>
public sealed record MakeUpAttendance(GatheringId Gathering, IReadOnlyList<PersonId> People, DateOnly On, string Ground)
{
    public Ruling Decide(Roll roll, IReadOnlyDictionary<PersonId, Refusal> excluded, DateOnly today)
    {
        if (roll.Gathering.State == GatheringState.Cancelled)
        {
            return new GatheringIsCancelled();
        }

        if (People.Count == 0)
        {
            return new FieldsAreWrong([new FieldFault("people", "请勾选补了课的人")]);
        }

        if (On < roll.Gathering.Day || On > today)
        {
            return new NotADayForIt(roll.Gathering.Day, today);
        }

        if (string.IsNullOrWhiteSpace(Ground))
        {
            return new SayWhy("怎么补的");
        }

        var lines = roll.Lines.Where(line => People.Contains(line.Person)).ToList();
        if (lines.Count != People.Distinct().Count())
        {
            return new NotInThisRoll();
        }

        if (People.Where(excluded.ContainsKey).Select(person => excluded[person]).FirstOrDefault() is { } refusal)
        {
            return refusal;
        }

        var others = lines.Where(line => line.Mark?.Attendance is not (Attendance.Absent or Attendance.Excused)).ToList();
        return others.Count > 0
            ? new NothingWasMissed(others.ConvertAll(line => line.Name))
            : Ruling.Of(lines.ConvertAll(line => new Happening(
                new AttendanceMadeUp(Gathering, line.Mark!.Attendance),
                About: line.Person,
                On: On,
                Ground: Ground.Trim(),
                // One mark is made up once, however often the form is sent.
                SourceKey: $"made-up/{line.Mark.Entry}/{line.Person}")));
    }
}
