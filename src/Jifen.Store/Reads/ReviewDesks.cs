using System.Security.Cryptography;
using System.Text;
using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Reviews;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Scorecards;
using Jifen.Store.Ledgers;
using Jifen.Store.Steps;

namespace Jifen.Store.Reads;

/// <summary>A review with everything that is before it.</summary>
/// <param name="Scores">as the round leaves them</param>
/// <param name="Digest">SHA-256 of the canonical JSON of the table of points, lower-case hex: what is signed</param>
public sealed record OpenReview(BranchYear Year, ReviewDesk Desk, LiveYear Now, LiveYear Scores, string Digest)
{
    public PlannedStep Step => Desk.Bench.Step;
}

/// <summary>初评、考评 of a round, read for pages and steps alike.</summary>
public sealed class ReviewDesks(YearBoards boards, LiveScores live)
{
    public YearBoards Boards => boards;

    public LiveScores Live => live;

    /// <summary>The step in which a round is reviewed; null: the scheme has none in it.</summary>
    public static PlannedStep? StepOf(YearBoard board, RoundKey round) =>
        board.Plan.In(round).FirstOrDefault(step => step.Step.Kind is StepKinds.Review or StepKinds.GroupEvaluation);

    /// <returns>null: no scheme, no such round, or nothing is reviewed in it</returns>
    public async Task<OpenReview?> OfAsync(DataScope scope, OrganizationId branch, RoundKey round, PersonId actor, CancellationToken cancel = default)
    {
        if (await boards.OfAsync(scope, branch, round.Year, cancel) is not { } year || StepOf(year.Board, round) is not { } step
            || await live.OfAsync(scope, branch, round.Year, scope.Today, cancel) is not { } now)
        {
            return null;
        }

        var scores = now with { Scores = RoundScores.Of(now.Scores, step.Round) };
        var marks = (await scope.QueryAsync<MarkRow>(
            // A review that was opened again is done again: what was found right before it counts no more.
            """
            select m.person_id, m.total from review_mark m
            where m.organization_id = @branch and m.round = @round and m.step = @Name
                and m.reviewed_at >= (
                    select max(e.recorded_at) from ledger_entry e
                    where e.stream_id = @branch and e.kind = 'round-step-begun' and e.body::jsonb ->> 'round' = @round and e.body::jsonb ->> 'step' = @Name)
            """,
            new { branch, round = round.ToString(), step.Name },
            cancel)).ToDictionary(mark => mark.PersonId, mark => mark.Total);
        var table = ReviewTable.Of(round, scores.Scores);
        var lines = table.People
            .Select(line => new ReviewLine(
                line.Person, scores.Scores.PersonOf(line.Person)!.Member.Name, line.Total, marks.TryGetValue(line.Person, out var total) ? total : null))
            .ToList();
        var pending = await scope.OneAsync<int>(
            "select count(*)::int from fact where organization_id = @branch and state = 'pending' and ended_at is null and happened_on between @First and @Last",
            new { branch, step.Round.First, step.Round.Last },
            cancel);
        var desk = new ReviewDesk(
            year.Board, await BenchAsync(scope, branch, step, actor, cancel), lines, await DeclarationBoard.WaitingAsync(scope, branch, round.ToString(), cancel), pending);
        return new OpenReview(year, desk, now, scores, DigestOf(table));
    }

    /// <summary>Who reviews in this branch today.</summary>
    public static async Task<ReviewBench> BenchAsync(DataScope scope, OrganizationId branch, PlannedStep step, PersonId actor, CancellationToken cancel = default)
    {
        var seats = await scope.QueryAsync<SeatRow>(
            """
            select t.person_id, t.office from office_term t
            where t.organization_id = @branch and t.from_on <= @Today and (t.to_on is null or t.to_on >= @Today)
            """,
            new { branch, scope.Today },
            cancel);
        var known = seats.Select(seat => new Seat(seat.PersonId, Words.Known<Office>(seat.Office))).ToList();
        return new ReviewBench(step, actor, known, [.. known.Where(seat => seat.Office == Office.Recorder).Select(seat => seat.Person)]);
    }

    public static string DigestOf(ReviewTable table) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.OfValue(table))));

    /// <summary>The second person signs what the first signed.</summary>
    public Recheck SigningRecheck => new(
        Actions.PE2SignReview, (scope, branch, happenings, cancel) => ObjectionAsync(scope, branch, happenings, scope.Person!.Value, cancel));

    /// <summary>Why a second person cannot sign what waits: not of the body, the step is over, or the table is not the one that was signed first.</summary>
    public async Task<Refusal?> ObjectionAsync(
        DataScope scope, OrganizationId branch, IEnumerable<Happening> happenings, PersonId second, CancellationToken cancel = default)
    {
        foreach (var ended in happenings.Select(happening => happening.Event).OfType<RoundStepEnded>())
        {
            if (RoundKey.Read(ended.Round) is { } round && await OfAsync(scope, branch, round, second, cancel) is { } review && review.Step.Name == ended.Step)
            {
                // Two may have signed first, each waiting for a second: the step ends once.
                return review.Desk.Bench.Objection() ?? review.Desk.Board.ObjectionToEnd(review.Desk.Bench.Step) ?? (review.Digest == ended.Digest ? null : new SignedTableHasChanged());
            }
        }

        return null;
    }

    private sealed record MarkRow
    {
        public required PersonId PersonId { get; init; }

        public required decimal Total { get; init; }
    }

    private sealed record SeatRow
    {
        public required PersonId PersonId { get; init; }

        public required string Office { get; init; }
    }
}

/// <summary>Two people sign the same table, or none.</summary>
public sealed record SignedTableHasChanged()
    : Refusal("第一个人签了以后，积分表有了变动，不能再签同一张。请拒绝这一步，到初评页看过变动，重新签。");
