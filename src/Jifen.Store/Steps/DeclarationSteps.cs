using Jifen.Cycle;
using Jifen.Cycle.Declarations;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Scorecards;
using Jifen.Store.Evidence;
using Jifen.Store.Ledgers;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>申报: submitting, withdrawing, returning; accepting and rejecting in the review.</summary>
public sealed class DeclarationSteps(StepRunner steps, ReviewDesks desks)
{
    private SchemesInForce Schemes => desks.Boards.Schemes;

    /// <summary>申报本人事项, 报告他人事项. The matter's own evidence: what an earlier one holds already; the files are added.</summary>
    public async Task<StepResult> SubmitAsync(
        OrganizationId branch,
        DeclaredMatter matter,
        IReadOnlyList<KeptFile> files,
        DeclarationId? replaces,
        PersonId by,
        OperationId operation,
        CancellationToken cancel = default)
    {
        var isReport = matter.About != by;
        var named = EvidenceSteps.Named(files);
        var complete = matter with { Evidence = [.. matter.Evidence, .. named.Select(one => one.Id)] };
        var salt = PersonNames.FreshSalt();
        var declaration = new DeclarationId(Guid.CreateVersion7());
        var command = new SubmitDeclaration(declaration, complete, by, DigestOf(complete, by, salt), replaces);
        var author = isReport ? new PersonId(Guid.CreateVersion7()) : by;
        Refusal? late = null;
        var step = new Step(
            by,
            isReport ? Actions.DE2ReportOthersItem : Actions.DE1DeclareOwnItem,
            branch,
            operation,
            new { matter, files = EvidenceSteps.InputOf(files), replaces },
            "申报")
        {
            Concerned = [matter.About],
            Author = isReport ? author : null,
            FindStage = async scope =>
            {
                if (await desks.Boards.OnAsync(scope, branch, matter.On, cancel) is not { } year)
                {
                    return Stage.Recording;
                }

                late = DeclarationWindow.Of(year.Board, matter.On).Objection(matter.On, isReport);
                return year.Board.StageOn(matter.On);
            },
        };
        var result = await steps.TakeAsync(
            step,
            async context =>
            {
                var year = await desks.Boards.OnAsync(context.Scope, branch, matter.On, cancel);
                var ruling = command.Decide(
                    await RecordDesks.OfAsync(Schemes, context.Scope, branch, matter.On, null, cancel),
                    year?.InForce.Scheme,
                    year is null ? new DeclarationWindow(null, StepState.Outside, null) : DeclarationWindow.Of(year.Board, matter.On),
                    replaces is { } old ? await OnRecordAsync(context.Scope, branch, old, cancel) : null,
                    await IsThereAsync(context.Scope, complete, cancel));
                if (ruling.IsRefused)
                {
                    return ruling;
                }

                await KeepAsync(context, branch, command, author, salt, cancel);
                var kept = await EvidenceSteps.KeepAsync(context, branch, named, author, cancel);
                return Ruling.Of([.. kept, .. ruling.Happenings]);
            },
            cancel);
        // The table says that it is past the stage; the window says since when, and what can be done instead.
        return result.Refusal is NotInThisStage && late is not null ? result with { Refusal = late } : result;
    }

    /// <summary>撤回.</summary>
    public async Task<StepResult> WithdrawAsync(OrganizationId branch, DeclarationId declaration, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        if (await FindAsync(branch, declaration, by, cancel) is not { IsByActor: true } found)
        {
            return new StepResult(new NoSuchDeclaration(), []);
        }

        var step = new Step(by, found.IsReport ? Actions.DE2ReportOthersItem : Actions.DE1DeclareOwnItem, branch, operation, new { declaration }, "撤回申报")
        {
            Concerned = [found.Matter.About],
            Author = found.IsReport ? found.Author : null,
            FindStage = scope => desks.Boards.StageOfAsync(scope, branch, found.Round, cancel),
        };
        return await steps.TakeAsync(
            step,
            async context =>
            {
                // A report may be taken back as long as an own item: the review has not begun.
                var board = await desks.Boards.BoardAsync(context.Scope, branch, found.Round, cancel);
                return board is not null && DeclarationWindow.Of(board, found.Matter.On).Objection(found.Matter.On, false) is { } closed
                    ? closed
                    : new WithdrawDeclaration(declaration).Decide(await OnRecordAsync(context.Scope, branch, declaration, cancel));
            },
            cancel);
    }

