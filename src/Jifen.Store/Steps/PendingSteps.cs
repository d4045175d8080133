using System.Text.Json;
using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Store.Ledgers;
using Jifen.Store.Reads;
using Npgsql;

namespace Jifen.Store.Steps;

/// <summary>A step that waits for its second person.</summary>
public sealed record PendingStep
{
    public required OperationId OperationId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required string OrganizationName { get; init; }

    public required string Action { get; init; }

    public required string Summary { get; init; }

    public required PersonId ProposedBy { get; init; }

    public required string ProposerName { get; init; }

    public required Guid[] Concerned { get; init; }

    public required Guid[] Handlers { get; init; }

    public required string Stage { get; init; }

    /// <summary>what it would enter, as JSON: read by <see cref="PendingSteps.HappeningsOf"/></summary>
    public required string Happenings { get; init; }

    /// <summary>names the step would register, as JSON; null where it registers none</summary>
    public string? Names { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>The step waits no longer: confirmed, refused, withdrawn or out of time.</summary>
public sealed record NoLongerPending() : Refusal("这一步已经处理过，或者已经过期。请刷新页面看结果。");

/// <summary>The same was asked already and waits: one confirmation is enough.</summary>
public sealed record IsAskedAlready(string Who) : Refusal($"同样的一件{Who}已经提出，正等另一位在“待确认”里确认，不用再提。");

/// <summary>Nobody confirms what he asked himself.</summary>
public sealed record CannotConfirmOwnStep() : Refusal("这一步是您自己提出的，要由另一个人确认。");

/// <summary>What was asked does not fit any more.</summary>
public sealed record StateHasChanged()
    : Refusal("提出之后情况有了变化（例如此人已经转走、编号已被占用、任期已经结束），不能照原样确认。请拒绝这一步，由提出的人按现在的情况重新办理。");

/// <summary>It writes into a branch the second person has nothing to do with.</summary>
public sealed record BeyondOwnSight() : Refusal("这一步涉及您管辖以外的组织，请由共同的上级确认。");

/// <summary>What has to be true again when the second person confirms: for steps that rest on figures which may have moved since they were asked.</summary>
/// <param name="Action">of the step</param>
/// <param name="ObjectionAsync">asked with the streams held; null when it still holds</param>
public sealed record Recheck(
    ActionRow Action, Func<DataScope, OrganizationId, IReadOnlyList<Happening>, CancellationToken, Task<Refusal?>> ObjectionAsync);

/// <summary>Steps of which the table says that two must agree. What was asked is kept as it will be entered; the second person enters it.</summary>
public sealed class PendingSteps(Database database, TimeProvider clock, IEnumerable<Recheck>? rechecks = null)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(14);

    /// <summary>What waits, as far as this person may see it; the oldest first.</summary>
    public static Task<IReadOnlyList<PendingStep>> OpenAsync(DataScope scope, DateTimeOffset now, CancellationToken cancel = default) =>
        scope.QueryAsync<PendingStep>(
            """
            select p.operation_id, p.organization_id, o.name as organization_name, p.action, p.summary, p.proposed_by,
                coalesce(who.name, '') as proposer_name, p.concerned, p.handlers, p.stage, p.happenings, n.names, p.proposed_at, p.expires_at
            from pending_step p
            join organization o using (organization_id)
            left join pending_name n using (operation_id)
            left join person who on who.person_id = p.proposed_by
            where p.expires_at > @now and not exists (select from pending_step_answer a where a.operation_id = p.operation_id)
            order by p.proposed_at
            """,
            new { now },
            cancel);

    /// <summary>The second person agrees: what was asked is entered, with both names.</summary>
    public async Task<StepResult> ConfirmAsync(PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        await using var scope = await DataScope.OpenAsync(database.App, by, CivilTime.DayOf(now), cancel);
        if (await FindAsync(scope, operation, now, cancel) is not { } pending)
        {
            return new StepResult(new NoLongerPending(), []);
        }

        var happenings = KeptHappenings.Read(pending.Happenings, pending.Names);
        var streams = happenings.Select(happening => happening.Stream ?? pending.OrganizationId).Append(pending.OrganizationId);
        await Ledger.TakeAsync(scope.Connection, streams, cancel);
        // Under the lock: somebody may have answered while this one waited.
        if (await FindAsync(scope, operation, now, cancel) is null)
        {
            return new StepResult(new NoLongerPending(), []);
        }

        if (await RefusalOf(scope, by, pending, cancel) is { } refusal)
        {
            return new StepResult(refusal, []);
        }

        if (await ChangedSinceAsync(scope, pending.Action, pending.OrganizationId, happenings, cancel) is { } changed)
        {
            return new StepResult(changed, []);
        }

        var maker = new EntryMaker(pending.ProposedBy, pending.Office, operation, now, by, pending.Scheme);
        try
        {
            await AnswerAsync(scope, operation, by, now, confirmed: true, null, cancel);
            // Entered in the proposer's name, with the second beside it: the second person's scope appends for both.
            var places = await StepRunner.AppendAsync(scope, pending.OrganizationId, maker, happenings, cancel);
            await scope.CommitAsync();
            return new StepResult(null, places);
        }
        catch (PostgresException fault) when (fault.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            // It was right when it was asked; since then somebody moved on, took the number, ended the term.
            return new StepResult(new StateHasChanged(), []);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return new StepResult(new BeyondOwnSight(), []);
        }
    }

    /// <summary>The second person does not agree, or the first withdraws.</summary>
    /// <param name="reason">not empty</param>
    public async Task<StepResult> RefuseAsync(PersonId by, OperationId operation, string reason, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        await using var scope = await DataScope.OpenAsync(database.App, by, CivilTime.DayOf(now), cancel);
        if (await FindAsync(scope, operation, now, cancel) is not { } pending)
        {
            return new StepResult(new NoLongerPending(), []);
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new StepResult(new ReasonIsMissing(), []);
        }

        if (pending.ProposedBy != by && await RefusalOf(scope, by, pending, cancel) is { } refusal)
        {
            return new StepResult(refusal, []);
        }

        await AnswerAsync(scope, operation, by, now, confirmed: false, reason.Trim(), cancel);
        await scope.CommitAsync();
        return new StepResult(null, []);
    }

    /// <summary>Why a step that waits cannot be entered any more, whoever confirms it: something moved on since it was asked.</summary>
    /// <returns>null: nothing stands in its way</returns>
    public async Task<Refusal?> ChangedSinceAsync(DataScope scope, PendingStep pending, CancellationToken cancel = default) =>
        await ChangedSinceAsync(scope, pending.Action, pending.OrganizationId, HappeningsOf(pending), cancel);

    /// <summary>What would be entered; names with it.</summary>
    public static IReadOnlyList<Happening> HappeningsOf(PendingStep step) => KeptHappenings.Read(step.Happenings, step.Names);

    /// <summary>A step that waits to enter such an event, as far as this person may see it; the oldest of several.</summary>
    /// <returns>null: none waits</returns>
    public static async Task<PendingStep?> WaitingToEnterAsync(DataScope scope, Func<IEvent, bool> isIt, DateTimeOffset now, CancellationToken cancel = default) =>
        (await OpenAsync(scope, now, cancel)).FirstOrDefault(step => HappeningsOf(step).Any(one => isIt(one.Event)));

    /// <summary>A step of a round that waits to be ended with this table: one has signed it, another is to.</summary>
    /// <inheritdoc cref="WaitingToEnterAsync"/>
    public static Task<PendingStep?> WaitingToEndAsync(
        DataScope scope, RoundKey round, string step, string digest, DateTimeOffset now, CancellationToken cancel = default) => WaitingToEnterAsync(
        scope, one => one is RoundStepEnded ended && ended.Round == round.ToString() && ended.Step == step && ended.Digest == digest, now, cancel);

    /// <summary>Why this person cannot confirm a step that waits; null when he can.</summary>
    public static async Task<Refusal?> ObjectionAsync(DataScope scope, Actor second, PendingStep pending, CancellationToken cancel = default)
    {
        if (pending.ProposedBy == second.Person)
        {
            return new CannotConfirmOwnStep();
        }

        if (ActionTable.Find(pending.Action) is not { } action)
        {
            return new NobodyHere();
        }

        var where = await Scopes.OfAsync(scope, pending.OrganizationId, cancel);
        var target = TargetFor(second.Person, where, StageText.OfKey(pending.Stage), Ids(pending.Concerned), Ids(pending.Handlers));
        return Authority.JudgeSecond(action, second, target, pending.ProposedBy).Refusal;
    }

    /// <summary>In an installation or a branch with one office-holder there is nobody to ask: the step is taken by one, and the entry shows it.</summary>
    internal static async Task<bool> SomebodyCouldConfirmAsync(DataScope scope, Step step, Actor actor, Scope where, CancellationToken cancel)
    {
        var candidates = await scope.QueryAsync<PersonId>(
            """
            select distinct t.person_id
            from office_term t, organization o
            where o.organization_id = @Organization and t.person_id <> @By
                and t.from_on <= @Today and (t.to_on is null or t.to_on >= @Today)
                and (t.organization_id = any (o.ancestors) or t.office = 'administrator')
                and has_account(t.person_id)
            """,
            new { step.Organization, step.By, scope.Today },
            cancel);
        foreach (var candidate in candidates)
        {
            if (await Actors.LoadOfficesAsync(scope, candidate, cancel) is { } second
                && Authority.JudgeSecond(step.Action, second, TargetFor(candidate, where, step.Stage, step.Concerned, step.Handlers), actor.Person).IsAllowed)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Keeps what was asked until a second person answers; with the stream held.</summary>
    /// <returns>null: kept</returns>
    internal static async Task<Refusal?> KeepAsync(
        DataScope scope, Step step, EntryMaker maker, IReadOnlyList<Happening> happenings, CancellationToken cancel)
    {
        var written = KeptHappenings.Write(happenings);
        if (await scope.OneAsync<string>(
            """
            select coalesce(who.name, '有人')
            from pending_step p left join person who on who.person_id = p.proposed_by
            where p.organization_id = @Organization and p.action = @action and p.happenings = @written and p.expires_at > @At
                and not exists (select from pending_step_answer a where a.operation_id = p.operation_id)
            limit 1
            """,
            new { step.Organization, action = step.Action.Id, written, maker.At },
            cancel) is { } who)
        {
            return new IsAskedAlready(who);
        }

        await scope.ExecuteAsync(
            """
            insert into pending_step (operation_id, organization_id, action, summary, proposed_by, office, proposed_at, expires_at, scheme,
                concerned, handlers, stage, happenings)
            values (@Operation, @Organization, @action, @Summary, @By, @Office, @At, @expires, @Scheme, @concerned, @handlers, @stage, @happenings)
            """,
            new
            {
                step.Operation,
                step.Organization,
                action = step.Action.Id,
                step.Summary,
                step.By,
                maker.Office,
                maker.At,
                expires = maker.At + Life,
                maker.Scheme,
                concerned = step.Concerned.Select(person => person.Value).ToArray(),
                handlers = step.Handlers.Select(person => person.Value).ToArray(),
                stage = step.Stage.Key(),
                happenings = written,
            },
            cancel);
        var names = happenings.Where(happening => happening.Names is not null).Select(happening => happening.Names!).ToList();
        if (names.Count > 0)
        {
            await scope.ExecuteAsync(
                "select forget_expired_names(@At); insert into pending_name (operation_id, names) values (@Operation, @names)",
                new { maker.At, step.Operation, names = JsonSerializer.Serialize(names, CanonicalJson.Options) },
                cancel);
        }

        return null;
    }

    private async Task<Refusal?> ChangedSinceAsync(
        DataScope scope, string action, OrganizationId organization, IReadOnlyList<Happening> happenings, CancellationToken cancel)
    {
        foreach (var recheck in (rechecks ?? []).Where(recheck => recheck.Action.Id == action))
        {
            if (await recheck.ObjectionAsync(scope, organization, happenings, cancel) is { } changed)
            {
                return changed;
            }
        }

        return null;
    }

    private static async Task<Refusal?> RefusalOf(DataScope scope, PersonId by, PendingRow pending, CancellationToken cancel)
    {
        if (pending.ProposedBy == by)
        {
            return new CannotConfirmOwnStep();
        }

        if (await Actors.LoadAsync(scope, by, cancel) is not { } second || ActionTable.Find(pending.Action) is not { } action)
        {
            return new NobodyHere();
        }

        var where = await Scopes.OfAsync(scope, pending.OrganizationId, cancel);
        var target = TargetFor(by, where, StageText.OfKey(pending.Stage), Ids(pending.Concerned), Ids(pending.Handlers));
        return Authority.JudgeSecond(action, second, target, pending.ProposedBy).Refusal;
    }

    /// <summary>What the second person judges is what the first was judged by: whom it concerns does not confirm it either.</summary>
    internal static Target TargetFor(
        PersonId second, Scope where, Stage? stage, IReadOnlyCollection<PersonId> concerned, IReadOnlyCollection<PersonId> handlers)
    {
        // Where the secretary is concerned the deputy stands in, however many others are.
        var concern = concerned.Contains(second) ? Concern.Of(second)
            : where.Secretary is { } secretary && concerned.Contains(secretary) ? Concern.Of(secretary)
            : concerned.Count == 1 ? Concern.Of(concerned.First())
            : Concern.Nobody;
        return new Target(where, concern, stage, handlers);
    }

    private static PersonId[] Ids(Guid[] ids) => Array.ConvertAll(ids, id => new PersonId(id));

    private static Task<PendingRow?> FindAsync(DataScope scope, OperationId operation, DateTimeOffset now, CancellationToken cancel) =>
        scope.OneAsync<PendingRow>(
            """
            select p.organization_id, p.action, p.proposed_by, p.office, p.scheme, p.concerned, p.handlers, p.stage, p.happenings, n.names
            from pending_step p left join pending_name n using (operation_id)
            where p.operation_id = @operation and p.expires_at > @now
                and not exists (select from pending_step_answer a where a.operation_id = p.operation_id)
            """,
            new { operation, now },
            cancel);

    private static Task<int> AnswerAsync(
        DataScope scope, OperationId operation, PersonId by, DateTimeOffset now, bool confirmed, string? reason, CancellationToken cancel) =>
        scope.ExecuteAsync(
            """
            insert into pending_step_answer (operation_id, answered_by, answered_at, confirmed, reason)
            values (@operation, @by, @now, @confirmed, @reason);
            delete from pending_name where operation_id = @operation
            """,
            new { operation, by, now, confirmed, reason },
            cancel);

    private sealed record PendingRow
    {
        public required OrganizationId OrganizationId { get; init; }

        public required string Action { get; init; }

        public required PersonId ProposedBy { get; init; }

        public required string Office { get; init; }

        public string? Scheme { get; init; }

        public required Guid[] Concerned { get; init; }

        public required Guid[] Handlers { get; init; }

        public required string Stage { get; init; }

        public required string Happenings { get; init; }

        public string? Names { get; init; }
    }
}
