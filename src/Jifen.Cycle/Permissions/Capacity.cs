using Jifen.Cycle.Organizations;
using Jifen.Scoring.Facts;

namespace Jifen.Cycle.Permissions;

/// <summary>In which role somebody stands towards a target.</summary>
/// <param name="OwnCaseOnly">
/// the membership of somebody who holds an office there: it gives the rights of a member for oneself and no more, so that a recorder is not
/// a teller by the back door
/// </param>
public readonly record struct Capacity(Role Role, bool OwnCaseOnly = false)
{
    /// <summary>Everything an actor is towards a target in this row, out of posts and standing as they are now.</summary>
    /// <param name="actor">null: nobody has signed in</param>
    public static IReadOnlyList<Capacity> Of(Actor? actor, Target target, ActionRow row)
    {
        var concerned = target.Concern.Person;
        return Of(actor, target.Scope, target.IsInvited, post =>
            post.IsActing
            || target.Scope.Secretary is null
            || concerned == target.Scope.Secretary
            // JSIT-7①: 由书记或副书记 – for the recorder's own points the deputy needs no further reason.
            || row[Role.Secretary].Has(Marks.RecorderOnly));
    }

    /// <summary>Everything an actor may turn out to be in an organization, whoever is concerned.</summary>
    internal static IReadOnlyList<Capacity> AtMost(Actor? actor, Scope scope) => Of(actor, scope, isInvited: false, _ => true);

    private static List<Capacity> Of(Actor? actor, Scope scope, bool isInvited, Func<Post, bool> deputyStandsIn)
    {
        var offices = new SortedSet<Role>();
        foreach (var post in actor?.Posts ?? [])
        {
            if (OfficeOf(post, scope) is { } role)
            {
                offices.Add(role);
                if (post.Office == Office.DeputySecretary && deputyStandsIn(post))
                {
                    offices.Add(Role.Secretary);
                }
            }
        }

        var holdsOffice = offices.Overlaps([Role.Recorder, Role.Evaluator, Role.Committee, Role.Secretary]);
        var capacities = new List<Capacity> { new(Role.Public) };
        if (MembershipOf(actor, scope) is { } membership)
        {
            capacities.Add(new Capacity(membership, holdsOffice && membership == Role.Member));
        }
        else if (isInvited && !holdsOffice && scope != Scope.Installation)
        {
            offices.Add(Role.MassRepresentative);
        }

        capacities.AddRange(offices.Select(role => new Capacity(role)));
        return capacities;
    }

    private static Role? MembershipOf(Actor? actor, Scope scope) => actor switch
    {
        null => null,
        _ when actor.Branch != scope.Home => null,
        { Standing: Standing.Full or Standing.Probationary } => Role.Member,
        { Standing: Standing.Activist } => Role.Applicant,
        _ => null,
    };

    /// <summary>Branch offices count in their own organization, of whatever kind; O, L and D there and in everything below.</summary>
    private static Role? OfficeOf(Post post, Scope scope)
    {
        var isHere = post.Organization == scope.Home;
        var isHereOrAbove = isHere || scope.Above.Contains(post.Organization);
        return post.Office switch
        {
            Office.Secretary when isHere => Role.Secretary,
            Office.DeputySecretary or Office.CommitteeMember when isHere => Role.Committee,
            Office.Recorder when isHere => Role.Recorder,
            Office.Evaluator when isHere => Role.Evaluator,
            Office.MassRepresentative when isHere => Role.MassRepresentative,
            // An officer is above a branch, never in it.
            Office.OrganizationOfficer when isHereOrAbove && post.Kind is not (OrganizationKind.Branch or OrganizationKind.PartyGroup) =>
                Role.OrganizationOfficer,
            Office.LeadingGroupMember when isHereOrAbove => Role.LeadingGroup,
            Office.DisciplineOfficer when isHereOrAbove => Role.Discipline,
            Office.Administrator => Role.Administrator,
            _ => null,
        };
    }
}
