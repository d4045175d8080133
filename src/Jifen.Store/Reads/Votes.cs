using Jifen.Cycle;
using Jifen.Cycle.Decisions;

namespace Jifen.Store.Reads;

/// <summary>A count that was put right while the meeting was open.</summary>
public sealed record VoteCorrection
{
    public required MotionId Motion { get; init; }

    /// <summary>as it was typed before</summary>
    public required int InFavour { get; init; }

    public required int Against { get; init; }

    public required int Abstaining { get; init; }

    /// <summary>what the wrong count had come to</summary>
    public required bool IsPassed { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required PersonId RecordedBy { get; init; }
}

/// <summary>Votes as the ledger has them: every count that was entered, and which took the place of which.</summary>
public static class Votes
{
    /// <summary>What was put right in one meeting, in the order in which it was.</summary>
    public static Task<IReadOnlyList<VoteCorrection>> CorrectedAtAsync(DataScope scope, OrganizationId branch, MeetingId meeting, CancellationToken cancel = default) =>
        scope.QueryAsync<VoteCorrection>(
            """
            select (e.body::jsonb ->> 'motion')::uuid as motion, (was.body::jsonb ->> 'inFavour')::int as in_favour, (was.body::jsonb ->> 'against')::int as against,
                (was.body::jsonb ->> 'abstaining')::int as abstaining, (was.body::jsonb ->> 'isPassed')::boolean as is_passed, e.ground as reason, e.recorded_at, e.recorded_by
            from ledger_entry e join ledger_entry was on was.entry_id = e.corrects
            where e.stream_id = @branch and e.kind = 'motion-decided' and e.body::jsonb ->> 'meeting' = @id
            order by e.seq
            """,
            new { branch, id = meeting.ToString() },
            cancel);

    /// <returns>null: it was not voted on</returns>
    internal static async Task<VoteOnRecord?> OnRecordAsync(DataScope scope, OrganizationId branch, Motion motion, DateTimeOffset now, CancellationToken cancel)
    {
        var row = await scope.OneAsync<VoteRow>(
            """
            select e.entry_id, e.operation_id, m.manner, m.present, m.due, m.in_favour, m.against, m.abstaining, m.state = 'passed' as is_passed,
                exists (select 1 from fact f where f.entry_id = m.corrects and f.ended_at is not null)
                    or exists (select 1 from pending_step p left join pending_step_answer a using (operation_id)
                        where p.organization_id = @branch and a.operation_id is null and p.expires_at > @now and p.happenings like '%' || m.corrects || '%') as is_carried_out
            from motion m join ledger_entry e on e.stream_id = m.organization_id and e.kind = 'motion-decided' and e.body::jsonb ->> 'motion' = m.motion_id::text
            where m.organization_id = @branch and m.motion_id = @id
            order by e.seq desc
            limit 1
            """,
            new { branch, id = motion.Id, now },
            cancel);
        if (row is null)
        {
            return null;
        }

        var followed = await scope.QueryAsync<FollowedRow>(
            "select kind, entry_id from ledger_entry where operation_id = @operation and entry_id <> @entry",
            new { operation = row.OperationId, entry = row.EntryId },
            cancel);
        return new VoteOnRecord(
            row.EntryId,
            Words.Known<VotingManner>(row.Manner),
            row.Present,
            row.Due,
            row is { InFavour: { } inFavour, Against: { } against, Abstaining: { } abstaining } ? new VoteCount(inFavour, against, abstaining) : null,
            row.IsPassed,
            followed.ToLookup(one => one.Kind, one => one.EntryId),
            row.IsCarriedOut);
    }

    private sealed record VoteRow
    {
        public required EntryId EntryId { get; init; }

        public required OperationId OperationId { get; init; }

        public required string Manner { get; init; }

        public required int Present { get; init; }

        public required int Due { get; init; }

        public int? InFavour { get; init; }

        public int? Against { get; init; }

        public int? Abstaining { get; init; }

        public required bool IsPassed { get; init; }

        public required bool IsCarriedOut { get; init; }
    }

    private sealed record FollowedRow
    {
        public required string Kind { get; init; }

        public required EntryId EntryId { get; init; }
    }
}
