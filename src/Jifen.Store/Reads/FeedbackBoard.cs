using Jifen.Cycle;
using Jifen.Cycle.Declarations;
using Jifen.Cycle.Feedback;
using Jifen.Cycle.Rounds;

namespace Jifen.Store.Reads;

/// <summary>How one member stands to the feedback of a round.</summary>
public sealed record FeedbackRow
{
    public required PersonId PersonId { get; init; }

    public DateTimeOffset? SeenAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>the total he agreed with</summary>
    public decimal? Total { get; init; }

    public required int Defences { get; init; }

    public required int Unanswered { get; init; }
}

/// <summary>A defence with its answer, as the person who asks may read it.</summary>
public sealed record DefenceRow
{
    public required DefenceId DefenceId { get; init; }

    public required PersonId PersonId { get; init; }

    public required string Name { get; init; }

    public required string Round { get; init; }

    public DeclarationId? DeclarationId { get; init; }

    /// <summary>null where it is out of sight, or was erased</summary>
    public string? Text { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    public string? Outcome { get; init; }

    public string? Answer { get; init; }

    public string? AnswererName { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DefenceOutcome? OutcomeOf => Words.Read<DefenceOutcome>(Outcome);

    public DefenceOnRecord OnRecord => new(DefenceId, PersonId, RoundKey.Known(Round), AnsweredAt is not null);
}

/// <summary>反馈: who has seen, who agreed, who defends himself.</summary>
public static class FeedbackBoard
{
    /// <returns>of everybody who has opened or answered; nobody else has a row</returns>
    public static async Task<IReadOnlyDictionary<PersonId, FeedbackRow>> OfAsync(DataScope scope, OrganizationId branch, string round, CancellationToken cancel = default) =>
        (await scope.QueryAsync<FeedbackRow>(
            """
            select p.person_id, s.seen_at, a.accepted_at, a.total,
                (select count(*)::int from defence d where d.organization_id = @branch and d.round = @round and d.person_id = p.person_id) as defences,
                (select count(*)::int from defence d
                 where d.organization_id = @branch and d.round = @round and d.person_id = p.person_id and d.answered_at is null) as unanswered
            from (
                select person_id from feedback_seen where organization_id = @branch and round = @round
                union select person_id from feedback_answer where organization_id = @branch and round = @round
                union select person_id from defence where organization_id = @branch and round = @round
            ) as p
            left join feedback_seen s on s.organization_id = @branch and s.round = @round and s.person_id = p.person_id
            left join feedback_answer a on a.organization_id = @branch and a.round = @round and a.person_id = p.person_id
            """,
            new { branch, round },
            cancel)).ToDictionary(row => row.PersonId);

    /// <param name="person">null: everybody's</param>
    public static Task<IReadOnlyList<DefenceRow>> DefencesAsync(
        DataScope scope, OrganizationId branch, string round, PersonId? person = null, CancellationToken cancel = default) => scope.QueryAsync<DefenceRow>(
        $"{Columns} where d.organization_id = @branch and d.round = @round and (@person::uuid is null or d.person_id = @person) order by d.answered_at is not null, d.raised_at",
        new { branch, round, person },
        cancel);

    /// <returns>null when there is none in this branch</returns>
    public static Task<DefenceRow?> DefenceAsync(DataScope scope, OrganizationId branch, DefenceId defence, CancellationToken cancel = default) =>
        scope.OneAsync<DefenceRow>($"{Columns} where d.organization_id = @branch and d.defence_id = @defence", new { branch, defence }, cancel);

    /// <summary>Rounds in which a defence of somebody else waits.</summary>
    public static Task<IReadOnlyList<string>> WaitingRoundsAsync(DataScope scope, OrganizationId branch, PersonId but, CancellationToken cancel = default) =>
        scope.QueryAsync<string>(
            "select distinct round from defence where organization_id = @branch and answered_at is null and person_id <> @but order by round", new { branch, but }, cancel);

    /// <summary>Says that the person who asks has opened his sheet; the first time counts.</summary>
    public static Task<int> SeeAsync(DataScope scope, OrganizationId branch, string round, DateTimeOffset now, CancellationToken cancel = default) => scope.ExecuteAsync(
        """
        insert into feedback_seen (organization_id, round, person_id, seen_at) values (@branch, @round, @Person, @now)
        on conflict (organization_id, round, person_id) do nothing
        """,
        new { branch, round, scope.Person, now },
        cancel);

    private const string Columns = """
        select d.defence_id, d.person_id, coalesce(p.name, '（看不到姓名）') as name, d.round, d.declaration_id, w.body as text, d.raised_at, d.outcome,
            x.body as answer, who.name as answerer_name, d.answered_at
        from defence d
        left join person p using (person_id)
        left join person who on who.person_id = d.answered_by
        left join written_text w on w.organization_id = d.organization_id and w.digest = d.digest
        left join written_text x on x.organization_id = d.organization_id and x.digest = d.answer
        """;
}