    /// <summary>退回补充. Looking at what was declared is review, also before it has begun.</summary>
    public async Task<StepResult> ReturnAsync(OrganizationId branch, DeclarationId declaration, string reason, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        if (await FindAsync(branch, declaration, by, cancel) is not { } found)
        {
            return new StepResult(new NoSuchDeclaration(), []);
        }

        var command = new ReturnDeclaration(declaration, WrittenTexts.Seal(reason));
        var step = new Step(by, Actions.PE1Review, branch, operation, new { declaration, reason, what = "return" }, "退回申报")
        {
            Concerned = [found.Matter.About],
            FindStage = async scope => await desks.Boards.StageOfAsync(scope, branch, found.Round, cancel) is var stage && stage < Stage.Reviewing ? Stage.Reviewing : stage,
        };
        return await steps.TakeAsync(
            step,
            async context =>
            {
                var board = await desks.Boards.BoardAsync(context.Scope, branch, found.Round, cancel);
                if (board is null || ReviewDesks.StepOf(board, found.Round) is not { } review)
                {
                    return new NothingIsDeclaredHere();
                }

                var bench = await ReviewDesks.BenchAsync(context.Scope, branch, review, by, cancel);
                var ruling = bench.Objection(found.Matter.About) is { } refusal
                    ? refusal
                    : command.Decide(await OnRecordAsync(context.Scope, branch, declaration, cancel), DeclarationWindow.Of(board, found.Matter.On));
                return await WithReasonAsync(context, branch, ruling, "return", command.Reason, found, cancel);
            },
            cancel);
    }

    /// <summary>认定, as declared or changed.</summary>
    /// <param name="reason">why it is changed; empty where it is not</param>
    public Task<StepResult> AcceptAsync(
        OrganizationId branch,
        DeclarationId declaration,
        decimal? quantity,
        string? level,
        decimal? points,
        string reason,
        PersonId by,
        OperationId operation,
        CancellationToken cancel = default)
    {
        var sealedReason = WrittenTexts.Seal(reason);
        return JudgeAsync(
            branch,
            [declaration],
            new { declaration, quantity, level, points, reason },
            "认定申报",
            async (context, found, judging) =>
            {
                var ruling = new AcceptDeclaration(declaration, quantity, level, points, sealedReason).Decide(found[0], found[0] is { } one ? judging(one) : null!);
                return ruling.Happenings is [{ Event: DeclarationAccepted { IsChanged: true } }, ..]
                    ? await WithReasonAsync(context, branch, ruling, "change", sealedReason, found[0]!, cancel)
                    : ruling;
            },
            by,
            operation,
            cancel);
    }

    /// <summary>认定 of several as they were declared.</summary>
    public Task<StepResult> AcceptAsync(
        OrganizationId branch, IReadOnlyList<DeclarationId> declarations, PersonId by, OperationId operation, CancellationToken cancel = default) => JudgeAsync(
        branch,
        declarations,
        new { declarations },
        $"认定申报{declarations.Count}份",
        (_, found, judging) => Task.FromResult(new AcceptDeclarations(declarations).Decide(found, judging)),
        by,
        operation,
        cancel);

    /// <summary>不认定.</summary>
    public Task<StepResult> RejectAsync(
        OrganizationId branch, DeclarationId declaration, string reason, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var command = new RejectDeclaration(declaration, WrittenTexts.Seal(reason));
        return JudgeAsync(
            branch,
            [declaration],
            new { declaration, reason },
            "不认定申报",
            async (context, found, judging) => await WithReasonAsync(
                context, branch, command.Decide(found[0], found[0] is { } one ? judging(one) : null!), "rejection", command.Reason, found[0], cancel),
            by,
            operation,
            cancel);
    }

