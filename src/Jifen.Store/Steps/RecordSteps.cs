using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Scoring.Schemes;
using Jifen.Store.Evidence;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>Steps about daily records: facts, outside study, confirmation, reversal and correction.</summary>
public sealed class RecordSteps(StepRunner steps, SchemesInForce schemes)
{
    /// <summary>登记事实. With <paramref name="old"/> it takes the place of an entry that is reversed in the same step.</summary>
    /// <param name="command">its evidence: what older entries hold already; the files that come with this step are added</param>
    public Task<StepResult> RecordFactAsync(
        OrganizationId branch,
        RecordFact command,
        IReadOnlyList<KeptFile> files,
        ReverseEntry? old,
        PersonId by,
        OperationId operation,
        CancellationToken cancel = default)
    {
        var named = EvidenceSteps.Named(files);
        var complete = command with { Evidence = [.. command.Evidence, .. named.Select(one => one.Id)] };
        var step = new Step(
            by,
            old is null ? Actions.RC1EnterDailyRecord : Actions.RC2CorrectBeforeReview,
            branch,
            operation,
            new { command, files = EvidenceSteps.InputOf(files), old },
            $"登记{command.Kind}")
        {
            Concerned = command.People.Distinct().ToList(),
            Days = [command.On],
            BecomesCorrection = true,
            Reason = old?.Reason ?? command.Ground,
        };
        return steps.TakeAsync(
            step,
            async context =>
            {
                var desk = await RecordDesks.OfAsync(schemes, context.Scope, branch, command.On, context.Excluded, cancel);
                var made = complete.Decide(desk, (await schemes.OnAsync(context.Scope, branch, command.On, cancel))?.Scheme);
                var ruling = await ReplacingAsync(context, branch, old, command.People, made, cancel);
                return await WithFilesAsync(context, branch, named, ruling, cancel);
            },
            cancel);
    }

    /// <summary>导入事实: all or nothing; those recorded by an earlier import are left out.</summary>
    public Task<StepResult> ImportAsync(OrganizationId branch, ImportFacts command, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var step = new Step(by, Actions.RC1EnterDailyRecord, branch, operation, command, $"导入事实{command.Facts.Count}条")
        {
            Concerned = command.Facts.SelectMany(fact => fact.People).Distinct().ToList(),
            Days = command.Facts.Select(fact => fact.On).Distinct().ToList(),
        };
        return steps.TakeAsync(
            step,
            async context =>
            {
                var inForce = new Dictionary<DateOnly, Scheme?>();
                foreach (var day in command.Facts.Select(fact => fact.On).Distinct())
                {
                    inForce.Add(day, (await schemes.OnAsync(context.Scope, branch, day, cancel))?.Scheme);
                }

                return command.Decide(
                    await RecordDesks.OfAsync(schemes, context.Scope, branch, context.Today, context.Excluded, cancel), day => inForce[day]);
            },
            cancel);
    }

    /// <summary>登记在外学习, or put one right.</summary>
    public Task<StepResult> RecordOutsideStudyAsync(
        OrganizationId branch,
        RecordOutsideStudy command,
        KeptFile? file,
        ReverseEntry? old,
        PersonId by,
        OperationId operation,
        CancellationToken cancel = default)
    {
        var named = EvidenceSteps.Named(file is null ? [] : [file]);
        var complete = named is [var (id, _)] ? command with { Evidence = id } : command;
        var step = new Step(
            by,
            old is null ? Actions.RC1EnterDailyRecord : Actions.RC2CorrectBeforeReview,
            branch,
            operation,
            new { command, file = file?.Sha256, old },
            "登记在外学习")
        {
            Concerned = command.People.Distinct().ToList(),
            Days = [command.On],
            BecomesCorrection = true,
            Reason = old?.Reason ?? command.Ground,
        };
        return steps.TakeAsync(
            step,
            async context =>
            {
                var desk = await RecordDesks.OfAsync(schemes, context.Scope, branch, command.On, context.Excluded, cancel);
                var scheme = (await schemes.OnAsync(context.Scope, branch, command.On, cancel))?.Scheme;
                var made = complete.Decide(desk, ClauseOf(scheme?.DailyRecords.OutsideStudies));
                var ruling = await ReplacingAsync(context, branch, old, command.People, made, cancel);
                return await WithFilesAsync(context, branch, named, ruling, cancel);
            },
            cancel);
    }

