using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Decisions;

/// <summary>宣读积分表: from here on the meeting votes on this table and no other. Read again, an earlier reading is void.</summary>
/// <param name="Motion">of this reading</param>
public sealed record PresentTable(MeetingId Meeting, MotionId Motion)
{
    /// <param name="motions">of the meeting</param>
    /// <param name="table">as it is now</param>
    public Ruling Decide(YearBoard board, MembersMeeting? meeting, IReadOnlyList<Motion> motions, PointsTable table)
    {
        if (meeting is null || meeting.IsClosed)
        {
            return meeting is null ? new NoSuchMeeting() : new MeetingIsOver();
        }

        if (meeting.Step is not { } name || board.Plan.Find(meeting.Round, name) is not { } step)
        {
            return new NoTableHere();
        }

        if (board.ObjectionToEnd(step) is { } refusal)
        {
            return refusal;
        }

        var earlier = motions.Where(motion => motion is { Kind: MotionKind.PointsTable, State: MotionState.Open }).ToList();
        var digest = table.Digest();
        return this switch
        {
            _ when motions.Any(motion => motion is { Kind: MotionKind.PointsTable, State: MotionState.Voting }) => new VoteIsGoingOn(),
            _ when table.Rows.Count == 0 => new EmptyTable(),
            _ when earlier is [{ Table: { } read }] && read.Digest() == digest => Ruling.NothingToDo,
            _ => Ruling.Of(
            [
                .. earlier.Select(motion => new Happening(new MotionWithdrawn(motion.Id, "积分有变动，重新宣读"))),
                new Happening(new MotionPut(Motion, MotionKind.PointsTable, $"确认{step.Round.Name}积分表", [], false, null, null), Clause: step.Clause),
                new Happening(new PointsTablePresented(Meeting, Motion, digest, table.Rows), Clause: step.Clause),
            ]),
        };
    }
}