    /// <summary>Of matter and declarer, with a salt that lies beside it: the receipt.</summary>
    public static string DigestOf(DeclaredMatter matter, PersonId by, string salt) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
        System.Text.Encoding.UTF8.GetBytes(CanonicalJson.OfValue(new { matter, by, salt }))));

    internal static async Task<DeclarationOnRecord?> OnRecordAsync(DataScope scope, OrganizationId branch, DeclarationId declaration, CancellationToken cancel) =>
        await DeclarationBoard.OneAsync(scope, declaration, cancel) is { } row && row.OrganizationId == branch ? row.OnRecord : null;

    private async Task<StepResult> JudgeAsync(
        OrganizationId branch,
        IReadOnlyList<DeclarationId> declarations,
        object input,
        string summary,
        Func<StepContext, IReadOnlyList<DeclarationOnRecord?>, Func<DeclarationOnRecord, JudgingDesk>, Task<Ruling>> decide,
        PersonId by,
        OperationId operation,
        CancellationToken cancel)
    {
        var about = new List<DeclarationOnRecord>();
        foreach (var declaration in declarations)
        {
            if (await FindAsync(branch, declaration, by, cancel) is not { } found)
            {
                return new StepResult(new NoSuchDeclaration(), []);
            }

            about.Add(found);
        }

        if (about.Select(one => one.Round).Distinct().Count() > 1)
        {
            return new StepResult(new NoSuchDeclaration(), []);
        }

        var step = new Step(by, Actions.PE1Review, branch, operation, input, summary)
        {
            Concerned = about.Select(one => one.Matter.About).Distinct().ToList(),
            FindStage = async scope => about.Count == 0 ? Stage.Reviewing : await desks.Boards.StageOfAsync(scope, branch, about[0].Round, cancel),
        };
        return await steps.TakeAsync(
            step,
            async context =>
            {
                if (about.Count == 0)
                {
                    return new NoDeclarationChosen();
                }

                if (await desks.Boards.OfAsync(context.Scope, branch, about[0].Round.Year, cancel) is not { } year
                    || ReviewDesks.StepOf(year.Board, about[0].Round) is not { } review)
                {
                    return new NothingIsDeclaredHere();
                }

                var bench = await ReviewDesks.BenchAsync(context.Scope, branch, review, by, cancel);
                var live = await desks.Live.OfAsync(context.Scope, branch, year.Board.Plan.Year, context.Today, cancel);
                var found = new List<DeclarationOnRecord?>();
                var judging = new Dictionary<DeclarationId, JudgingDesk>();
                foreach (var declaration in declarations)
                {
                    var one = await OnRecordAsync(context.Scope, branch, declaration, cancel);
                    found.Add(one);
                    if (one is not null)
                    {
                        var testimonies = await DeclarationBoard.TestimoniesAsync(context.Scope, declaration, cancel);
                        judging[declaration] = new JudgingDesk(
                            bench,
                            await RecordDesks.OfAsync(Schemes, context.Scope, branch, one.Matter.On, null, cancel),
                            year.InForce.Scheme,
                            fact => live is null ? null : WhatIf.EffectOf(live.Scores, one.Matter.About, fact),
                            [.. testimonies.Select(testimony => testimony.Digest).OfType<string>()]);
                    }
                }

                return await decide(context, found, one => judging[one.Declaration]);
            },
            cancel);
    }

    private static async Task<Ruling> WithReasonAsync(
        StepContext context, OrganizationId branch, Ruling ruling, string topic, SealedText reason, DeclarationOnRecord? declared, CancellationToken cancel)
    {
        if (!ruling.IsRefused && declared is not null)
        {
            await WrittenTexts.KeepAsync(context, branch, topic, reason, declared.Declaration, declared.Named, cancel);
        }

        return ruling;
    }

    private static async Task KeepAsync(
        StepContext context, OrganizationId branch, SubmitDeclaration command, PersonId author, string salt, CancellationToken cancel)
    {
        var matter = command.Matter;
        if (command.IsReport)
        {
            await context.Scope.ExecuteAsync(
                "insert into declaration_reporter (author_id, organization_id, person_id, about_id, kept_at) values (@author, @branch, @By, @About, @Now)",
                new { author, branch, command.By, matter.About, context.Now },
                cancel);
        }

        await context.Scope.ExecuteAsync(
            """
            insert into declaration (declaration_id, organization_id, person_id, author_id, is_report, kind, happened_on, quantity, level, content, points,
                ground, evidence, salt, kept_at)
            values (@Declaration, @branch, @About, @author, @IsReport, @Kind, @On, @Quantity, @Level, @content, @Points, @ground, @evidence, @salt, @Now)
            """,
            new
            {
                command.Declaration,
                branch,
                matter.About,
                author,
                command.IsReport,
                matter.Kind,
                matter.On,
                matter.Quantity,
                matter.Level,
                content = string.IsNullOrWhiteSpace(matter.Content) ? null : matter.Content.Trim(),
                matter.Points,
                ground = matter.Ground.Trim(),
                evidence = matter.Evidence.Select(id => id.Value).ToArray(),
                salt,
                context.Now,
            },
            cancel);
    }

    private static async Task<bool> IsThereAsync(DataScope scope, DeclaredMatter matter, CancellationToken cancel) => await scope.OneAsync<bool>(
        """
        select exists (
            select from declaration d join declaration_state s using (declaration_id)
            where (d.author_id = @me or speaks_under(d.author_id)) and s.state = 'submitted' and d.person_id = @About and d.kind = @Kind and d.happened_on = @On
                and d.content is not distinct from @content and d.level is not distinct from @Level)
        """,
        new { me = scope.Person, matter.About, matter.Kind, matter.On, content = matter.Content?.Trim(), matter.Level },
        cancel);

    private Task<DeclarationOnRecord?> FindAsync(OrganizationId branch, DeclarationId declaration, PersonId by, CancellationToken cancel) =>
        steps.ReadAsync(by, scope => OnRecordAsync(scope, branch, declaration, cancel), cancel);
}
