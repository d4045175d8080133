using Jifen.Cycle;
using Jifen.Cycle.Declarations;
using Jifen.Cycle.Rounds;

namespace Jifen.Store.Reads;

/// <summary>A declaration with what became of it, as the person who asks may see it.</summary>
public sealed record DeclarationRow
{
    public required DeclarationId DeclarationId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required PersonId PersonId { get; init; }

    public required string Name { get; init; }

    public required PersonId AuthorId { get; init; }

    public required bool IsReport { get; init; }

    /// <summary>the person who asks declared it</summary>
    public required bool IsMine { get; init; }

    public required string Kind { get; init; }

    public required DateOnly HappenedOn { get; init; }

    public decimal? Quantity { get; init; }

    public string? Level { get; init; }

    public string? Content { get; init; }

    public decimal? Points { get; init; }

    public required string Ground { get; init; }

    public required Guid[] Evidence { get; init; }

    public required string State { get; init; }

    public required string Round { get; init; }

    public required string Step { get; init; }

    public required string Digest { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required DateTimeOffset StateAt { get; init; }

    public string? StateByName { get; init; }

    public string? Reason { get; init; }

    public bool? IsChanged { get; init; }

    public decimal? ComputedAsDeclared { get; init; }

    public decimal? ComputedAsAccepted { get; init; }

    /// <summary>the entry by which it was submitted</summary>
    public required EntryId Entry { get; init; }

    /// <summary>the fact it became</summary>
    public EntryId? Fact { get; init; }

    public required int Testimonies { get; init; }

    public DeclarationState StateOf => Words.Known<DeclarationState>(State);

    public DeclaredMatter Matter => new(PersonId, Kind, HappenedOn, Quantity, Level, Content, Points, Ground, [.. Evidence.Select(id => new EvidenceId(id))]);

    public DeclarationOnRecord OnRecord => new(DeclarationId, Matter, AuthorId, IsReport, IsMine, StateOf, RoundKey.Known(Round), Step);
}

/// <summary>What one who benefited was asked and said.</summary>
public sealed record TestimonyRow
{
    public required string AskedOf { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? GivenAt { get; init; }

    public string? Name { get; init; }

    public bool? Confirms { get; init; }

    public string? Body { get; init; }

    public string? Digest { get; init; }
}

/// <summary>申报: own ones, and for those who review those of the branch. Row-level security decides who sees which.</summary>
public static class DeclarationBoard
{
    private const string Columns = """
        select d.declaration_id, d.organization_id, d.person_id, coalesce(p.name, '（看不到姓名）') as name, d.author_id, d.is_report,
            d.author_id = @me or speaks_under(d.author_id) as is_mine, d.kind, d.happened_on, d.quantity, d.level, d.content, d.points, d.ground, d.evidence,
            s.state, s.round, s.step, s.digest, s.submitted_at, s.state_at, who.name as state_by_name, w.body as reason, s.is_changed,
            s.computed_as_declared, s.computed_as_accepted, s.entry_id as entry, (select f.entry_id from fact f where f.declaration_id = d.declaration_id limit 1) as fact,
            (select count(*)::int from testimony t where t.declaration_id = d.declaration_id) as testimonies
        from declaration d
        join declaration_state s using (declaration_id)
        left join person p on p.person_id = d.person_id
        left join person who on who.person_id = s.state_by
        left join written_text w on w.declaration_id = d.declaration_id and w.digest = s.reason
        """;

    /// <summary>Declared by the person who asks, the newest first.</summary>
    public static Task<IReadOnlyList<DeclarationRow>> MineAsync(DataScope scope, CancellationToken cancel = default) => scope.QueryAsync<DeclarationRow>(
        $"{Columns} where (d.author_id = @me or speaks_under(d.author_id)) order by s.submitted_at desc, d.declaration_id limit 200",
        new { me = scope.Person },
        cancel);

    /// <summary>Declared by or about others, as far as the person who asks reviews them.</summary>
    /// <param name="round">null: of every round</param>
    /// <param name="isWaiting">only those not decided yet</param>
    public static Task<IReadOnlyList<DeclarationRow>> OfBranchAsync(
        DataScope scope, OrganizationId branch, string? round, bool isWaiting, CancellationToken cancel = default) => scope.QueryAsync<DeclarationRow>(
        $"""
        {Columns}
        where d.organization_id = @branch and (@round::text is null or s.round = @round) and (not @isWaiting or s.state = 'submitted')
            and s.state not in ('withdrawn', 'replaced')
        order by s.round, s.submitted_at, d.declaration_id limit 500
        """,
        new { me = scope.Person, branch, round, isWaiting },
        cancel);

