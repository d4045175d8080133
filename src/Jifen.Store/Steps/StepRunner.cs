using System.Data;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Store.Ledgers;
using Jifen.Store.Reads;
using Npgsql;

namespace Jifen.Store.Steps;

/// <summary>A step somebody wants to take.</summary>
/// <param name="By">who asks</param>
/// <param name="Action">of the table of actions: <c>Actions.RC1EnterDailyRecord</c></param>
/// <param name="Organization">whose ledger it goes into</param>
/// <param name="Operation">from the form: the same id again is the same step</param>
/// <param name="Input">what was asked, for telling a repeated form from another one under the same id</param>
/// <param name="Summary">one Chinese sentence, shown to whoever must confirm it as the second person</param>
public sealed record Step(PersonId By, ActionRow Action, OrganizationId Organization, OperationId Operation, object Input, string Summary)
{
    /// <summary>Whom it concerns; empty: nobody in particular. Where several, those the person may not act for are told to the step.</summary>
    public IReadOnlyList<PersonId> Concerned { get; init; } = [];

    /// <summary>Who already handled the case, where the table shuts them out.</summary>
    public IReadOnlyList<PersonId> Handlers { get; init; } = [];

    /// <summary>Where the round stands; facts are recorded while it is open. <see cref="FindStage"/> comes before it.</summary>
    public Stage Stage { get; init; } = Stage.Recording;

    /// <summary>Reads where the round stands, with the stream held; null: it is <see cref="Stage"/>, or that of <see cref="Days"/>.</summary>
    public Func<DataScope, Task<Stage>>? FindStage { get; init; }

    /// <summary>Days of the facts it records or corrects: how far their rounds have come binds it.</summary>
    public IReadOnlyList<DateOnly> Days { get; init; } = [];

    /// <summary>Reads <see cref="Days"/> with the stream held, where the form does not say them.</summary>
    public Func<DataScope, Task<IReadOnlyList<DateOnly>>>? FindDays { get; init; }

    /// <summary>After the review of those days it is the correction of the committee, after the meeting one that the superior confirms (JSIT-7).</summary>
    public bool BecomesCorrection { get; init; }

    /// <summary>Those concerned are one case: whoever is among them has no part in it at all.</summary>
    public bool IsOneCase { get; init; }

    /// <summary>
    /// Who took the first half, where two halves are steps of their own (拟公示, 发布公示): this one is judged as the second person's and entered
    /// at once, with both names.
    /// </summary>
    public PersonId? First { get; init; }

    /// <summary>Other streams it reads or writes under the same lock.</summary>
    public IReadOnlyList<OrganizationId> AlsoTakes { get; init; } = [];

    /// <summary>Stated reason, where the table asks for one.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The id the ledger names instead of who asks, where he is shielded; who is behind it lies beside the ledger (declaration_reporter),
    /// kept in the same transaction before the entries.
    /// </summary>
    public PersonId? Author { get; init; }
}

/// <summary>What a step decides on: the state, as this person may see it, with the stream held.</summary>
/// <param name="Excluded">of <see cref="Step.Concerned"/> those this person may not act for, with the reason</param>
public sealed record StepContext(
    DataScope Scope, Actor Actor, Scope Where, Verdict Verdict, IReadOnlyDictionary<PersonId, Refusal> Excluded, DateTimeOffset Now, DateOnly Today);

/// <summary>What became of a step.</summary>
/// <param name="Entries">where it stands in the ledger; empty when refused, waiting, or nothing changed</param>
/// <param name="WasReplayed">the same operation had been taken before: nothing was done again</param>
/// <param name="AwaitsSecond">kept until a second person confirms it</param>
public sealed record StepResult(Refusal? Refusal, IReadOnlyList<EntryPlace> Entries, bool WasReplayed = false, bool AwaitsSecond = false)
{
    public bool IsRefused => Refusal is not null;
}

/// <summary>The operation id was used for something else: a form was copied, or two pages share it.</summary>
public sealed record OperationUsedOtherwise() : Refusal("这张表单已经提交过，内容与这一次不同。请重新打开页面再填，以免记重。");

/// <summary>Nobody by this id any more.</summary>
public sealed record NobodyHere() : Refusal("登录的人已不在册，请重新登录。");

/// <summary>The reason the table asks for is missing.</summary>
public sealed record ReasonIsMissing() : Refusal("这一步要说明理由，理由会留痕。请填写后再提交。");

/// <summary>
/// The one door to the ledger: takes the stream, permits, decides, appends – one transaction. What is decided on was read under the lock, so
/// two at once come one after the other.
/// </summary>
public sealed class StepRunner(Database database, TimeProvider clock, YearBoards? boards = null)
{
    private const int Attempts = 4;

