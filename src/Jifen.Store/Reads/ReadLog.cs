using Jifen.Cycle;
using Jifen.Cycle.Permissions;

namespace Jifen.Store.Reads;

/// <summary>One reading of somebody's points by somebody else.</summary>
public sealed record ReadLogRow
{
    public required DateTimeOffset ReadAt { get; init; }

    public required PersonId Reader { get; init; }

    /// <summary>null when the reader's name is out of sight</summary>
    public string? ReaderName { get; init; }

    /// <summary>kebab-case word of the role in which the page was opened</summary>
    public required string Office { get; init; }

    public required string Action { get; init; }

    public required string Page { get; init; }

    public string? Reason { get; init; }

    /// <summary>how many people the page showed</summary>
    public required int People { get; init; }
}

/// <summary>谁看过: readings of other people's points, and the reasons stated for them.</summary>
public static class ReadLog
{
    /// <summary>How long a stated reason holds.</summary>
    public static readonly TimeSpan ReasonLife = TimeSpan.FromMinutes(30);

    /// <summary>Enters a reading; in the transaction that reads. Oneself is left out, and nothing is entered where nobody else is left.</summary>
    /// <param name="page">what was opened, in Chinese: 得分单, 积分表</param>
    public static async Task EnterAsync(
        DataScope scope,
        Verdict verdict,
        OrganizationId organization,
        string page,
        IEnumerable<PersonId> persons,
        string? reason,
        DateTimeOffset now,
        CancellationToken cancel = default)
    {
        var others = persons.Where(person => person != scope.Person).Select(person => person.Value).Distinct().ToArray();
        if (others.Length > 0)
        {
            await scope.ExecuteAsync(
                """
                insert into read_log (read_at, reader, office, organization_id, action, page, persons, reason)
                values (@now, @reader, @office, @organization, @action, @page, @others, @reason)
                """,
                new
                {
                    now,
                    reader = scope.Person!.Value.Value,
                    office = Words.Of(verdict.Role!.Value),
                    organization,
                    action = verdict.Action!.Id,
                    page,
                    others,
                    reason,
                },
                cancel);
        }
    }

    /// <summary>Who looked at somebody's data, the latest first.</summary>
    public static Task<IReadOnlyList<ReadLogRow>> AboutAsync(DataScope scope, PersonId person, int most, CancellationToken cancel = default) =>
        scope.QueryAsync<ReadLogRow>(
            """
            select l.read_at, l.reader, p.name as reader_name, l.office, l.action, l.page, l.reason, cardinality(l.persons) as people
            from read_log l left join person p on p.person_id = l.reader
            where l.persons @> array[@person]::uuid[] and l.reader <> @person
            order by l.read_at desc, l.read_id desc
            limit @most
            """,
            new { person, most },
            cancel);

    /// <summary>States why one looks; holds for <see cref="ReasonLife"/>.</summary>
    public static Task<int> StateReasonAsync(
        DataScope scope, OrganizationId organization, string reason, DateTimeOffset now, CancellationToken cancel = default) =>
        scope.ExecuteAsync(
            "insert into read_reason (stated_at, reader, organization_id, reason) values (@now, @reader, @organization, @reason)",
            new { now, reader = scope.Person!.Value.Value, organization, reason },
            cancel);

    /// <summary>The reason for what is bound to one.</summary>
    /// <returns>the reason stated last for this organization; null when none holds any more, or none is needed</returns>
    public static async Task<string?> ReasonAsync(DataScope scope, Verdict verdict, OrganizationId organization, DateTimeOffset now, CancellationToken cancel = default) =>
        !verdict.Needs(Qualifiers.NeedsReason) ? null : await scope.OneAsync<string>(
            """
            select r.reason from read_reason r
            where r.reader = @reader and r.organization_id = @organization and r.stated_at > @since
            order by r.stated_at desc, r.reason_id desc
            limit 1
            """,
            new { reader = scope.Person!.Value.Value, organization, since = now - ReasonLife },
            cancel);
}