    /// <returns>null when there is none in sight</returns>
    public static Task<DeclarationRow?> OneAsync(DataScope scope, DeclarationId declaration, CancellationToken cancel = default) =>
        scope.OneAsync<DeclarationRow>($"{Columns} where d.declaration_id = @declaration", new { me = scope.Person, declaration }, cancel);

    /// <summary>How many wait in a round, whoever asks: also those he may not see.</summary>
    public static Task<int> WaitingAsync(DataScope scope, OrganizationId branch, string? round, CancellationToken cancel = default) =>
        scope.OneAsync<int>("select waiting_declarations(@branch, @round)", new { branch, round }, cancel);

    /// <summary>Who reported it; null when the person who asks may not know, or it is no report.</summary>
    public static Task<ReporterRow?> ReporterAsync(DataScope scope, PersonId author, CancellationToken cancel = default) => scope.OneAsync<ReporterRow>(
        "select r.person_id, coalesce(p.name, '（看不到姓名）') as name from declaration_reporter r left join person p using (person_id) where r.author_id = @author",
        new { author },
        cancel);

    public static Task<IReadOnlyList<TestimonyRow>> TestimoniesAsync(DataScope scope, DeclarationId declaration, CancellationToken cancel = default) =>
        scope.QueryAsync<TestimonyRow>(
            """
            select l.asked_of, l.asked_at, l.expires_at, t.given_at, t.name, t.confirms, t.body, t.digest
            from beneficiary_link l left join testimony t using (link_id)
            where l.declaration_id = @declaration order by l.asked_at, l.link_id
            """,
            new { declaration },
            cancel);

    public static Task<IReadOnlyList<EvidenceRow>> FilesAsync(DataScope scope, DeclarationId declaration, CancellationToken cancel = default) =>
        scope.QueryAsync<EvidenceRow>(
            """
            select v.evidence_id, v.file_name, v.size, v.media_type, v.sha256, v.kept_at, null as keeper
            from declaration d cross join unnest(d.evidence) with ordinality as used (evidence_id, place) join evidence v using (evidence_id)
            where d.declaration_id = @declaration order by used.place
            """,
            new { declaration },
            cancel);

    /// <summary>What is on record, or declared, of one kind in some days: for pointing out what may be the same matter.</summary>
    public static async Task<IReadOnlyList<KnownMatter>> KnownAsync(
        DataScope scope, OrganizationId branch, string kind, DateOnly since, DateOnly until, DeclarationId? without = null, CancellationToken cancel = default)
    {
        var rows = await scope.QueryAsync<KnownRow>(
            """
            select k.entry_id, k.declaration_id, k.person_id, coalesce(p.name, '') as name, k.happened_on, k.level, k.content
            from (
                select f.entry_id, f.declaration_id, f.person_id, f.happened_on, f.level, f.content from fact f
                where f.organization_id = @branch and f.kind = @kind and f.happened_on between @since and @until and f.ended_at is null and f.state <> 'rejected'
                union all
                select null, d.declaration_id, d.person_id, d.happened_on, d.level, d.content from declared_matters(@branch, @kind, @since, @until) d
            ) as k left join person p using (person_id)
            where k.declaration_id is null or k.declaration_id is distinct from @without
            order by k.happened_on, p.name
            """,
            new { branch, kind, since, until, without },
            cancel);
        return [.. rows.Select(row => new KnownMatter(row.PersonId, row.Name, kind, row.HappenedOn, row.Level, row.Content, row.EntryId, row.DeclarationId))];
    }

    private sealed record KnownRow
    {
        public EntryId? EntryId { get; init; }

        public DeclarationId? DeclarationId { get; init; }

        public required PersonId PersonId { get; init; }

        public required string Name { get; init; }

        public required DateOnly HappenedOn { get; init; }

        public string? Level { get; init; }

        public string? Content { get; init; }
    }
}

/// <summary>Who reported something about somebody else.</summary>
public sealed record ReporterRow
{
    public required PersonId PersonId { get; init; }

    public required string Name { get; init; }
}
