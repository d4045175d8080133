using Jifen.Cycle;
using Jifen.Cycle.Members;

namespace Jifen.Store.Reads;

/// <summary>A person as /members/{person} shows him: everything with its days, and the entry it rests on.</summary>
/// <param name="Stays">the latest first; of branches out of sight only where the person is in sight now</param>
/// <param name="Waiting">summaries of steps about the person that wait for a second</param>
public sealed record MemberFile(
    PersonId Person,
    string Name,
    string? Number,
    MemberHistory History,
    IReadOnlyList<StayLine> Stays,
    IReadOnlyList<PeriodLine> Periods,
    IReadOnlyList<OfficeTermRow> Offices,
    IReadOnlyList<ExemptionCaseRow> ExemptionCases,
    IReadOnlyList<string> Waiting)
{
    /// <returns>null when there is no such person in sight</returns>
    public static async Task<MemberFile?> OfAsync(DataScope scope, PersonId person, DateTimeOffset now, CancellationToken cancel = default)
    {
        if (await scope.OneAsync<PersonRow>("select name, number from person where person_id = @person", new { person }, cancel) is not { } row)
        {
            return null;
        }

        return new MemberFile(
            person,
            row.Name,
            row.Number,
            await MemberHistories.OfAsync(scope, person, cancel),
            await scope.QueryAsync<StayLine>(
                """
                select a.organization_id, o.name as branch_name, a.from_on, a.to_on, a.arrived, a.left_by, a.from_where, a.to_where, e.ground
                from affiliation a join organization o using (organization_id) left join ledger_entry e on e.entry_id = a.affiliation_id
                where a.person_id = @person order by a.from_on desc
                """,
                new { person },
                cancel),
            await scope.QueryAsync<PeriodLine>(
                """
                select m.aspect, m.value, m.from_on, m.to_on, e.ground, e.recorded_at, e.operation_id
                from member_period m left join ledger_entry e using (entry_id)
                where m.person_id = @person order by m.from_on desc, m.aspect
                """,
                new { person },
                cancel),
            await OfficeBoard.OfPersonAsync(scope, person, cancel),
            await scope.QueryAsync<ExemptionCaseRow>(
                "select operation_id, exemption_case, reason from exemption_case where person_id = @person order by kept_at desc", new { person }, cancel),
            await scope.QueryAsync<string>(
                """
                select p.summary from pending_step p
                where @person = any (p.concerned) and p.expires_at > @now
                    and not exists (select from pending_step_answer a where a.operation_id = p.operation_id)
                order by p.proposed_at
                """,
                new { person, now },
                cancel));
    }

    private sealed record PersonRow
    {
        public required string Name { get; init; }

        public string? Number { get; init; }
    }
}

/// <summary>On the roll of a branch, from – to.</summary>
public sealed record StayLine
{
    public required OrganizationId OrganizationId { get; init; }

    public required string BranchName { get; init; }

    public required DateOnly FromOn { get; init; }

    public DateOnly? ToOn { get; init; }

    public required string Arrived { get; init; }

    public string? LeftBy { get; init; }

    public string? FromWhere { get; init; }

    public string? ToWhere { get; init; }

    public string? Ground { get; init; }
}

/// <summary>A stretch with one value.</summary>
public sealed record PeriodLine
{
    public required string Aspect { get; init; }

    public required string Value { get; init; }

    public required DateOnly FromOn { get; init; }

    public DateOnly? ToOn { get; init; }

    public string? Ground { get; init; }

    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>of the entry; finds the case of an exemption</summary>
    public OperationId? OperationId { get; init; }

    public Aspect AspectOf => Words.Known<Aspect>(Aspect);
}

/// <summary>Why somebody is exempt: for the person and those who handle it.</summary>
public sealed record ExemptionCaseRow
{
    public required OperationId OperationId { get; init; }

    public required string ExemptionCase { get; init; }

    public required string Reason { get; init; }
}
