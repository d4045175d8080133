using Jifen.Cycle;
using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Outcomes;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Store.Evidence;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>Steps that follow from a settled year: consequences, measures, referrals. Nobody takes one in his own case.</summary>
public sealed class OutcomeSteps(StepRunner steps, YearBoards boards)
{
    /// <summary>提出 or 不采纳: what one meeting decided about one person, or about several. All of it, or nothing.</summary>
    /// <param name="command">the same for all of them</param>
    /// <param name="cases">not empty</param>
    public Task<StepResult> ProposeAsync(
        OrganizationId branch, ProposeOutcome command, IReadOnlyList<HeldOutcome> cases, PersonId by, OperationId operation, CancellationToken cancel = default) => TakeAsync(
        branch, command.Year, Actions.RS2ProposeOutcome, command, $"{(command.IsTaken ? "采纳" : "不采纳")}{Say(command.Year, cases)}", cases,
        command.Decide, by, operation, cancel);

    /// <summary>批准 or 不批准, by two officers above where there are two. All of it, or nothing.</summary>
    /// <inheritdoc cref="ProposeAsync"/>
    public Task<StepResult> AnswerAsync(
        OrganizationId branch, AnswerOutcome command, IReadOnlyList<HeldOutcome> cases, PersonId by, OperationId operation, CancellationToken cancel = default) => TakeAsync(
        branch, command.Year, Actions.RS3ApproveOutcome, command, $"{(command.IsApproved ? "批准" : "不批准")}{Say(command.Year, cases)}", cases,
        command.Decide, by, operation, cancel);

    /// <summary>What was to be approved may have been opened again, or disputed, before the second signature.</summary>
    public Recheck ApprovalRecheck => new(Actions.RS3ApproveOutcome, async (scope, branch, happenings, cancel) =>
    {
        OutcomeStandings? standings = null;
        foreach (var one in happenings)
        {
            var (year, outcome) = one.Event switch
            {
                OutcomeApproved approved => (approved.Year, approved.Outcome),
                OutcomeRefused refused => (refused.Year, refused.Outcome),
                _ => (0, ""),
            };
            if (year == 0)
            {
                continue;
            }

            standings ??= await OutcomeCases.StandingsAsync(scope, boards, branch, year, cancel);
            var standing = standings?.Of(new HeldOutcome(one.About!.Value, outcome));
            if (standing is null || standing.Objection is not null || standing.State != OutcomeState.Proposed)
            {
                return standing?.Objection ?? new OutcomeIsNotWaiting();
            }
        }

        return null;
    });

    /// <summary>开始一项措施.</summary>
    public Task<StepResult> BeginMeasureAsync(
        OrganizationId branch, BeginMeasure command, PersonId about, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        // Its id is made for each form, and must not make a repeated form look like another.
        var input = new { command.Kind, command.DueOn, command.Responsible, command.Year, command.Outcome, about };
        return steps.TakeAsync(
            new Step(by, Actions.RS8CarryOutMeasure, branch, operation, input, $"开始{command.Kind.Name()}") { Concerned = [about] },
            async context =>
            {
                var people = await Measures.ResponsibleAsync(context.Scope, branch, cancel);
                if (!people.Contains(about))
                {
                    return new NoSuchMeasure();
                }

                var isApproved = command is not { Outcome: { } outcome, Year: { } year }
                    || (await OutcomeCases.OfAsync(context.Scope, branch, year, cancel))
                        .Any(one => one.PersonId == about && one.Outcome == outcome && one.StateOf == OutcomeState.Approved);
                return command.Decide(about, people.Contains(command.Responsible), isApproved, context.Today);
            },
            cancel);
    }

