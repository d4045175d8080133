using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Objections;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Schemes;
using Jifen.Store.Evidence;
using Jifen.Store.Ledgers;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>What becomes of an entry that was objected to.</summary>
/// <param name="Attendance">更正出席 to this; null: the entry is reversed, or replaced by what follows</param>
/// <param name="Fact">the fact as it should have been recorded; null: reversed</param>
/// <param name="Dues">the month as it should have been recorded; null: reversed</param>
public sealed record CaseCorrection(EntryId Entry, Attendance? Attendance, RecordFact? Fact, DuesLine? Dues = null);

/// <summary>Points of a year before an answer: what "before → after" is shown by.</summary>
/// <param name="Outcomes">results of the scheme that hold, by their text</param>
public sealed record PointsBefore(int Year, string? Total, IReadOnlyList<string> Outcomes);

/// <summary>异议、申诉: raised, investigated, answered by two, reported at the next members' meeting.</summary>
public sealed class CaseSteps(StepRunner steps, YearBoards boards, LiveScores live)
{
    /// <summary>提异议 (OB1, OB2).</summary>
    public Task<StepResult> RaiseAsync(
        OrganizationId branch, RaiseObjection command, IReadOnlyList<KeptFile> files, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var isOwn = command.About == CaseSubject.OwnResult;
        var complete = command with { Case = new CaseId(operation.Value), Person = isOwn ? by : command.Person };
        return steps.TakeAsync(
            new Step(
                by, isOwn ? Actions.OB1ObjectToOwnResult : Actions.OB2ObjectToOthersResult, branch, operation, new { command, files = EvidenceSteps.InputOf(files) }, "提异议")
            {
                Concerned = isOwn ? [by] : complete.Person is { } person ? [person] : [],
                FindStage = scope => StageAsync(scope, branch, complete.Notice, cancel),
            },
            async context =>
            {
                var (notice, terms) = await TermsAsync(context.Scope, branch, complete.Notice, cancel);
                var number = await NumberAsync(context, branch, isAppeal: false, cancel);
                var ruling = complete.Decide(
                    notice, terms, await WorkingCalendars.OfAsync(context.Scope, branch, cancel), number,
                    await HasStrangersAsync(context.Scope, complete.Person, complete.Entries, cancel),
                    await IsOpenAsync(context.Scope, by, branch, complete.About, complete.Person, complete.Notice, complete.Entries, appeals: false, cancel),
                    Digest(complete.Text, files), context.Today);
                return await WrittenAsync(context, ruling, complete.Case, branch, branch, operation, null, [new("objection", complete.Text, files)], cancel);
            },
            cancel);
    }

    /// <summary>向上级申诉 (OB5): into the ledger of the organization above.</summary>
    public async Task<StepResult> AppealAsync(
        OrganizationId branch, LodgeAppeal command, IReadOnlyList<KeptFile> files, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var superior = await steps.ReadAsync(by, async scope => (await Reads.Organizations.OneAsync(scope, branch, cancel))?.SuperiorId, cancel);
        var complete = command with { Case = new CaseId(operation.Value), Person = command.About == CaseSubject.OwnResult ? by : command.Person };
        return await steps.TakeAsync(
            new Step(by, Actions.OB5LodgeAppeal, branch, operation, new { command, files = EvidenceSteps.InputOf(files) }, "向上级申诉")
            {
                Concerned = [by],
                AlsoTakes = superior is { } above ? [above] : [],
            },
            async context =>
            {
                var before = command.Objection is { } id ? (await Cases.OneAsync(context.Scope, id, cancel))?.ToCase() : null;
                var (notice, terms) = await TermsAsync(context.Scope, branch, before?.Notice ?? complete.Notice, cancel);
                var ruling = complete.Decide(
                    by, branch, superior, before, notice, terms, await WorkingCalendars.OfAsync(context.Scope, branch, cancel),
                    superior is { } handler ? await NumberAsync(context, handler, isAppeal: true, cancel) : "",
                    await HasStrangersAsync(context.Scope, complete.Person, complete.Entries, cancel),
                    before is null
                        ? await IsOpenAsync(context.Scope, by, branch, complete.About, complete.Person, complete.Notice, complete.Entries, appeals: true, cancel)
                        : await context.Scope.OneAsync<bool>("select exists (select from objection_case where objection = @Id)", new { before.Id }, cancel),
                    Digest(complete.Text, files), context.Today);
                return await WrittenAsync(context, ruling, complete.Case, branch, superior ?? branch, operation, null, [new("appeal", complete.Text, files)], cancel);
            },
            cancel);
    }

