using Jifen.Cycle;
using Jifen.Cycle.Filings;
using Jifen.Cycle.Rounds;

namespace Jifen.Store.Reads;

/// <summary>A package that went up.</summary>
public sealed record FilingRow
{
    public required Guid FilingId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required string Round { get; init; }

    public required string Step { get; init; }

    public required string Digest { get; init; }

    public DateOnly? Due { get; init; }

    public required string State { get; init; }

    public required PersonId SubmittedBy { get; init; }

    public PersonId? SecondBy { get; init; }

    public required DateOnly SubmittedOn { get; init; }

    public PersonId? AnsweredBy { get; init; }

    public DateOnly? AnsweredOn { get; init; }

    public string? Reason { get; init; }

    public string? Receipt { get; init; }

    public string? Superior { get; init; }

    public FilingState StateOf => Words.Known<FilingState>(State);

    /// <summary>Where a list is of several organizations.</summary>
    public string? OrganizationName { get; init; }

    public bool IsLate => Due is { } due && SubmittedOn > due;

    public FilingOnRecord ToRecord() => new(FilingId, RoundKey.Known(Round), Step, Digest, StateOf);
}

/// <summary>A remark on one row.</summary>
public sealed record FilingRemarkRow
{
    public required PersonId PersonId { get; init; }

    public required string Text { get; init; }
}

/// <summary>That a step was opened again, for the superior to see.</summary>
public sealed record ReopeningRow
{
    public required OrganizationId OrganizationId { get; init; }

    public required string Round { get; init; }

    public required string Step { get; init; }

    public required string Reason { get; init; }

    public required DateOnly On { get; init; }
}

/// <summary>Filings of branches, with what the superior answered.</summary>
public static class FilingList
{
    private const string Columns =
        """
        filing_id, organization_id, round, step, digest, due, state, submitted_by, second_by, submitted_on, answered_by, answered_on, reason, receipt, superior
        """;

    /// <summary>Of several branches in one year, the latest last.</summary>
    public static Task<IReadOnlyList<FilingRow>> OfAsync(
        DataScope scope, IReadOnlyCollection<OrganizationId> branches, int year, CancellationToken cancel = default) =>
        scope.QueryAsync<FilingRow>(
            $"select {Columns} from filing where organization_id = any (@ids) and left(round, 4) = @year order by organization_id, seq",
            new { ids = branches.Select(branch => branch.Value).ToArray(), year = year.ToString("D4", System.Globalization.CultureInfo.InvariantCulture) },
            cancel);

    public static Task<FilingRow?> OneAsync(DataScope scope, Guid filing, CancellationToken cancel = default) =>
        scope.OneAsync<FilingRow>($"select {Columns} from filing where filing_id = @filing", new { filing }, cancel);

    /// <summary>The last filing of a step.</summary>
    public static Task<FilingRow?> LastAsync(DataScope scope, OrganizationId branch, string round, string step, CancellationToken cancel = default) =>
        scope.OneAsync<FilingRow>(
            $"select {Columns} from filing where organization_id = @branch and round = @round and step = @step order by seq desc limit 1",
            new { branch, round, step },
            cancel);

    /// <summary>The last filing of every step in sight, where it waits for the superior or came back; the longest waiting first.</summary>
    public static Task<IReadOnlyList<FilingRow>> OpenAsync(DataScope scope, CancellationToken cancel = default) =>
        scope.QueryAsync<FilingRow>(
            $"""
            select {Columns}, organization_name
            from (
                select distinct on (f.organization_id, f.round, f.step) f.*, coalesce(o.short_name, o.name) as organization_name
                from filing f join organization o using (organization_id)
                order by f.organization_id, f.round, f.step, f.seq desc
            ) as last
            where state in ('submitted', 'returned')
            order by submitted_on, seq
            """,
            cancel: cancel);

    /// <summary>The text of the package; null where it is out of sight.</summary>
    public static Task<string?> PackageAsync(DataScope scope, Guid filing, CancellationToken cancel = default) =>
        scope.OneAsync<string>("select content from filing_package where filing_id = @filing", new { filing }, cancel);

    public static Task<IReadOnlyList<FilingRemarkRow>> RemarksAsync(DataScope scope, Guid filing, CancellationToken cancel = default) =>
        scope.QueryAsync<FilingRemarkRow>("select person_id, text from filing_remark where filing_id = @filing order by kept_at, remark_id", new { filing }, cancel);

    /// <summary>The text of a receipt; null where it is out of sight.</summary>
    public static Task<string?> ReceiptAsync(DataScope scope, string digest, CancellationToken cancel = default) =>
        scope.OneAsync<string>("select content from filing_receipt where digest = @digest", new { digest }, cancel);

    /// <summary>Steps that were opened again in a year: whoever is above sees them.</summary>
    public static Task<IReadOnlyList<ReopeningRow>> ReopeningsAsync(
        DataScope scope, IReadOnlyCollection<OrganizationId> branches, int year, CancellationToken cancel = default) =>
        scope.QueryAsync<ReopeningRow>(
            """
            select e.stream_id as organization_id, e.body::jsonb ->> 'round' as round, e.body::jsonb ->> 'step' as step, e.body::jsonb ->> 'reason' as reason,
                e.happened_on as on
            from ledger_entry e
            where e.kind = 'round-step-reopened' and e.stream_id = any (@ids) and left(e.body::jsonb ->> 'round', 4) = @year
            order by e.happened_on desc, e.seq desc
            """,
            new { ids = branches.Select(branch => branch.Value).ToArray(), year = year.ToString("D4", System.Globalization.CultureInfo.InvariantCulture) },
            cancel);

    /// <summary>An organization officer above the branch who can sign in here.</summary>
    public static Task<bool> HasSuperiorHereAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        scope.OneAsync<bool>(
            """
            select exists (
                select from office_term t join organization o on t.organization_id = any (o.ancestors)
                where o.organization_id = @branch and t.organization_id <> @branch and t.office = 'organization-officer'
                    and t.from_on <= @Today and (t.to_on is null or t.to_on >= @Today) and has_account(t.person_id))
            """,
            new { branch, scope.Today },
            cancel);
}