    /// <summary>Where the rounds stand, for steps that find their stage themselves.</summary>
    internal YearBoards Boards { get; } = boards ?? new YearBoards(new SchemesInForce());

    /// <param name="decide">reads what it needs through the context and rules; called again when the database asks to try again</param>
    public async Task<StepResult> TakeAsync(Step step, Func<StepContext, Task<Ruling>> decide, CancellationToken cancel = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(step, decide, cancel);
            }
            catch (PostgresException fault) when (attempt < Attempts
                && fault.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation)
            {
                // Somebody else was first: what was read is old. A unique violation that comes again is a defect and is thrown.
            }
        }
    }

    /// <summary>Reads as this person, outside any step.</summary>
    public async Task<T> ReadAsync<T>(PersonId by, Func<DataScope, Task<T>> read, CancellationToken cancel = default)
    {
        await using var scope = await DataScope.OpenAsync(database.App, by, clock.Today(), cancel);
        return await read(scope);
    }

    private async Task<StepResult> TryAsync(Step step, Func<StepContext, Task<Ruling>> decide, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var scope = await DataScope.OpenAsync(database.App, step.By, CivilTime.DayOf(now), cancel);
        await Ledger.TakeAsync(scope.Connection, step.AlsoTakes.Append(step.Organization), cancel);
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{step.Action.Id} {step.Organization} {CanonicalJson.OfValue(step.Input)}"));
        if (await FindOperationAsync(scope, step.Operation, cancel) is { } done)
        {
            return done.InputDigest.AsSpan().SequenceEqual(digest)
                ? Replay(done.Answer)
                : new StepResult(new OperationUsedOtherwise(), []);
        }

        if (await Actors.LoadAsync(scope, step.By, cancel) is not { } actor)
        {
            return new StepResult(new NobodyHere(), []);
        }

        var where = await Scopes.OfAsync(scope, step.Organization, cancel);
        step = await InItsStageAsync(scope, step, cancel);

        var (verdict, excluded) = step.First is { } first ? (await JudgeHalfAsync(scope, step, actor, where, first, cancel), NobodyExcluded) : Judge(step, actor, where);
        if (verdict.Refusal is { } refused)
        {
            return new StepResult(refused, []);
        }

        if (verdict.Needs(Qualifiers.NeedsReason) && string.IsNullOrWhiteSpace(step.Reason))
        {
            return new StepResult(new ReasonIsMissing(), []);
        }

        var ruling = await decide(new StepContext(scope, actor, where, verdict, excluded, now, scope.Today));
        if (ruling.Refusal is { } refusal)
        {
            return new StepResult(refusal, []);
        }

        var maker = new EntryMaker(
            step.Author ?? step.By,
            // Also the office could say who it was.
            step.Author is not null ? Words.Of(Role.Member) : verdict.Role is { } role ? Words.Of(role) : "public",
            step.Operation,
            now,
            step.First is { } other && other != step.By ? other : null,
            await Scopes.SchemeOfAsync(scope, step.Organization, scope.Today.Year, cancel));
        var waits = step.First is null && verdict.Needs(Qualifiers.NeedsSecond) && await PendingSteps.SomebodyCouldConfirmAsync(scope, step, actor, where, cancel);
        IReadOnlyList<EntryPlace> places = [];
        if (waits)
        {
            if (await PendingSteps.KeepAsync(scope, step, maker, ruling.Happenings, cancel) is { } asked)
            {
                return new StepResult(asked, []);
            }
        }
        else
        {
            places = await AppendAsync(scope, step.Organization, maker, ruling.Happenings, cancel);
        }

        await KeepOperationAsync(scope, step, digest, now, places, waits, cancel);
        await scope.CommitAsync();
        return new StepResult(null, places, AwaitsSecond: waits);
    }

    /// <summary>Appends to the step's own stream, and to others where a happening names one.</summary>
    internal static async Task<IReadOnlyList<EntryPlace>> AppendAsync(
        DataScope scope, OrganizationId own, EntryMaker maker, IReadOnlyList<Happening> happenings, CancellationToken cancel)
    {
        await PersonNames.KeepAsync(scope, happenings, maker.At, cancel);
        var places = new List<EntryPlace>();
        // Stretches of one stream go in together; their order over the streams is kept.
        for (var from = 0; from < happenings.Count;)
        {
            var stream = happenings[from].Stream ?? own;
            var to = from;
            while (to < happenings.Count && (happenings[to].Stream ?? own) == stream)
            {
                to++;
            }

            var inStream = stream == own ? maker : maker with { Scheme = await Scopes.SchemeOfAsync(scope, stream, CivilTime.DayOf(maker.At).Year, cancel) };
            places.AddRange(await Ledger.AppendAsync(scope.Connection, stream, inStream, happenings.Skip(from).Take(to - from).ToList(), cancel));
            from = to;
        }

        return places;
    }

    private async Task<Step> InItsStageAsync(DataScope scope, Step step, CancellationToken cancel)
    {
        if (step.FindStage is { } findStage)
        {
            return step with { Stage = await findStage(scope), FindStage = null };
        }

        if (step.FindDays is { } findDays)
        {
            step = step with { Days = await findDays(scope), FindDays = null };
        }

        var stage = step.Days.Count == 0 ? Stage.Recording : await Boards.StageOnAsync(scope, step.Organization, step.Days, cancel);
        if (stage <= Stage.Reviewing)
        {
            return step.Stage >= stage ? step : step with { Stage = stage };
        }

        return step with
        {
            Stage = stage,
            Action = !step.BecomesCorrection ? step.Action : stage < Stage.Decided ? Actions.RC3CorrectAfterReview : Actions.RC4CorrectAfterDecision,
        };
    }

    private static readonly IReadOnlyDictionary<PersonId, Refusal> NobodyExcluded = new Dictionary<PersonId, Refusal>();

    // The second half is another person's; alone one takes it only where nobody else could.
    private static async Task<Verdict> JudgeHalfAsync(DataScope scope, Step step, Actor actor, Scope where, PersonId first, CancellationToken cancel)
    {
        var target = PendingSteps.TargetFor(step.By, where, step.Stage, step.Concerned, step.Handlers);
        if (first != step.By)
        {
            return Authority.JudgeSecond(step.Action, actor, target, first);
        }

        var alone = Authority.Judge(step.Action, actor, target);
        return alone.IsAllowed && await PendingSteps.SomebodyCouldConfirmAsync(scope, step, actor, where, cancel)
            ? Authority.JudgeSecond(step.Action, actor, target, first)
            : alone;
    }

    private static (Verdict Verdict, IReadOnlyDictionary<PersonId, Refusal> Excluded) Judge(Step step, Actor actor, Scope where)
    {
        if (step.IsOneCase)
        {
            return (Authority.Judge(step.Action, actor, PendingSteps.TargetFor(step.By, where, step.Stage, step.Concerned, step.Handlers)), NobodyExcluded);
        }

        if (step.Concerned.Count <= 1)
        {
            var concern = step.Concerned is [var only] ? Concern.Of(only) : Concern.Nobody;
            return (Authority.Judge(step.Action, actor, new Target(where, concern, step.Stage, step.Handlers)), new Dictionary<PersonId, Refusal>());
        }

        var each = Authority.JudgeEach(step.Action, actor, Target.Of(where, step.Stage), step.Concerned);
        var excluded = each.Excluded.ToDictionary(one => one.Person, one => one.Verdict.Refusal!);
        return (each.Allowed.Select(one => one.Verdict).FirstOrDefault() ?? each.All[0].Verdict, excluded);
    }

    private static Task<OperationRow?> FindOperationAsync(DataScope scope, OperationId operation, CancellationToken cancel) =>
        scope.OneAsync<OperationRow>("select input_digest, answer from operation where operation_id = @operation", new { operation }, cancel);

    private static async Task KeepOperationAsync(
        DataScope scope, Step step, byte[] digest, DateTimeOffset now, IReadOnlyList<EntryPlace> places, bool waits, CancellationToken cancel) =>
        await scope.ExecuteAsync(
            """
            insert into operation (operation_id, action, person_id, input_digest, taken_at, answer)
            values (@Operation, @action, @By, @digest, @now, @answer)
            """,
            new { step.Operation, action = step.Action.Id, step.By, digest, now, answer = JsonSerializer.Serialize(new Answer(places, waits), CanonicalJson.Options) },
            cancel);

    private static StepResult Replay(string answer)
    {
        var kept = JsonSerializer.Deserialize<Answer>(answer, CanonicalJson.Options)!;
        return new StepResult(null, kept.Entries, WasReplayed: true, AwaitsSecond: kept.AwaitsSecond);
    }

    private sealed record Answer(IReadOnlyList<EntryPlace> Entries, bool AwaitsSecond);

    private sealed record OperationRow
    {
        public required byte[] InputDigest { get; init; }

        public required string Answer { get; init; }
    }
}