    /// <summary>调查核实 (OB3): not who is concerned, recorded or signed.</summary>
    public async Task<StepResult> InvestigateAsync(
        InvestigateObjection command, IReadOnlyList<KeptFile> files, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        if (await FindAsync(command.Case, by, cancel) is not { IsAppeal: false } found)
        {
            return new StepResult(new NoSuchCase(), []);
        }

        var branch = found.OrganizationId;
        return await steps.TakeAsync(
            new Step(by, Actions.OB3InvestigateObjection, branch, operation, new { command, files = EvidenceSteps.InputOf(files) }, $"核实{found.Number}")
            {
                Concerned = found.ToCase().Concerned,
                IsOneCase = true,
                Handlers = await steps.ReadAsync(by, scope => CaseInvestigation.HandlersAsync(scope, boards.Schemes, found, cancel), cancel),
            },
            async context =>
            {
                var ruling = command.Decide((await Cases.OneAsync(context.Scope, command.Case, cancel))?.ToCase(), Digest(command.Finding, files), context.Today);
                return await WrittenAsync(context, ruling, command.Case, branch, branch, operation, null, [new("finding", command.Finding, files)], cancel);
            },
            cancel);
    }

    /// <summary>
    /// 答复 (OB4, OB6), by two. With corrections it is the correction's own action – after the meeting the superior confirms (RC4) –, and whoever
    /// asks must have the right to answer besides.
    /// </summary>
    public async Task<StepResult> AnswerAsync(
        AnswerCase command, IReadOnlyList<CaseCorrection> corrections, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        if (await FindAsync(command.Case, by, cancel) is not { } found)
        {
            return new StepResult(new NoSuchCase(), []);
        }

        var branch = found.OrganizationId;
        var known = found.ToCase();
        var (stage, apart) = await steps.ReadAsync(by, async scope => (
            await CorrectionStageAsync(scope, branch, corrections, cancel),
            found.IsAppeal ? await scope.QueryAsync<PersonId>("select person_id from branch_people_above(@branch)", new { branch }, cancel) : []), cancel);
        var correcting = corrections.Count == 0 ? null
            : stage >= Stage.Decided ? Actions.RC4CorrectAfterDecision
            : stage >= Stage.Reviewed ? Actions.RC3CorrectAfterReview
            : Actions.RC2CorrectBeforeReview;
        var answering = found.IsAppeal ? Actions.OB6AnswerAppeal : Actions.OB4AnswerObjection;
        var joins = !found.IsAppeal && stage >= Stage.Reviewed && correcting is not null;
        return await steps.TakeAsync(
            new Step(by, joins ? correcting! : answering, found.HandledBy, operation, new { command, corrections }, $"答复{found.Number}：{(command.Upheld ? "成立" : "不成立")}")
            {
                Concerned = [.. known.Concerned.Concat(apart).Distinct()],
                IsOneCase = true,
                Stage = stage,
                AlsoTakes = [branch],
                Reason = command.Answer,
            },
            async context =>
            {
                if (correcting is not null && await ObjectionToCorrectAsync(context, joins ? answering : correcting, branch, known, stage, cancel) is { } other)
                {
                    return new CorrectionNeedsOthers(other);
                }

                var made = new List<Ruling>();
                foreach (var correction in corrections)
                {
                    made.Add(await CorrectionAsync(context, branch, known, correction, cancel));
                }

                var now = (await Cases.OneAsync(context.Scope, command.Case, cancel))?.ToCase();
                var ruling = command.Decide(now, made, Digest(command.Answer + command.Finding, []), context.Today);
                var before = await BeforeAsync(context.Scope, branch, known, cancel);
                List<Paper> papers = [new("answer", command.Answer, [])];
                if (found.IsAppeal && command.Finding is { } finding)
                {
                    papers.Insert(0, new("finding", finding, []));
                }

                return await WrittenAsync(context, ruling, command.Case, branch, found.HandledBy, operation, before, papers, cancel);
            },
            cancel);
    }

