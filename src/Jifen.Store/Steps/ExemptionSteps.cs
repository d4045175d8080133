using System.Security.Cryptography;
using System.Text;
using Jifen.Cycle;
using Jifen.Cycle.Exemptions;
using Jifen.Cycle.Members;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Permissions;
using Jifen.Scoring.Schemes;
using Jifen.Store.Evidence;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>免予积分: from the application to the roster, by the 手续 of the scheme.</summary>
public sealed class ExemptionSteps(StepRunner steps, SchemesInForce schemes)
{
    /// <summary>申请 (RO3).</summary>
    public Task<StepResult> ApplyAsync(
        OrganizationId branch, ApplyForExemption command, IReadOnlyList<KeptFile> files, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var named = EvidenceSteps.Named(files);
        var complete = command with { Application = new ExemptionId(operation.Value) };
        return steps.TakeAsync(
            new Step(by, Actions.RO3ApplyForExemption, branch, operation, new { command, files = EvidenceSteps.InputOf(files) }, "申请免予积分") { Concerned = [by] },
            async context =>
            {
                var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{command.Kind}\n{command.Reason.Trim()}")));
                var ruling = complete.Decide(
                    by,
                    await MemberHistories.OfAsync(context.Scope, by, cancel),
                    await MemberHistories.RollAsync(context.Scope, branch, cancel),
                    await RulesAsync(context.Scope, branch, cancel),
                    (await ExemptionApplications.InSightAsync(context.Scope, cancel)).Any(one => one.PersonId == by && IsUnderWay(one)),
                    digest,
                    context.Today);
                if (ruling.IsRefused)
                {
                    return ruling;
                }

                await context.Scope.ExecuteAsync(
                    """
                    insert into exemption_reason (application_id, person_id, organization_id, kind, reason, evidence, kept_at)
                    values (@id, @by, @branch, @Kind, @reason, @evidence, @Now)
                    """,
                    new { id = complete.Application, by, branch, command.Kind, reason = command.Reason.Trim(), evidence = named.Select(one => one.Id.Value).ToArray(), context.Now },
                    cancel);
                return Ruling.Of([.. await EvidenceSteps.KeepAsync(context, branch, named, null, cancel), .. ruling.Happenings]);
            },
            cancel);
    }

