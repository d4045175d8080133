using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Permissions;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>No such term of office.</summary>
public sealed record NoSuchTerm() : Refusal("没有这一任职，或者您看不到它。请回到任职页重新选择。");

/// <summary>Steps about posts: AC3 for those of a branch, AC4 for those above; nobody grants himself one.</summary>
public sealed class OfficeSteps(StepRunner steps)
{
    public Task<StepResult> AppointAsync(OrganizationId organization, AppointOfficer command, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var step = new Step(
            by,
            ActionFor(command.Office),
            organization,
            operation,
            new { organization, command.Person, command.Office, command.On, command.UntilOn, command.IsActing, command.Ground },
            $"任命{PersonToken.Of(command.Person)}为{(command.IsActing ? "代理" : "")}{command.Office.Name()}，{TermText.Of(command.On, command.UntilOn)}")
        {
            Concerned = [command.Person],
        };
        return steps.TakeAsync(
            step,
            async context => await OrganizationTree.NodeAsync(context.Scope, organization, cancel) is { } node
                ? command.Decide(
                    node,
                    await TermsAsync(context.Scope, organization, cancel),
                    await MemberHistories.OfAsync(context.Scope, command.Person, cancel),
                    context.Today)
                : new NoSuchOrganization(),
            cancel);
    }

    public Task<StepResult> EndAsync(OfficeTermRow term, EndOffice command, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var step = new Step(
            by,
            ActionFor(term.OfficeOf),
            term.OrganizationId,
            operation,
            new { term.OfficeTermId, command.LastOn, command.Reason },
            $"{PersonToken.Of(term.PersonId)}任{term.OfficeOf.Name()}到{RollDays.Say(command.LastOn)}为止：{command.Reason}")
        {
            Concerned = [term.PersonId],
        };
        return steps.TakeAsync(
            step,
            async context => await FindAsync(context.Scope, term, cancel) is ({ } node, _, { } own)
                ? command.Decide(node, own, context.Today)
                : new NoSuchTerm(),
            cancel);
    }

    /// <summary>交接: one step for both.</summary>
    public Task<StepResult> SucceedAsync(
        OfficeTermRow term, AppointOfficer successor, string? reason, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var step = new Step(
            by,
            ActionFor(term.OfficeOf),
            term.OrganizationId,
            operation,
            new { term.OfficeTermId, successor.Person, successor.On, successor.UntilOn, successor.Ground, reason },
            $"{term.OfficeOf.Name()}交接：{PersonToken.Of(successor.Person)}自{RollDays.Say(successor.On)}接任，{PersonToken.Of(term.PersonId)}到前一天为止")
        {
            Concerned = [successor.Person],
        };
        return steps.TakeAsync(
            step,
            async context => await FindAsync(context.Scope, term, cancel) is ({ } node, { } terms, { } own)
                ? new SucceedOfficer(own, successor, reason).Decide(
                    node, terms, await MemberHistories.OfAsync(context.Scope, successor.Person, cancel), context.Today)
                : new NoSuchTerm(),
            cancel);
    }

    private static ActionRow ActionFor(Office office) => office.GrantedBy() == "AC4" ? Actions.AC4GrantRoleAbove : Actions.AC3GrantBranchRole;

    private static async Task<(TreeNode? Node, IReadOnlyList<Term> Terms, Term? Own)> FindAsync(DataScope scope, OfficeTermRow term, CancellationToken cancel)
    {
        var terms = await TermsAsync(scope, term.OrganizationId, cancel);
        return (await OrganizationTree.NodeAsync(scope, term.OrganizationId, cancel), terms, terms.FirstOrDefault(one => one.Id == term.OfficeTermId));
    }

    private static async Task<IReadOnlyList<Term>> TermsAsync(DataScope scope, OrganizationId organization, CancellationToken cancel) =>
        [.. (await OfficeBoard.OfAsync(scope, organization, cancel)).Select(row =>
            new Term(row.OfficeTermId, row.PersonId, row.OfficeOf, row.FromOn, row.ToOn, row.IsActing))];
}