    /// <summary>下次党员大会通报 (OB4).</summary>
    public async Task<StepResult> ReportAsync(ReportAnswer command, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        if (await FindAsync(command.Case, by, cancel) is not { } found)
        {
            return new StepResult(new NoSuchCase(), []);
        }

        var branch = found.OrganizationId;
        return await steps.TakeAsync(
            new Step(by, Actions.OB4AnswerObjection, branch, operation, command, $"登记{found.Number}已在党员大会通报") { Concerned = found.ToCase().Concerned, IsOneCase = true },
            async context =>
            {
                var meeting = await Cases.MeetingAsync(context.Scope, branch, command.Gathering, cancel);
                var ruling = command.Decide((await Cases.OneAsync(context.Scope, command.Case, cancel))?.ToCase(), meeting, context.Today);
                return await MeetingSteps.OffTheAgendaAsync(context, branch, command.Case.Value, ruling, "通报已另行登记", cancel);
            },
            cancel);
    }

    /// <summary>Terms of the step a notice belongs to; of the first notice with days where there is none.</summary>
    public async Task<(Notice? Notice, CaseTerms Terms)> TermsAsync(DataScope scope, OrganizationId branch, NoticeId? id, CancellationToken cancel = default)
    {
        var notice = id is { } known ? await BranchNotices.OneAsync(scope, known, branch, cancel) : null;
        var year = RoundKey.Read(notice?.Round) is { } round ? await boards.OfAsync(scope, branch, round.Year, cancel) : await boards.OnAsync(scope, branch, scope.Today, cancel);
        var noticeSteps = year?.InForce.Scheme.Steps.Where(step => step.Kind == StepKinds.Notice).ToList() ?? [];
        var step = noticeSteps.Find(one => one.Name == notice?.Step) ?? noticeSteps.Find(one => one.Objections is not null);
        return (notice, CaseTerms.Of(step?.Objections));
    }

    private async Task<Stage> StageAsync(DataScope scope, OrganizationId branch, NoticeId? id, CancellationToken cancel)
    {
        if (id is not { } known || await BranchNotices.OneAsync(scope, known, branch, cancel) is not { IsPublished: true } notice)
        {
            return Stage.Recording;
        }

        return notice.OverAfter >= scope.Today ? Stage.OnNotice : Stage.Settled;
    }

    private Task<Stage> CorrectionStageAsync(DataScope scope, OrganizationId branch, IReadOnlyList<CaseCorrection> corrections, CancellationToken cancel) =>
        corrections.Count == 0 ? Task.FromResult(Stage.Recording) : StageOfAsync(scope, branch, corrections, cancel);

    private async Task<Stage> StageOfAsync(DataScope scope, OrganizationId branch, IReadOnlyList<CaseCorrection> corrections, CancellationToken cancel)
    {
        var days = await RecordSteps.DaysOfAsync(scope, corrections.Select(correction => correction.Entry), cancel);
        return await boards.StageOnAsync(scope, branch, days.Concat(corrections.Select(correction => correction.Fact?.On ?? correction.Dues?.Month).OfType<DateOnly>()), cancel);
    }

    private static async Task<Refusal?> ObjectionToCorrectAsync(
        StepContext context, ActionRow action, OrganizationId branch, Case known, Stage stage, CancellationToken cancel)
    {
        var where = await Scopes.OfAsync(context.Scope, branch, cancel);
        return Authority.Judge(action, context.Actor, PendingSteps.TargetFor(context.Actor.Person, where, stage, known.Concerned, [])).Refusal;
    }

