using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Gatherings;

/// <summary>One line of an attendance list, as it was read.</summary>
/// <param name="Gathering">id of the gathering; empty: found by day and kind</param>
/// <param name="Number">编号; empty: found by name</param>
public sealed record ImportedMark(
    int Line, string Gathering, DateOnly? Day, GatheringKind? Kind, string Number, string Name, Attendance Attendance, string? Note);

/// <summary>Somebody on the roll of a gathering, as a list may name him.</summary>
/// <param name="Mark">what is written down already; null: nothing</param>
/// <param name="NotYours">why whoever imports may not mark this person; null: may</param>
public sealed record NamedOnRoll(PersonId Person, string Name, string? Number, Attendance? Mark, string? NotYours);

/// <summary>A gathering of the branch with its roll.</summary>
public sealed record ImportTarget(GatheringId Gathering, GatheringPlan Plan, IReadOnlyList<NamedOnRoll> Roll);

/// <summary>What is to be said about one line.</summary>
/// <param name="IsFault">nothing is imported because of it; otherwise only this line is left out</param>
public sealed record ImportNote(int Line, string Message, string Remedy, bool IsFault);

/// <summary>A list held against the gatherings and the roll: what would be entered, and what is wrong with which line.</summary>
/// <param name="Known">lines that say what is written down already</param>
public sealed record AttendanceImport(IReadOnlyList<TakeRoll> Rolls, int Known, IReadOnlyList<ImportNote> Notes)
{
    public bool HasFaults => Notes.Any(note => note.IsFault);

    public int Marks => Rolls.Sum(roll => roll.Marks.Count);

    /// <param name="targets">the branch's gatherings in the days of the list</param>
    public static AttendanceImport Of(IReadOnlyList<ImportedMark> lines, IReadOnlyList<ImportTarget> targets)
    {
        var notes = new List<ImportNote>();
        var marks = new Dictionary<GatheringId, List<AttendanceMark>>();
        var seen = new Dictionary<(GatheringId, PersonId), int>();
        var known = 0;
        foreach (var line in lines)
        {
            if (TargetOf(line) is not { } target || PersonOn(target, line) is not { } person)
            {
                continue;
            }

            if (!seen.TryAdd((target.Gathering, person.Person), line.Line))
            {
                Fault(line, $"{person.Name}在同一次活动里出现两次（第{seen[(target.Gathering, person.Person)]}行已有）", "留一行");
            }
            else if (person.Mark == line.Attendance)
            {
                known++;
            }
            else if (person.Mark is { } mark)
            {
                Fault(line, $"{person.Name}已登记{mark.Name()}，名单写的是{line.Attendance.Name()}", "确实登记错了的，在活动页用“更正”；否则改名单");
            }
            else if (person.NotYours is { } why)
            {
                notes.Add(new ImportNote(line.Line, $"{person.Name}的没有导入：{why}", "", IsFault: false));
            }
            else
            {
                if (!marks.TryGetValue(target.Gathering, out var roll))
                {
                    marks[target.Gathering] = roll = [];
                }

                roll.Add(new AttendanceMark(person.Person, line.Attendance, line.Note));
            }
        }

        return new AttendanceImport([.. marks.Select(roll => new TakeRoll(roll.Key, roll.Value, null))], known, notes);

        void Fault(ImportedMark line, string message, string remedy) => notes.Add(new ImportNote(line.Line, message, remedy, IsFault: true));

        ImportTarget? TargetOf(ImportedMark line)
        {
            var found = line.Gathering.Length > 0
                ? targets.Where(target => string.Equals(target.Gathering.ToString(), line.Gathering, StringComparison.OrdinalIgnoreCase)
                    || (target.Plan.Title == line.Gathering && (line.Day is null || DayOf(target) == line.Day))).ToList()
                : targets.Where(target => DayOf(target) == line.Day && (line.Kind is null || target.Plan.Kind == line.Kind)).ToList();
            switch (found)
            {
                case [var only]:
                    return only;
                case []:
                    Fault(line, "本支部没有这次活动", "先在网页上安排（补录）这次活动；日期、类别、活动名称要和安排的一样");
                    return null;
                default:
                    Fault(line, $"有{found.Count}次活动对得上：{string.Join("、", found.Select(target => $"{target.Plan.Kind.Name()}“{target.Plan.Title}”"))}", "加上“类别”或“活动”一列，说清是哪一次");
                    return null;
            }
        }

        NamedOnRoll? PersonOn(ImportTarget target, ImportedMark line)
        {
            var found = line.Number.Length > 0
                ? target.Roll.Where(person => person.Number == line.Number).ToList()
                : target.Roll.Where(person => person.Name == line.Name).ToList();
            if (found is [var only])
            {
                if (line.Number.Length == 0 || line.Name.Length == 0 || only.Name == line.Name)
                {
                    return only;
                }

                Fault(line, $"编号{line.Number}是{only.Name}，名单写的是{line.Name}", "改编号或姓名");
                return null;
            }

            var who = line.Number.Length > 0 ? $"编号{line.Number}" : line.Name;
            Fault(
                line,
                found.Count == 0 ? $"当天本支部的名册上没有{who}" : $"叫{who}的有{found.Count}人",
                found.Count == 0 ? "看看写得对不对，是不是那时已转出" : "写编号");
            return null;
        }
    }

    private static DateOnly DayOf(ImportTarget target) => CivilTime.DayOf(target.Plan.StartsAt);
}
