using System.Text.Json;
using Jifen.Cycle;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Evaluations;
using Jifen.Cycle.Rounds;
using Jifen.Store.Ledgers;

namespace Jifen.Store.Reads;

/// <summary>A box with what came of it; nothing of it before it is closed.</summary>
/// <param name="Received">null: not counted</param>
/// <param name="Tallies">empty: not counted, or fewer than five ballots</param>
public sealed record BallotBoxOutcome(
    BallotBox Box, DateOnly OpenedOn, PersonId OpenedBy, DateOnly? ClosedOn, int? Received, int? Papers, IReadOnlyList<PersonId> Tellers, IReadOnlyList<BallotTally> Tallies,
    string? Digest, string? Note)
{
    /// <summary>The count of all voters together; null where it is not broken down.</summary>
    public BallotTally? All => Tallies.FirstOrDefault(tally => tally.Voter is null);
}

/// <summary>Secret votes of a branch: what is known of them from outside.</summary>
public static class BallotBoxes
{
    public static async Task<BallotBoxOutcome?> OneAsync(DataScope scope, OrganizationId branch, BallotBoxId box, CancellationToken cancel = default) =>
        (await scope.OneAsync<Row>($"{Select} where organization_id = @branch and box_id = @box", new { branch, box }, cancel))?.ToOutcome();

    /// <summary>Of the steps of one round, the earliest first.</summary>
    public static async Task<IReadOnlyList<BallotBoxOutcome>> InRoundAsync(DataScope scope, OrganizationId branch, RoundKey round, CancellationToken cancel = default) =>
        [.. (await scope.QueryAsync<Row>(
            $"{Select} where organization_id = @branch and round = @round and step is not null {Order}", new { branch, round = round.ToString() }, cancel))
            .Select(row => row.ToOutcome())];

    /// <summary>Of one motion, the earliest first.</summary>
    public static async Task<IReadOnlyList<BallotBoxOutcome>> OfMotionAsync(DataScope scope, OrganizationId branch, MotionId motion, CancellationToken cancel = default) =>
        [.. (await scope.QueryAsync<Row>($"{Select} where organization_id = @branch and motion_id = @motion {Order}", new { branch, motion }, cancel))
            .Select(row => row.ToOutcome())];

    /// <summary>Opinions of a counted box, in no order of their own; for those who have to look into them.</summary>
    public static Task<IReadOnlyList<string>> OpinionsAsync(DataScope scope, BallotBoxId box, CancellationToken cancel = default) =>
        scope.QueryAsync<string>("select text from ballot_opinion where box_id = @box order by text", new { box }, cancel);

    /// <summary>Points as they stand on the ballots, by the subject's id as text; empty where no points are judged.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> TotalsAsync(DataScope scope, BallotBoxId box, CancellationToken cancel = default) =>
        (await scope.QueryAsync<TotalRow>(
            "select r ->> 'person' as subject, r ->> 'total' as total from ballot_box b, jsonb_array_elements(b.table_rows) r where b.box_id = @box and r ->> 'total' is not null",
            new { box },
            cancel)).ToDictionary(row => row.Subject, row => row.Total, StringComparer.Ordinal);

    /// <summary>Votes that go on now.</summary>
    public static async Task<IReadOnlyList<BallotBoxOutcome>> RunningAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        [.. (await scope.QueryAsync<Row>($"{Select} where organization_id = @branch and state in ('handing-out', 'open') {Order}", new { branch }, cancel))
            .Select(row => row.ToOutcome())];

    // As they were entered: two boxes of one day are told apart by nothing else.
    private const string Order = "order by (select e.seq from ledger_entry e where e.entry_id = ballot_box.entry_id)";

    private const string Select =
        """
        select box_id, kind, round, step, motion_id, subjects, choices, slips::text as slips, asks_opinions, state, opened_on, opened_by, closed_on, received, papers, tellers,
            tallies::text as tallies, digest, note
        from ballot_box
        """;

    private sealed record TotalRow
    {
        public required string Subject { get; init; }

        public required string Total { get; init; }
    }

    private sealed record Row
    {
        public required BallotBoxId BoxId { get; init; }

        public required string Kind { get; init; }

        public required string Round { get; init; }

        public string? Step { get; init; }

        public MotionId? MotionId { get; init; }

        public required string[] Subjects { get; init; }

        public required string[] Choices { get; init; }

        public required string Slips { get; init; }

        public required bool AsksOpinions { get; init; }

        public required string State { get; init; }

        public required DateOnly OpenedOn { get; init; }

        public required PersonId OpenedBy { get; init; }

        public DateOnly? ClosedOn { get; init; }

        public int? Received { get; init; }

        public int? Papers { get; init; }

        public Guid[]? Tellers { get; init; }

        public string? Tallies { get; init; }

        public string? Digest { get; init; }

        public string? Note { get; init; }

        public BallotBoxOutcome ToOutcome() => new(
            new BallotBox(
                BoxId, Words.Known<BallotKind>(Kind), RoundKey.Known(Round), Step, MotionId, Subjects, Choices,
                JsonSerializer.Deserialize<List<SlipsIssued>>(Slips, CanonicalJson.Options)!, AsksOpinions, Words.Known<BallotBoxState>(State)),
            OpenedOn,
            OpenedBy,
            ClosedOn,
            Received,
            Papers,
            [.. (Tellers ?? []).Select(teller => new PersonId(teller))],
            Tallies is null ? [] : JsonSerializer.Deserialize<List<BallotTally>>(Tallies, CanonicalJson.Options)!,
            Digest,
            Note);
    }
}