    private async Task<Ruling> CorrectionAsync(StepContext context, OrganizationId branch, Case known, CaseCorrection correction, CancellationToken cancel)
    {
        if (known.Person is not { } person || !known.Entries.Contains(correction.Entry)
            || await Cases.EntriesAsync(context.Scope, person, [correction.Entry], cancel) is not [var entry])
        {
            return new EntryIsAnothers();
        }

        var reason = $"{known.Number}成立";
        if (entry.Type == "attendance")
        {
            if (entry.GatheringId is not { } gathering || correction.Attendance is not { } attendance
                || await GatheringStates.OneAsync(context.Scope, gathering, cancel) is not { } held)
            {
                return new InputIsWrong([new RowFault(RowFault.WholeForm, $"to-{entry.EntryId}", "更正出席，要选应为哪一种")]);
            }

            var mark = (await GatheringStates.RollAsync(context.Scope, held.Organization, held.Gathering, cancel)).Lines.FirstOrDefault(line => line.Person == person)?.Mark;
            return new CorrectAttendance(gathering, person, correction.Entry, attendance, reason).Decide(held.Gathering, mark);
        }

        if (entry.Type == "declaration")
        {
            return await DeclarationAsync(context, branch, known, entry, cancel);
        }

        var reversal = new ReverseEntry(correction.Entry, reason);
        if (correction.Dues is { } dues)
        {
            var today = await RecordDesks.OfAsync(boards.Schemes, context.Scope, branch, context.Today, cancel: cancel);
            return await DuesSteps.CorrectionAsync(context.Scope, boards.Schemes, branch, reversal, dues with { Person = person }, today, speaksForBody: true, cancel);
        }

        var onRecord = await RecordSteps.EntryAsync(context.Scope, correction.Entry, cancel);
        if (correction.Fact is not { } fact)
        {
            return reversal.Decide(onRecord, branch, speaksForBody: true);
        }

        var desk = await RecordDesks.OfAsync(boards.Schemes, context.Scope, branch, fact.On, cancel: cancel);
        return new CorrectEntry(reversal).Decide(
            onRecord, branch, speaksForBody: true, fact.Decide(desk, (await boards.Schemes.OnAsync(context.Scope, branch, fact.On, cancel))?.Scheme));
    }

    // 认定 after all, as it was declared: the fact names the declaration, whose rejection stays visible.
    private async Task<Ruling> DeclarationAsync(StepContext context, OrganizationId branch, Case known, CaseEntry entry, CancellationToken cancel)
    {
        if (entry.HasEnded || await DeclarationBoard.OneAsync(context.Scope, entry.DeclarationId!.Value, cancel) is not { } declared)
        {
            return new NoSuchEntry();
        }

        var matter = declared.Matter;
        var made = new RecordFact(
            [matter.About], matter.Kind, matter.On, matter.Quantity, matter.Level, matter.Content, matter.Points, $"{known.Number}的答复", matter.Evidence).Decide(
            await RecordDesks.OfAsync(boards.Schemes, context.Scope, branch, matter.On, cancel: cancel),
            (await boards.Schemes.OnAsync(context.Scope, branch, matter.On, cancel))?.Scheme);
        return made.IsRefused ? made : Ruling.Of([.. made.Happenings.Select(one => one with
        {
            Event = (FactRecorded)one.Event with { State = FactState.Counts, Declaration = declared.DeclarationId, Body = known.IsAppeal ? "上级党组织" : "支委会" },
        })]);
    }

    // The year the case is about, and the next where it has begun: two-year conditions and what is carried over look at both.
    private async Task<string?> BeforeAsync(DataScope scope, OrganizationId branch, Case known, CancellationToken cancel)
    {
        if (known.Person is not { } person)
        {
            return null;
        }

        var year = RoundKey.Read(known.Round)?.Year ?? scope.Today.Year;
        var before = new List<PointsBefore>();
        for (var one = year; one <= Math.Min(year + 1, scope.Today.Year); one++)
        {
            if (await PointsAsync(scope, branch, person, one, cancel) is { } points)
            {
                before.Add(points);
            }
        }

        return JsonSerializer.Serialize(before, CanonicalJson.Options);
    }

