using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Jifen.Cycle;
using Jifen.Cycle.Evaluations;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Facts;
using Jifen.Store.Ledgers;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>One-time codes of one kind of voters.</summary>
public sealed record SlipCodes(VoterKind Voter, IReadOnlyList<string> Codes);

/// <summary>Secret votes: opening, starting, counting and annulling a box. Casting is not here: it knows nobody.</summary>
public sealed class BallotSteps(StepRunner steps, YearBoards boards, RoundTables tables, MeetingSteps meetings)
{
    /// <summary>The digest under which a code is known; of what was typed only letters and figures count.</summary>
    public static byte[] HashOf(string code) =>
        SHA256.HashData(Encoding.ASCII.GetBytes(new string([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)])));

    /// <param name="codes">made for this form; handed out by nobody else</param>
    public Task<StepResult> OpenAsync(
        OrganizationId branch, OpenMotionBallot command, IReadOnlyList<SlipCodes> codes, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(Actions.MT1RunMembersMeeting, branch, command with { Box = default }, "发票", by, operation, async context =>
            await meetings.CaseAsync(context.Scope, branch, command.Motion, cancel) is { } of
                ? await WithSlipsAsync(context, command.Box, codes, command.Decide(of, await PaperTellers.OfAsync(context.Scope, branch, of.Motion?.Concerned ?? [], cancel)), cancel)
                : new Cycle.Decisions.NoSuchMotion(), cancel);

    /// <inheritdoc cref="OpenAsync(OrganizationId, OpenMotionBallot, IReadOnlyList{SlipCodes}, PersonId, OperationId, CancellationToken)"/>
    public Task<StepResult> OpenAsync(
        OrganizationId branch, OpenEvaluation command, IReadOnlyList<SlipCodes> codes, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(Actions.MA4RunEvaluation, branch, command with { Box = default }, "发票", by, operation, async context =>
        {
            if (await boards.BoardAsync(context.Scope, branch, command.Round, cancel) is not { } board || board.Plan.Find(command.Round) is not { } round)
            {
                return new NoSuchRoundStep(command.Step);
            }

            var roll = await GatheringStates.OnRollAsync(context.Scope, branch, context.Today, cancel);
            var running = (await BallotBoxes.InRoundAsync(context.Scope, branch, command.Round, cancel)).Any(one => one.Box.Step == command.Step && one.Box.IsRunning);
            return await WithSlipsAsync(
                context,
                command.Box,
                codes,
                command.Decide(
                    board,
                    [.. roll.Where(person => person.Standing is Standing.Full or Standing.Probationary).Select(person => person.Person)],
                    await tables.TableAsync(context.Scope, branch, round, cancel),
                    board.Plan.Scheme.Steps.Any(step => step.Kind == StepKinds.GroupEvaluation),
                    running,
                    await PaperTellers.OfAsync(context.Scope, branch, [], cancel)),
                cancel);
        }, cancel);

    public Task<StepResult> StartAsync(OrganizationId branch, StartBalloting command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        OnBoxAsync(branch, command.Box, command, "开始投票", by, operation, async context => command.Decide(await BoxAsync(context.Scope, branch, command.Box, cancel)), cancel);

    public Task<StepResult> AnnulAsync(OrganizationId branch, AnnulBallots command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        OnBoxAsync(branch, command.Box, command, "作废重投", by, operation, async context => command.Decide(await BoxAsync(context.Scope, branch, command.Box, cancel)), cancel);

    /// <summary>收票、计票: shuts the box, takes the ballots out, counts; for a motion it decides it, for a step it ends it.</summary>
    public Task<StepResult> CloseAsync(OrganizationId branch, CloseBallotBox command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        OnBoxAsync(branch, command.Box, command, "计票", by, operation, async context =>
        {
            var scope = context.Scope;
            if (await BoxAsync(scope, branch, command.Box, cancel) is not { } box || await boards.BoardAsync(scope, branch, box.Round, cancel) is not { } board)
            {
                return new NoSuchBox();
            }

            IReadOnlyList<CastBallot> taken = [];
            var ruling = await command.DecideAsync(
                box,
                box.Papers == 0 ? AgreedPapers.None : await AgreedAsync(scope, command.Box, cancel),
                board,
                box.Motion is { } motion ? await meetings.CaseAsync(scope, branch, motion, cancel) : null,
                async () => taken = await TakeBallotsAsync(scope, command.Box, cancel));
            if (!ruling.IsRefused && taken.Count >= BallotWords.FewestShown)
            {
                await KeepOpinionsAsync(scope, branch, command.Box, taken, cancel);
            }

            return ruling;
        }, cancel);

    /// <summary>监票: what this teller found. Kept apart until a second found the same; nobody reads it before.</summary>
    public Task<Refusal?> CountPapersAsync(OrganizationId branch, CountPapers command, PersonId by, CancellationToken cancel = default) => steps.ReadAsync(by, async scope =>
    {
        if (await BallotBoxes.OneAsync(scope, branch, command.Box, cancel) is not { } found || await Actors.LoadAsync(scope, by, cancel) is not { } actor)
        {
            return new NoSuchBox();
        }

        var of = found.Box.Motion is { } motion ? (await Meetings.MotionAsync(scope, branch, motion, cancel))?.Motion : null;
        var names = await KnownNames.OfAsync(scope, found.Box.People, cancel);
        if (command.RefusalFor(found.Box, subject => of?.Title ?? BallotWords.SubjectOf(subject, person => names.GetValueOrDefault(person, "（已转出）"))) is { } wrong)
        {
            return wrong;
        }

        // A vote on everybody concerns nobody in particular; a motion about the teller keeps him out.
        var concerned = of?.Concerned.Contains(by) == true;
        var where = await Scopes.OfAsync(scope, branch, cancel);
        var verdict = Authority.Judge(Actions.MT3ConfirmCount, actor, new Target(where, concerned ? Concern.Of(by) : Concern.Nobody, Stage.Meeting));
        if (verdict.Refusal is { } refusal)
        {
            return refusal;
        }

        await scope.ExecuteAsync("select keep_paper_count(@Box, @counts)", new { command.Box, counts = CanonicalJson.OfValue(command.Counts.OrderBy(count => count.Voter).ToList()) }, cancel);
        await scope.CommitAsync();
        return (Refusal?)null;
    }, cancel);

    private async Task<StepResult> OnBoxAsync(
        OrganizationId branch, BallotBoxId id, object input, string summary, PersonId by, OperationId operation, Func<StepContext, Task<Ruling>> decide, CancellationToken cancel)
    {
        // A motion's vote is the host's, an evaluation the committee's; which it is never changes.
        if (await steps.ReadAsync(by, scope => BoxAsync(scope, branch, id, cancel), cancel) is not { } box)
        {
            return new StepResult(new NoSuchBox(), []);
        }

        return await TakeAsync(
            box.Kind == BallotKind.Motion ? Actions.MT1RunMembersMeeting : Actions.MA4RunEvaluation, branch, input, summary, by, operation, decide, cancel);
    }

    private static async Task<Ruling> WithSlipsAsync(StepContext context, BallotBoxId box, IReadOnlyList<SlipCodes> codes, Ruling ruling, CancellationToken cancel)
    {
        if (ruling.IsRefused)
        {
            return ruling;
        }

        foreach (var of in codes.Where(of => of.Codes.Count > 0))
        {
            await context.Scope.ExecuteAsync(
                "select hand_out_slips(@box, @hashes, @voter)", new { box, hashes = of.Codes.Select(HashOf).ToArray(), voter = Words.Of(of.Voter) }, cancel);
        }

        return ruling;
    }

    private static async Task<BallotBox?> BoxAsync(DataScope scope, OrganizationId branch, BallotBoxId box, CancellationToken cancel) =>
        (await BallotBoxes.OneAsync(scope, branch, box, cancel))?.Box;

    private static async Task<AgreedPapers?> AgreedAsync(DataScope scope, BallotBoxId box, CancellationToken cancel) =>
        await scope.OneAsync<AgreedRow>("select counts, tellers from agreed_paper_count(@box)", new { box }, cancel) is { } row
            ? new AgreedPapers(
                JsonSerializer.Deserialize<List<PaperCount>>(row.Counts, CanonicalJson.Options)!, [.. row.Tellers.Select(teller => new PersonId(teller))])
            : null;

    private static async Task<IReadOnlyList<CastBallot>> TakeBallotsAsync(DataScope scope, BallotBoxId box, CancellationToken cancel) =>
        [.. (await scope.QueryAsync<BallotRow>("select slot, voter, choices from take_ballots(@box)", new { box }, cancel)).Select(row => new CastBallot(
            row.Slot, Words.Known<VoterKind>(row.Voter), BallotText.ChoicesOf(row.Choices), row.Choices))];

    private static async Task KeepOpinionsAsync(DataScope scope, OrganizationId branch, BallotBoxId box, IReadOnlyList<CastBallot> ballots, CancellationToken cancel)
    {
        // Sorted by what they say: the order of the ballots is not theirs.
        foreach (var text in ballots.Select(ballot => BallotText.OpinionOf(ballot.Text)).OfType<string>().Order(StringComparer.Ordinal))
        {
            await scope.ExecuteAsync(
                "insert into ballot_opinion (opinion_id, box_id, organization_id, text) values (gen_random_uuid(), @box, @branch, @text)", new { box, branch, text }, cancel);
        }
    }

    private Task<StepResult> TakeAsync(
        ActionRow action, OrganizationId branch, object input, string summary, PersonId by, OperationId operation, Func<StepContext, Task<Ruling>> decide, CancellationToken cancel) =>
        steps.TakeAsync(new Step(by, action, branch, operation, input, summary) { Stage = Stage.Meeting }, decide, cancel);

    private sealed record AgreedRow
    {
        public required string Counts { get; init; }

        public required Guid[] Tellers { get; init; }
    }

    private sealed record BallotRow
    {
        public required Guid Slot { get; init; }

        public required string Voter { get; init; }

        public required string Choices { get; init; }
    }
}
