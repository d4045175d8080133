using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Gatherings;

/// <summary>One line of the roll as it stands.</summary>
/// <param name="IsOnRoll">of the branch, on the day of the gathering</param>
/// <param name="Mark">null: nothing written down yet</param>
public sealed record RollLine(PersonId Person, string Name, bool IsExpected, bool IsOnRoll, CurrentMark? Mark);

/// <summary>The roll as it stands.</summary>
/// <param name="Latest">the last entry that touched it; null: none yet</param>
public sealed record Roll(Gathering Gathering, IReadOnlyList<RollLine> Lines, EntryId? Latest);

/// <summary>Some of those expected have no mark.</summary>
public sealed record RollIsIncomplete(IReadOnlyList<string> Names)
    : Refusal($"还有{Names.Count}人没有选出席情况：{string.Join('、', Names.Take(8))}{(Names.Count > 8 ? "等" : "")}。请补上再保存。");

/// <summary>Somebody else saved another roll meanwhile.</summary>
public sealed record RollChanged(IReadOnlyList<string> Differences)
    : Refusal($"打开这一页以后，别人已经保存了点名，有{Differences.Count}人与您选的不同：{string.Join('；', Differences)}。"
        + "没有保存您的这一份。请核对；确实登记错了的，到活动页用“更正”，写明理由。");

/// <summary>What is written down is changed by a correction with a reason.</summary>
public sealed record ChangeByCorrection(IReadOnlyList<string> Names)
    : Refusal($"{string.Join('、', Names)}已经点过名，不能直接改。请在活动页用“更正”，写明理由，原来的照样留着。");

/// <summary>补课 is a step of its own.</summary>
public sealed record MadeUpIsApart() : Refusal("补课不在点名里登记。先记缺席或请假，补了以后用“登记补课”。");

/// <summary>Somebody in the roll is unknown to it.</summary>
public sealed record NotInThisRoll() : Refusal("名单里有人不在应到之列，当天也不在本支部。请刷新页面再点名。");

/// <summary>点名: the whole roll at once, exceptions chosen, everybody else as proposed.</summary>
/// <param name="BasedOn">the last entry the page knew of; null: it knew of none</param>
public sealed record TakeRoll(GatheringId Gathering, IReadOnlyList<AttendanceMark> Marks, EntryId? BasedOn)
{
    /// <param name="excluded">whom somebody else must mark: the recorder himself, or all but the recorder</param>
    public Ruling Decide(Roll roll, IReadOnlyDictionary<PersonId, Refusal> excluded, DateTimeOffset now)
    {
        if (roll.Gathering.State == GatheringState.Cancelled)
        {
            return new GatheringIsCancelled();
        }

        if (roll.Gathering.Plan.StartsAt > now)
        {
            return new NotHeldYet(roll.Gathering.Plan.StartsAt);
        }

        var lines = roll.Lines.ToDictionary(line => line.Person);
        foreach (var mark in Marks)
        {
            if (!lines.TryGetValue(mark.Person, out var line) || (!line.IsExpected && !line.IsOnRoll))
            {
                return new NotInThisRoll();
            }

            if (mark.Attendance == Attendance.MadeUp && line.Mark?.Attendance != Attendance.MadeUp)
            {
                return new MadeUpIsApart();
            }

            if (excluded.TryGetValue(mark.Person, out var refusal) && line.Mark?.Attendance != mark.Attendance)
            {
                return refusal;
            }
        }

        var others = Marks.Where(mark => lines[mark.Person].Mark is { } current && current.Attendance != mark.Attendance).ToList();
        if (others.Count > 0)
        {
            return BasedOn == roll.Latest
                ? new ChangeByCorrection(others.ConvertAll(mark => lines[mark.Person].Name))
                : new RollChanged(others.ConvertAll(mark =>
                    $"{lines[mark.Person].Name}已登记{lines[mark.Person].Mark!.Attendance.Name()}，您选的是{mark.Attendance.Name()}"));
        }

        var marked = Marks.Select(mark => mark.Person).ToHashSet();
        var open = roll.Lines.Where(line => line is { IsExpected: true, Mark: null }
            && !marked.Contains(line.Person) && !excluded.ContainsKey(line.Person)).ToList();
        if (open.Count > 0)
        {
            return new RollIsIncomplete(open.ConvertAll(line => line.Name));
        }

        var fresh = Marks.Where(mark => lines[mark.Person].Mark is null).ToList();
        return fresh.Count == 0
            ? Ruling.NothingToDo
            : new Happening(new AttendanceTaken(Gathering, fresh), On: roll.Gathering.Day);
    }
}
