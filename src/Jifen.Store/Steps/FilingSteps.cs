using Jifen.Cycle;
using Jifen.Cycle.Filings;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Store.Filings;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>Steps of 备案: up by two of the branch, taken or returned by the officer above – here, or by a receipt from another installation.</summary>
public sealed class FilingSteps(StepRunner steps, FilingMaker maker)
{
    /// <summary>报送.</summary>
    public Task<StepResult> SubmitAsync(OrganizationId branch, SubmitFiling command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(
            branch,
            command.Round,
            command,
            $"报送{command.Step}（{command.Round}）",
            async (context, board) =>
            {
                var filing = Guid.CreateVersion7();
                if (await maker.MakeAsync(context.Scope, branch, command.Round, command.Step, filing, cancel) is not { } draft)
                {
                    return new NoSuchRoundStep(command.Step);
                }

                var before = await FilingList.LastAsync(context.Scope, branch, command.Round.ToString(), command.Step, cancel);
                var ruling = command.Decide(
                    board,
                    before?.ToRecord(),
                    filing,
                    draft.Digest,
                    draft.IsSettledTable,
                    await OpenCases.CountAsync(context.Scope, branch, command.Round.Year, cancel),
                    context.Verdict.Role);
                if (!ruling.IsRefused)
                {
                    await context.Scope.ExecuteAsync(
                        """
                        insert into filing_package (filing_id, organization_id, digest, content, kept_by, kept_at)
                        values (@filing, @branch, @Digest, @Text, @by, @Now)
                        """,
                        new { filing, branch, draft.Digest, draft.Text, by, context.Now },
                        cancel);
                }

                return ruling;
            },
            by,
            operation,
            cancel);

    /// <summary>A filing that waited for its second signature still has to be in turn, and to be what the books say.</summary>
    public Recheck SubmissionRecheck => new(Actions.RS4FileResults, async (scope, branch, happenings, cancel) =>
    {
        if (happenings.Select(one => one.Event).OfType<FilingSubmitted>().FirstOrDefault() is not { } submitted)
        {
            return null;
        }

        var round = RoundKey.Known(submitted.Round);
        if (await maker.Boards.BoardAsync(scope, branch, round, cancel) is not { } board || board.Plan.Find(round, submitted.Step) is not { } step
            || await maker.MakeAsync(scope, branch, round, submitted.Step, submitted.Filing, cancel) is not { } draft)
        {
            return new NoSuchRoundStep(submitted.Step);
        }

        var package = await FilingList.PackageAsync(scope, submitted.Filing, cancel);
        var kept = package is null ? null : FilingFile.ReadPackage(package).Package;
        return board.ObjectionToEnd(step)
            ?? (kept is null || SettledYears.DigestOf(kept.Table) != SettledYears.DigestOf(draft.Package.Table) || !draft.IsSettledTable ? new StateHasChanged() : null);
    });

    /// <summary>接收 or 退回, by the officer above.</summary>
    /// <param name="reason">null: it is taken</param>
    public Task<StepResult> AnswerAsync(
        FilingRow filing,
        string? reason,
        IReadOnlyList<FilingRemark> remarks,
        PersonId by,
        OperationId operation,
        CancellationToken cancel = default)
    {
        var round = RoundKey.Known(filing.Round);
        return TakeAsync(
            filing.OrganizationId,
            round,
            new { filing.FilingId, reason, remarks },
            reason is null ? $"接收{filing.Step}" : $"退回{filing.Step}",
            async (context, board) =>
            {
                if (context.Verdict.Role != Role.OrganizationOfficer || IsOfTheBranch(context.Actor, filing.OrganizationId))
                {
                    return new TakenFromAbove();
                }

                if (context.Actor.Person == filing.SubmittedBy || context.Actor.Person == filing.SecondBy)
                {
                    return new SignedByHimself();
                }

                var now = await FilingList.OneAsync(context.Scope, filing.FilingId, cancel);
                if (reason is null)
                {
                    var check = now is null ? new FilingCheck(["没有这份材料"], []) : (await maker.CheckAsync(context.Scope, now, cancel)).Check;
                    return new AcceptFiling(filing.FilingId).Decide(board, now?.ToRecord(), check);
                }

                var ruling = new ReturnFiling(filing.FilingId, reason).Decide(now?.ToRecord(), context.Today);
                return ruling.IsRefused ? ruling : await WithRemarksAsync(context, filing, remarks, ruling, cancel);
            },
            by,
            operation,
            cancel);
    }

    /// <summary>Brings in a receipt of a superior in another installation; two of the branch sign for it.</summary>
    public Task<StepResult> TakeReceiptAsync(FilingRow filing, string text, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var (receipt, digest, fault) = FilingFile.ReadReceipt(text);
        if (receipt is null)
        {
            return Task.FromResult(new StepResult(new NotAFilingFile(fault!), []));
        }

        if (receipt.Filing != filing.FilingId || receipt.Digest != filing.Digest)
        {
            return Task.FromResult(new StepResult(new ReceiptIsForAnother(), []));
        }

        return TakeAsync(
            filing.OrganizationId,
            RoundKey.Known(filing.Round),
            new { filing.FilingId, digest },
            $"登记上级对{filing.Step}的回执：{(receipt.IsAccepted ? "接收" : "退回")}",
            async (context, board) =>
            {
                if (context.Verdict.Role != Role.Secretary)
                {
                    return new OnlyTheBranchFiles();
                }

                if (await FilingList.HasSuperiorHereAsync(context.Scope, filing.OrganizationId, cancel))
                {
                    return new SuperiorIsHere();
                }

                var now = (await FilingList.OneAsync(context.Scope, filing.FilingId, cancel))?.ToRecord();
                var ruling = receipt.IsAccepted
                    ? new AcceptFiling(filing.FilingId, digest, receipt.Superior).Decide(board, now, new FilingCheck([], []))
                    : new ReturnFiling(filing.FilingId, receipt.Reason ?? "上级退回", digest, receipt.Superior).Decide(now, context.Today);
                if (ruling.IsRefused)
                {
                    return ruling;
                }

                await KeepReceiptAsync(context, filing.OrganizationId, digest, text, cancel);
                return await WithRemarksAsync(context, filing, receipt.Remarks, ruling, cancel);
            },
            by,
            operation,
            cancel);
    }

    /// <summary>Answers a package of a branch in another installation.</summary>
    /// <param name="superior">the organization that answers, with its name</param>
    /// <returns>the receipt's digest beside the result</returns>
    public async Task<(StepResult Result, string Receipt)> AnswerOutsideAsync(
        OrganizationId superior,
        string superiorName,
        string byName,
        string text,
        string? reason,
        IReadOnlyList<FilingRemark> remarks,
        PersonId by,
        OperationId operation,
        DateOnly today,
        CancellationToken cancel = default)
    {
        var (package, digest, check, fault) = FilingFile.ReadPackage(text);
        if (package is null || check is null)
        {
            return (new StepResult(new NotAFilingFile(fault!), []), "");
        }

        var isAccepted = reason is null;
        var (file, receipt) = FilingFile.Write(new FilingReceipt(
            FilingReceipt.FormatName, package.Filing, package.Round, digest, isAccepted, superiorName, byName, today, reason?.Trim(), remarks));
        var command = new AnswerOutsideFiling(package.Filing, package.Round, digest, isAccepted, reason);
        var result = await steps.TakeAsync(
            // The stage is the branch's, in its own installation: what comes up as a file has been settled there.
            new Step(by, Actions.RS4FileResults, superior, operation, new { digest, reason, remarks }, $"答复{package.Organization.Name}的{package.Step}") { Stage = Stage.Settled },
            async context =>
            {
                if (context.Verdict.Role != Role.OrganizationOfficer)
                {
                    return new TakenFromAbove();
                }

                var isAnswered = await context.Scope.OneAsync<bool>(
                    "select exists (select from outside_filing where organization_id = @superior and digest = @digest)", new { superior, digest }, cancel);
                var ruling = command.Decide(check, isAnswered, receipt, context.Today);
                if (!ruling.IsRefused)
                {
                    await KeepReceiptAsync(context, superior, receipt, file, cancel);
                }

                return ruling;
            },
            cancel);
        return (result, receipt);
    }

    private static bool IsOfTheBranch(Actor actor, OrganizationId branch) =>
        actor.Branch == branch || actor.Posts.Any(post => post.Organization == branch);

    private static Task<int> KeepReceiptAsync(StepContext context, OrganizationId organization, string digest, string text, CancellationToken cancel) =>
        context.Scope.ExecuteAsync(
            """
            insert into filing_receipt (digest, organization_id, content, kept_by, kept_at)
            values (@digest, @organization, @text, @Person, @Now)
            on conflict (digest) do nothing
            """,
            new { digest, organization, text, context.Actor.Person, context.Now },
            cancel);

    private static async Task<Ruling> WithRemarksAsync(
        StepContext context, FilingRow filing, IReadOnlyList<FilingRemark> remarks, Ruling ruling, CancellationToken cancel)
    {
        foreach (var remark in remarks.Where(remark => remark.Text.Trim().Length > 0))
        {
            await context.Scope.ExecuteAsync(
                """
                insert into filing_remark (remark_id, filing_id, organization_id, person_id, text, kept_by, kept_at)
                values (@id, @FilingId, @OrganizationId, @person, @text, @by, @Now)
                """,
                new
                {
                    id = Guid.CreateVersion7(),
                    filing.FilingId,
                    filing.OrganizationId,
                    person = remark.Person,
                    text = remark.Text.Trim(),
                    by = context.Actor.Person,
                    context.Now,
                },
                cancel);
        }

        return ruling;
    }

    private Task<StepResult> TakeAsync(
        OrganizationId branch,
        RoundKey round,
        object command,
        string summary,
        Func<StepContext, YearBoard, Task<Ruling>> decide,
        PersonId by,
        OperationId operation,
        CancellationToken cancel) => steps.TakeAsync(
        new Step(by, Actions.RS4FileResults, branch, operation, command, summary)
        {
            FindStage = scope => maker.Boards.StageOfAsync(scope, branch, round, cancel),
        },
        async context => await maker.Boards.BoardAsync(context.Scope, branch, round, cancel) is { } board
            ? await decide(context, board)
            : new NoSuchRoundStep(round.ToString()),
        cancel);
}
