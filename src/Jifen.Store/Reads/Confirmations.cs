using System.Text.Json;
using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Store.Ledgers;
using Jifen.Store.Steps;

namespace Jifen.Store.Reads;

/// <summary>A step that waits, as /confirmations shows it.</summary>
/// <param name="Summary">with the names this person may see</param>
/// <param name="Objection">why this person cannot confirm it; null when he can</param>
public sealed record WaitingStep(PendingStep Step, string Summary, Refusal? Objection, bool IsMine);

/// <summary>A step that was answered, or ran out, lately.</summary>
public sealed record AnsweredStep
{
    public required OperationId OperationId { get; init; }

    public required string OrganizationName { get; init; }

    public required string Summary { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    public required PersonId ProposedBy { get; init; }

    /// <summary>null: nobody answered in time</summary>
    public bool? Confirmed { get; init; }

    public string? Reason { get; init; }

    public string? AnsweredBy { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }
}

/// <summary>What waits for a second person, and what became of what did.</summary>
public static class Confirmations
{
    /// <summary>What this person may confirm, has asked for, or may see; the oldest first.</summary>
    public static async Task<IReadOnlyList<WaitingStep>> WaitingAsync(DataScope scope, Actor me, DateTimeOffset now, CancellationToken cancel = default)
    {
        var pending = await PendingSteps.OpenAsync(scope, now, cancel);
        var names = await NamesAsync(scope, pending.Select(step => step.Summary), cancel);
        var waiting = new List<WaitingStep>();
        foreach (var step in pending)
        {
            foreach (var name in step.Names is null ? [] : JsonSerializer.Deserialize<List<PersonName>>(step.Names, CanonicalJson.Options)!)
            {
                names.TryAdd(name.Person, name.Name);
            }

            var objection = await PendingSteps.ObjectionAsync(scope, me, step, cancel);
            waiting.Add(new WaitingStep(step, PersonToken.Read(step.Summary, person => names.GetValueOrDefault(person)), objection, step.ProposedBy == me.Person));
        }

        return waiting;
    }

    /// <summary>Names of those a step speaks of: the ones it registers, and the ones this person may see.</summary>
    public static async Task<IReadOnlyDictionary<PersonId, string>> NamesInAsync(
        DataScope scope, IReadOnlyList<Happening> happenings, CancellationToken cancel = default)
    {
        var names = await NamesAsync(scope, happenings.Where(one => one.About is not null).Select(one => PersonToken.Of(one.About!.Value)), cancel);
        foreach (var name in happenings.Select(one => one.Names).OfType<PersonName>())
        {
            names[name.Person] = name.Name;
        }

        return names;
    }

    /// <summary>How many wait for this person's confirmation: for the menu and the start page.</summary>
    public static async Task<int> CountAsync(DataScope scope, Actor me, DateTimeOffset now, CancellationToken cancel = default)
    {
        var count = 0;
        foreach (var step in await PendingSteps.OpenAsync(scope, now, cancel))
        {
            count += await PendingSteps.ObjectionAsync(scope, me, step, cancel) is null ? 1 : 0;
        }

        return count;
    }

    /// <summary>What was answered since, in which this person took part.</summary>
    public static async Task<IReadOnlyList<AnsweredStep>> AnsweredAsync(
        DataScope scope, PersonId me, DateTimeOffset since, DateTimeOffset now, CancellationToken cancel = default)
    {
        var rows = await scope.QueryAsync<AnsweredStep>(
            """
            select p.operation_id, o.name as organization_name, p.summary, p.proposed_at, p.proposed_by, a.confirmed, a.reason, w.name as answered_by, a.answered_at
            from pending_step p
            join organization o using (organization_id)
            left join pending_step_answer a using (operation_id)
            left join person w on w.person_id = a.answered_by
            where (p.proposed_by = @me or a.answered_by = @me) and p.proposed_at >= @since and (a.operation_id is not null or p.expires_at <= @now)
            order by coalesce(a.answered_at, p.expires_at) desc
            limit 30
            """,
            new { me, since, now },
            cancel);
        var names = await NamesAsync(scope, rows.Select(row => row.Summary), cancel);
        return [.. rows.Select(row => row with { Summary = PersonToken.Read(row.Summary, person => names.GetValueOrDefault(person)) })];
    }

    private static async Task<Dictionary<PersonId, string>> NamesAsync(DataScope scope, IEnumerable<string> summaries, CancellationToken cancel)
    {
        var ids = summaries.SelectMany(PersonToken.In).Select(person => person.Value).Distinct().ToArray();
        return (await scope.QueryAsync<NameRow>("select person_id, name from person where person_id = any (@ids)", new { ids }, cancel))
            .ToDictionary(row => row.PersonId, row => row.Name);
    }

    private sealed record NameRow
    {
        public required PersonId PersonId { get; init; }

        public required string Name { get; init; }
    }
}