    /// <summary>One person's points of a year as they stand now; null where he has none.</summary>
    public async Task<PointsBefore?> PointsAsync(DataScope scope, OrganizationId branch, PersonId person, int year, CancellationToken cancel = default) =>
        await live.OfAsync(scope, branch, year, scope.Today, cancel) is { } points && points.Scores.PersonOf(person) is not null && points.Scores.CardOf(person) is { HasScorecard: true } card
            ? new PointsBefore(year, card.Total.ToString(), [.. card.Outcomes.Select(outcome => outcome.Outcome.Result)])
            : null;

    private Task<CaseRow?> FindAsync(CaseId id, PersonId by, CancellationToken cancel) => steps.ReadAsync(by, scope => Cases.OneAsync(scope, id, cancel), cancel);

    private static async Task<bool> HasStrangersAsync(DataScope scope, PersonId? person, IReadOnlyList<EntryId> entries, CancellationToken cancel) =>
        entries.Count > 0 && (person is not { } about || (await Cases.EntriesAsync(scope, about, entries, cancel)).Count != entries.Distinct().Count());

    private static Task<bool> IsOpenAsync(
        DataScope scope, PersonId by, OrganizationId branch, CaseSubject about, PersonId? person, NoticeId? notice, IReadOnlyList<EntryId> entries, bool appeals, CancellationToken cancel) =>
        scope.OneAsync<bool>(
            """
            select exists (select from objection_case c
                where c.raised_by = @by and c.organization_id = @branch and c.is_appeal = @appeals and c.about = @about and c.answered_on is null
                    and c.person_id is not distinct from @person and c.notice_id is not distinct from @notice and c.entries @> @ids and c.entries <@ @ids)
            """,
            new { by, branch, appeals, about = Words.Of(about), person = person?.Value, notice = notice?.Value, ids = entries.Select(entry => entry.Value).ToArray() },
            cancel);

    private static async Task<string> NumberAsync(StepContext context, OrganizationId handledBy, bool isAppeal, CancellationToken cancel)
    {
        var number = await context.Scope.OneAsync<int>("select next_case_number(@handledBy, @isAppeal, @Year)", new { handledBy, isAppeal, context.Today.Year }, cancel);
        return string.Create(CultureInfo.InvariantCulture, $"{(isAppeal ? "申诉" : "异议")}〔{context.Today.Year}〕{number}号");
    }

    private static async Task<Ruling> WrittenAsync(
        StepContext context, Ruling ruling, CaseId id, OrganizationId branch, OrganizationId handledBy, OperationId operation, string? points,
        IEnumerable<Paper> papers, CancellationToken cancel)
    {
        if (ruling.IsRefused)
        {
            return ruling;
        }

        // Files go where the case is handled: the branch is not told of an appeal by what was handed in with it.
        var kept = new List<Happening>();
        foreach (var paper in papers)
        {
            var named = EvidenceSteps.Named(paper.Files);
            kept.AddRange((await EvidenceSteps.KeepAsync(context, handledBy, named, null, cancel)).Select(one => one with { Stream = handledBy }));
            await context.Scope.ExecuteAsync(
                """
                insert into case_paper (paper_id, case_id, organization_id, handled_by, kind, text, evidence, points, operation_id, written_by, written_at)
                values (@paper, @id, @branch, @handledBy, @Kind, @text, @evidence, @points, @operation, @Person, @Now)
                """,
                new
                {
                    paper = Guid.CreateVersion7(),
                    id,
                    branch,
                    handledBy,
                    paper.Kind,
                    text = paper.Text.Trim(),
                    evidence = named.Select(one => one.Id.Value).ToArray(),
                    points,
                    operation,
                    context.Actor.Person,
                    context.Now,
                },
                cancel);
        }

        return Ruling.Of([.. kept, .. ruling.Happenings]);
    }

    // What is written, with the files that came with it, in their order.
    private static string Digest(string text, IReadOnlyList<KeptFile> files) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [text.Trim(), .. files.Select(file => file.Sha256)]))));

    // kind: objection, appeal, finding, answer
    private sealed record Paper(string Kind, string Text, IReadOnlyList<KeptFile> Files);
}
