using Jifen.Cycle;
using Jifen.Cycle.Records;

namespace Jifen.Store.Reads;

/// <summary>党费 of a person and month as it stands.</summary>
public sealed record DuesCell
{
    public required EntryId EntryId { get; init; }

    public required PersonId PersonId { get; init; }

    public required DateOnly Month { get; init; }

    public required decimal Due { get; init; }

    public required decimal Paid { get; init; }

    public DateOnly? PaidOn { get; init; }

    public DuesLine Line => new(PersonId, Month, Due, Paid, PaidOn);
}

/// <summary>Dues on record.</summary>
public static class DuesBoard
{
    /// <summary>What holds of these months, by whomever it was recorded.</summary>
    /// <param name="to">included</param>
    public static Task<IReadOnlyList<DuesCell>> OfAsync(
        DataScope scope, IEnumerable<PersonId> people, DateOnly from, DateOnly to, CancellationToken cancel = default) =>
        scope.QueryAsync<DuesCell>(
            """
            select d.entry_id, d.person_id, d.month, d.due, d.paid, d.paid_on
            from dues d
            where d.person_id = any (@people) and d.month between @from and @to and d.ended_at is null
            """,
            new { people = people.Select(person => person.Value).ToArray(), from, to },
            cancel);

    public static async Task<IReadOnlyDictionary<(PersonId Person, DateOnly Month), StandingDues>> StandingAsync(
        DataScope scope, IReadOnlyCollection<DuesLine> lines, CancellationToken cancel = default)
    {
        if (lines.Count == 0)
        {
            return new Dictionary<(PersonId, DateOnly), StandingDues>();
        }

        var cells = await OfAsync(scope, lines.Select(line => line.Person).Distinct(), lines.Min(line => line.Month), lines.Max(line => line.Month), cancel);
        return cells.ToDictionary(cell => (cell.PersonId, cell.Month), cell => new StandingDues(cell.EntryId, cell.Due, cell.Paid, cell.PaidOn));
    }

    /// <summary>What each was due the month before: proposed for the next.</summary>
    public static async Task<IReadOnlyDictionary<PersonId, decimal>> LastDueAsync(
        DataScope scope, IEnumerable<PersonId> people, DateOnly month, CancellationToken cancel = default)
    {
        var rows = await scope.QueryAsync<DueRow>(
            """
            select distinct on (d.person_id) d.person_id, d.due
            from dues d
            where d.person_id = any (@people) and d.month < @month and d.month >= @since and d.ended_at is null
            order by d.person_id, d.month desc
            """,
            new { people = people.Select(person => person.Value).ToArray(), month, since = month.AddYears(-1) },
            cancel);
        return rows.ToDictionary(row => row.PersonId, row => row.Due);
    }

    private sealed record DueRow
    {
        public required PersonId PersonId { get; init; }

        public required decimal Due { get; init; }
    }
}
