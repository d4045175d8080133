using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Permissions;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>There is no such organization, or not any more.</summary>
public sealed record NoSuchOrganization() : Refusal("没有这个组织，或者它已经撤销。请回到组织页重新选择。");

/// <summary>Steps about the tree: founding, renaming, dissolving.</summary>
public sealed class OrganizationSteps(StepRunner steps)
{
    public Task<StepResult> FoundAsync(FoundOrganization command, OrganizationId superior, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var step = new Step(
            by,
            command.Kind == OrganizationKind.PartyGroup ? Actions.OG3ManagePartyGroups : Actions.OG1FoundOrganization,
            superior,
            operation,
            new { superior, command.Kind, command.Name, command.ShortName, command.On },
            $"设立{command.Kind.Name()}“{command.Name}”");
        return steps.TakeAsync(
            step,
            async context => await OrganizationTree.NodeAsync(context.Scope, superior, cancel) is { } above
                ? command.Decide(above, context.Today)
                : new NoSuchOrganization(),
            cancel);
    }

    public async Task<StepResult> RenameAsync(
        OrganizationRow organization, string name, string shortName, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var step = new Step(
            by,
            ActionFor(organization),
            organization.OrganizationId,
            operation,
            new { organization.OrganizationId, name, shortName },
            $"“{organization.Name}”更名为“{name}”")
        {
            AlsoTakes = organization.SuperiorId is { } above ? [above] : [],
        };
        return await steps.TakeAsync(
            step,
            async context =>
            {
                if (await OrganizationTree.NodeAsync(context.Scope, organization.OrganizationId, cancel) is not { } node)
                {
                    return new NoSuchOrganization();
                }

                var beside = node.Superior is { } superior
                    ? await OrganizationTree.NamesBelowAsync(context.Scope, superior, node.Organization, cancel)
                    : [];
                var members = node.Kind == OrganizationKind.PartyGroup ? await GroupMembersAsync(context.Scope, node, cancel) : [];
                return new RenameOrganization(name, shortName, beside, members).Decide(node, context.Today);
            },
            cancel);
    }

    public Task<StepResult> DissolveAsync(OrganizationRow organization, string reason, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var step = new Step(
            by, ActionFor(organization), organization.OrganizationId, operation, new { organization.OrganizationId, reason }, $"撤销“{organization.Name}”")
        {
            AlsoTakes = organization.SuperiorId is { } above ? [above] : [],
        };
        return steps.TakeAsync(
            step,
            async context =>
            {
                if (await OrganizationTree.NodeAsync(context.Scope, organization.OrganizationId, cancel) is not { } node)
                {
                    return new NoSuchOrganization();
                }

                var left = (await context.Scope.OneAsync<LeftRow>(
                    """
                    select (select count(*) from affiliation a where a.organization_id = @Organization and (a.to_on is null or a.to_on >= @Today))::int as members,
                        (select count(*) from organization o where o.superior_id = @Organization and o.dissolved_on is null)::int as organizations,
                        (select count(*) from office_term t where t.organization_id = @Organization and (t.to_on is null or t.to_on >= @Today))::int as posts
                    """,
                    new { node.Organization, context.Today },
                    cancel))!;
                var members = node.Kind == OrganizationKind.PartyGroup ? (await GroupMembersAsync(context.Scope, node, cancel)).Count : left.Members;
                return new DissolveOrganization(reason, members, left.Organizations, left.Posts).Decide(node, context.Today);
            },
            cancel);
    }

    private static ActionRow ActionFor(OrganizationRow organization) =>
        organization.KindOf == OrganizationKind.PartyGroup ? Actions.OG3ManagePartyGroups : Actions.OG1FoundOrganization;

    private static Task<IReadOnlyList<PersonId>> GroupMembersAsync(DataScope scope, TreeNode group, CancellationToken cancel) => scope.QueryAsync<PersonId>(
        """
        select a.person_id
        from affiliation a join member_period m on m.person_id = a.person_id and m.aspect = 'party-group' and m.value = @ShortName
        where a.organization_id = @Superior and a.from_on <= @Today and (a.to_on is null or a.to_on >= @Today)
            and m.from_on <= @Today and (m.to_on is null or m.to_on >= @Today)
        """,
        new { group.Superior, group.ShortName, scope.Today },
        cancel);

    private sealed record LeftRow
    {
        public required int Members { get; init; }

        public required int Organizations { get; init; }

        public required int Posts { get; init; }
    }
}