    /// <summary>记落实情况, with a paper: by whoever works with the member, or by whoever is named for this measure.</summary>
    public async Task<StepResult> RecordMeasureAsync(
        OrganizationId branch,
        RecordMeasure command,
        PersonId about,
        KeptFile? file,
        PersonId by,
        OperationId operation,
        CancellationToken cancel = default)
    {
        var named = EvidenceSteps.Named(file is null ? [] : [file]);
        var isNamed = await steps.ReadAsync(by, scope => Measures.OneAsync(scope, command.Measure, cancel), cancel) is { Responsible: var responsible } && responsible == by;
        return await steps.TakeAsync(
            new Step(by, isNamed ? Actions.RS9RecordOwnCharge : Actions.RS8CarryOutMeasure, branch, operation, new { command, file = file?.Sha256 }, "记措施的落实情况")
            {
                // The charge is the named person's own; whom it helps is the case of everybody else.
                Concerned = [isNamed ? by : about],
            },
            async context =>
            {
                var note = Guid.CreateVersion7();
                var ruling = command.Decide(await OnRecordAsync(context.Scope, branch, command.Measure, about, cancel), note, named is [var (id, _)] ? id : null, context.Today);
                if (ruling.IsRefused)
                {
                    return ruling;
                }

                await context.Scope.ExecuteAsync(
                    """
                    insert into measure_note (note_id, organization_id, person_id, text, kept_by, kept_at)
                    values (@note, @branch, @about, @text, @by, @Now)
                    """,
                    new { note, branch, about, text = command.Text.Trim(), by, context.Now },
                    cancel);
                return Ruling.Of([.. await EvidenceSteps.KeepAsync(context, branch, named, null, cancel), .. ruling.Happenings]);
            },
            cancel);
    }

    /// <summary>办结一项措施.</summary>
    public Task<StepResult> EndMeasureAsync(
        OrganizationId branch, EndMeasure command, PersonId about, PersonId by, OperationId operation, CancellationToken cancel = default) => steps.TakeAsync(
        new Step(by, Actions.RS8CarryOutMeasure, branch, operation, command, "办结一项措施") { Concerned = [about] },
        async context => command.Decide(await OnRecordAsync(context.Scope, branch, command.Measure, about, cancel), context.Today),
        cancel);

    /// <summary>登记转办.</summary>
    public Task<StepResult> ReferAsync(
        OrganizationId branch, RecordReferral command, PersonId about, PersonId by, OperationId operation, CancellationToken cancel = default) => steps.TakeAsync(
        new Step(by, Actions.RS8CarryOutMeasure, branch, operation, new { command, about }, $"登记转办{command.To}") { Concerned = [about] },
        async context => (await Measures.ResponsibleAsync(context.Scope, branch, cancel)).Contains(about) ? command.Decide(about, context.Today) : new NoSuchMeasure(),
        cancel);

    private static async Task<MeasureOnRecord?> OnRecordAsync(DataScope scope, OrganizationId branch, Guid measure, PersonId about, CancellationToken cancel) =>
        await Measures.OneAsync(scope, measure, cancel) is { } row && row.OrganizationId == branch && row.PersonId == about
            ? new MeasureOnRecord(row.MeasureId, row.PersonId, row.State == "ended", row.Records)
            : null;

    private static string Say(int year, IReadOnlyList<HeldOutcome> cases) =>
        $"{year}年度结果运用{string.Join("、", cases.Select(one => one.Outcome).Distinct())}{(cases.Count > 1 ? $"，{cases.Count}件" : "")}";

    private Task<StepResult> TakeAsync(
        OrganizationId branch,
        int year,
        ActionRow action,
        object command,
        string summary,
        IReadOnlyList<HeldOutcome> cases,
        Func<HeldOutcome, OutcomeStanding, DateOnly, Ruling> decide,
        PersonId by,
        OperationId operation,
        CancellationToken cancel) => steps.TakeAsync(
        new Step(by, action, branch, operation, new { command, cases }, summary)
        {
            Concerned = [.. cases.Select(one => one.Person).Distinct()],
            FindStage = scope => boards.StageOfAsync(scope, branch, RoundKey.OfYear(year), cancel),
        },
        async context =>
        {
            if (await OutcomeCases.StandingsAsync(context.Scope, boards, branch, year, cancel) is not { } standings)
            {
                return new YearIsNotSettled(year);
            }

            var names = cases.Count == 1 ? null : await KnownNames.OfAsync(context.Scope, cases.Select(one => one.Person).Distinct().ToList(), cancel);
            var happenings = new List<Happening>();
            foreach (var one in cases.Distinct())
            {
                var ruling = context.Excluded.TryGetValue(one.Person, out var recused) ? recused : decide(one, standings.Of(one), context.Today);
                if (ruling.Refusal is { } refusal)
                {
                    return names is null ? refusal : new OneOfSeveral(names.GetValueOrDefault(one.Person, one.Person.ToString()), one.Outcome, refusal);
                }

                happenings.AddRange(ruling.Happenings);
            }

            return Ruling.Of(happenings);
        },
        cancel);
}