    /// <summary>认定 of what one meeting confirmed: all or none. Reviewing a fact is review, whatever the round has come to.</summary>
    /// <param name="facts">with whom each is about, as the caller read it</param>
    public Task<StepResult> ConfirmAsync(
        OrganizationId branch,
        IReadOnlyList<(EntryId Fact, PersonId About)> facts,
        string body,
        PersonId by,
        OperationId operation,
        CancellationToken cancel = default) =>
        SettleAsync(
            branch, facts, new { facts = facts.Select(fact => fact.Fact), body }, fact => new ConfirmFact(fact?.Entry ?? default, body).Decide(fact), "认定事实", by, operation, cancel);

    /// <summary>不认定 of one fact, with the reason.</summary>
    public Task<StepResult> RejectAsync(OrganizationId branch, RejectFact command, PersonId about, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        SettleAsync(branch, [(command.Fact, about)], command, command.Decide, "不认定事实", by, operation, cancel);

    /// <summary>冲正.</summary>
    /// <param name="about">whom the entry concerns, as the caller read it</param>
    public Task<StepResult> ReverseAsync(OrganizationId branch, ReverseEntry command, PersonId about, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var step = new Step(by, Actions.RC2CorrectBeforeReview, branch, operation, command, "冲正一条登记")
        {
            Concerned = [about],
            FindDays = scope => DaysOfAsync(scope, [command.Entry], cancel),
            BecomesCorrection = true,
            Reason = command.Reason,
        };
        return steps.TakeAsync(
            step,
            async context =>
            {
                var entry = await EntryAsync(context.Scope, command.Entry, cancel);
                return command.Decide(entry?.Person == about ? entry : null, branch, SpeaksForBody(context));
            },
            cancel);
    }

    /// <summary>An entry as a reversal needs it.</summary>
    internal static async Task<EntryOnRecord?> EntryAsync(DataScope scope, EntryId entry, CancellationToken cancel)
    {
        if (await RecordDetail.OfAsync(scope, entry, cancel) is not { } row)
        {
            return null;
        }

        var isReversed = row.EndedKind == EventKind.Of<EntryReversed>();
        var scheme = row.Kind == EventKind.Of<FactRecorded>() && row.Together > 1 ? row.Together : 1;
        return new EntryOnRecord(
            row.EntryId,
            row.StreamId,
            row.Kind,
            row.PersonId,
            isReversed ? (row.EndedByName ?? "经办人", CivilTime.DayOf(row.EndedAt!.Value)) : null,
            row.EndedBy is null || isReversed,
            row is { State: "counts", StateByName: not null } ? row.StateNote : null,
            scheme);
    }

    /// <summary>The days on which what these entries record happened.</summary>
    internal static Task<IReadOnlyList<DateOnly>> DaysOfAsync(DataScope scope, IEnumerable<EntryId> entries, CancellationToken cancel) =>
        scope.QueryAsync<DateOnly>(
            "select distinct happened_on from ledger_entry where entry_id = any (@entries)", new { entries = entries.Select(entry => entry.Value).ToArray() }, cancel);

    /// <summary>In a role that speaks for a body: not as recorder.</summary>
    internal static bool SpeaksForBody(StepContext context) => context.Verdict.Role is Role.Committee or Role.Secretary or Role.Evaluator;

    private static string? ClauseOf(RecordedMatter? matter) => matter?.Clauses is [var clause, ..] ? clause : null;

    private async Task<Ruling> ReplacingAsync(
        StepContext context, OrganizationId branch, ReverseEntry? old, IReadOnlyList<PersonId> people, Ruling made, CancellationToken cancel)
    {
        if (old is null)
        {
            return made;
        }

        var entry = await EntryAsync(context.Scope, old.Entry, cancel);
        if (entry?.Person is not { } about || people is not [var only] || only != about)
        {
            return new NoSuchEntry();
        }

        if (entry.Sharers > 1 && !await IsSharedAsync(context.Scope, branch, old.Entry, cancel))
        {
            entry = entry with { Sharers = 1 };
        }

        return new CorrectEntry(old).Decide(entry, branch, SpeaksForBody(context), made);
    }

    private async Task<bool> IsSharedAsync(DataScope scope, OrganizationId branch, EntryId entry, CancellationToken cancel)
    {
        var fact = await scope.OneAsync<FactKindRow>("select kind, happened_on from fact where entry_id = @entry", new { entry }, cancel);
        return fact is not null
            && (await schemes.OnAsync(scope, branch, fact.HappenedOn, cancel))?.Scheme.FactKinds.FirstOrDefault(kind => kind.Id == fact.Kind)?.IsShared == true;
    }

    private static async Task<Ruling> WithFilesAsync(
        StepContext context, OrganizationId branch, IReadOnlyList<(EvidenceId Id, KeptFile File)> files, Ruling ruling, CancellationToken cancel) =>
        ruling.IsRefused || files.Count == 0
            ? ruling
            : Ruling.Of([.. await EvidenceSteps.KeepAsync(context, branch, files, null, cancel), .. ruling.Happenings]);

    private Task<StepResult> SettleAsync(
        OrganizationId branch,
        IReadOnlyList<(EntryId Fact, PersonId About)> facts,
        object input,
        Func<FactOnRecord?, Ruling> decide,
        string summary,
        PersonId by,
        OperationId operation,
        CancellationToken cancel)
    {
        var step = new Step(by, Actions.PE1Review, branch, operation, input, summary)
        {
            Concerned = facts.Select(fact => fact.About).Distinct().ToList(),
            // What was declared or recorded may be confirmed before the review begins; once it is signed, no longer.
            Stage = Stage.Reviewing,
            FindDays = scope => DaysOfAsync(scope, facts.Select(fact => fact.Fact), cancel),
        };
        return steps.TakeAsync(
            step,
            async context =>
            {
                if (facts.Count == 0)
                {
                    return new NobodyChosen();
                }

                var happenings = new List<Happening>();
                foreach (var (fact, about) in facts)
                {
                    var ruling = context.Excluded.TryGetValue(about, out var refusal)
                        ? refusal
                        : decide(await FactAsync(context.Scope, branch, fact, about, cancel));
                    if (ruling.IsRefused)
                    {
                        return ruling;
                    }

                    happenings.AddRange(ruling.Happenings);
                }

                return Ruling.Of(happenings);
            },
            cancel);
    }

    private static async Task<FactOnRecord?> FactAsync(DataScope scope, OrganizationId branch, EntryId fact, PersonId about, CancellationToken cancel)
    {
        var row = await scope.OneAsync<FactRow>(
            """
            select f.entry_id, f.person_id, f.state, case when f.state = 'counts' then f.state_note end as body, f.ended_at is not null as has_ended
            from fact f where f.entry_id = @fact and f.organization_id = @branch and f.person_id = @about
            """,
            new { fact, branch, about },
            cancel);
        return row is null ? null : new FactOnRecord(row.EntryId, row.PersonId, Words.Known<FactState>(row.State), row.Body, row.HasEnded);
    }

    private sealed record FactRow
    {
        public required EntryId EntryId { get; init; }

        public required PersonId PersonId { get; init; }

        public required string State { get; init; }

        public string? Body { get; init; }

        public required bool HasEnded { get; init; }
    }

    private sealed record FactKindRow
    {
        public required string Kind { get; init; }

        public required DateOnly HappenedOn { get; init; }
    }
}