    /// <summary>撤回 (RO3).</summary>
    public Task<StepResult> WithdrawAsync(WithdrawExemption command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(command.Application, Actions.RO3ApplyForExemption, command, "撤回免予申请", by, operation, (context, known, _) =>
            MeetingSteps.OffTheAgendaAsync(
                context, known.OrganizationId, known.ApplicationId.Value, command.Decide(known.ToApplication(), by), "本人撤回申请", cancel), cancel);

    /// <summary>支委会审核, 支部同意 (RO5).</summary>
    public Task<StepResult> ReviewAsync(ReviewExemption command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(command.Application, Actions.RO5DecideExemption, command, "审核免予申请", by, operation, (context, known, rules) =>
            Task.FromResult(command.Decide(known.ToApplication(), rules, context.Today)), cancel);

    /// <summary>党员大会表决 (RO5), in numbers, of a meeting not run here.</summary>
    public Task<StepResult> VoteAsync(VoteOnExemption command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(command.Application, Actions.RO5DecideExemption, command, "登记免予的表决", by, operation, async (context, known, rules) =>
        {
            var meeting = await Cases.MeetingAsync(context.Scope, known.OrganizationId, command.Meeting, cancel);
            var ruling = command.Decide(known.ToApplication(), rules, meeting, context.Today);
            return await MeetingSteps.OffTheAgendaAsync(context, known.OrganizationId, known.ApplicationId.Value, ruling, "表决已另行登记", cancel);
        }, cancel);

    /// <summary>公示 (NO2): whoever entered the vote does not publish. The paper is that of every notice; it says nothing of the reason.</summary>
    public Task<StepResult> PublishAsync(ExemptionId application, PersonId by, OperationId operation, CancellationToken cancel = default) => TakeAsync(
        application, Actions.NO2ReleaseNotice, new { application }, "公示免予申请", by, operation,
        async (context, known, rules) =>
        {
            if (known.ToApplication().Next(rules, context.Today) is not ExemptionStep.Publish and var next)
            {
                return new NotThisStepNow(next);
            }

            var branch = known.OrganizationId;
            var scheme = (await schemes.OnAsync(context.Scope, branch, context.Today, cancel))!.Scheme;
            var until = known.UntilOn is { } last ? $"至{RollDays.Say(last)}" : "起";
            var content = new NoticeContent(
                "不参加积分管理的公示",
                known.OrganizationName,
                scheme.Name,
                $"根据《{scheme.Name}》{string.Join("、", rules!.Clauses)}，经本人申请、支部审核、党员大会通过，下列党员{RollDays.Say(known.FromOn)}{until}不参加积分管理，现予公示。",
                "向本支部支委会当面、书面提出，或者在“积分册”里提。",
                [],
                [new NoticeRow(known.PersonId, MaskedName.Of(known.Name ?? ""), [])],
                null);
            var (text, digest) = BranchNotices.Write(content);
            var notice = new NoticeId(operation.Value);
            var prepared = new NoticePrepared(notice, $"{known.FromOn.Year:D4}", ExemptionWords.Notice, digest, null, application);
            var draft = new Notice(notice, prepared.Round, prepared.Step, digest, by, null, application, null, null, null, null, false, null);
            var ruling = new PublishNotice(notice, digest, false).DecideExemption(
                draft, NoticeTerms.Of(rules), context.Today, await WorkingCalendars.OfAsync(context.Scope, branch, cancel));
            if (ruling.IsRefused)
            {
                return ruling;
            }

            await NoticeSteps.KeepAsync(context, branch, notice, text, cancel);
            return Ruling.Of([new Happening(prepared, On: context.Today), .. ruling.Happenings]);
        }, cancel);

    /// <summary>登记免予 (RO2, by two), or 备案 by the superior (RO6): the exemption is on the roster.</summary>
    public Task<StepResult> SettleAsync(ExemptionId application, ExemptionStep step, PersonId by, OperationId operation, CancellationToken cancel = default) => TakeAsync(
        application, step == ExemptionStep.File ? Actions.RO6FileExemption : Actions.RO2ChangeRoster, new { application, step }, "登记免予积分", by, operation,
        async (context, known, rules) =>
        {
            var open = known.NoticeId is { } notice ? await BranchNotices.OpenCasesAsync(context.Scope, known.OrganizationId, "", notice, cancel) : 0;
            return new SettleExemption(application).Decide(
                known.ToApplication(),
                step,
                rules,
                open,
                await MemberHistories.OfAsync(context.Scope, known.PersonId, cancel),
                await MemberHistories.RollAsync(context.Scope, known.OrganizationId, cancel),
                GroundOf(known),
                context.Today);
        }, cancel);

    /// <summary>The block 免予 of the scheme in force in a branch today; null where none is in force, or it has none.</summary>
    public async Task<ExemptionRules?> RulesAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        (await schemes.OnAsync(scope, branch, scope.Today, cancel))?.Scheme.Exemptions;

    private static bool IsUnderWay(ApplicationRow one) => one is { SettledOn: null, WithdrawnOn: null, Reviewed: not false, Passed: not false };

    private static string GroundOf(ApplicationRow known) => string.Join('，', new[]
    {
        known.ReviewedOn is { } reviewed ? $"支委会{RollDays.Say(reviewed)}审核" : null,
        known.VotedOn is { } voted ? $"党员大会{RollDays.Say(voted)}通过（到会{known.Present}{(known.VotesFor is { } votes ? $"，赞成{votes}" : "")}）" : null,
        known.NoticeLastOn is { } last ? $"公示到{RollDays.Say(last)}无异议" : null,
    }.OfType<string>());

    private async Task<StepResult> TakeAsync(
        ExemptionId application,
        ActionRow action,
        object input,
        string summary,
        PersonId by,
        OperationId operation,
        Func<StepContext, ApplicationRow, ExemptionRules?, Task<Ruling>> decide,
        CancellationToken cancel)
    {
        if (await steps.ReadAsync(by, scope => ExemptionApplications.OneAsync(scope, application, cancel), cancel) is not { } found)
        {
            return new StepResult(new NoSuchApplication(), []);
        }

        return await steps.TakeAsync(
            new Step(by, action, found.OrganizationId, operation, input, $"{PersonToken.Of(found.PersonId)}：{summary}")
            {
                Concerned = [found.PersonId],
                // Who put the case before the others does not publish it alone.
                First = action == Actions.NO2ReleaseNotice ? found.VotedBy : null,
            },
            async context => await ExemptionApplications.OneAsync(context.Scope, application, cancel) is { } known
                ? await decide(context, known, await RulesAsync(context.Scope, known.OrganizationId, cancel))
                : new NoSuchApplication(),
            cancel);
    }
}
