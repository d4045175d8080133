namespace Jifen.Cycle.Permissions;

/// <summary>
/// Who may do what to whom, when. Everything is read from the table of actions; what it does not allow is refused. Stage beats role, recusal
/// beats role; of two posts the better allowed one counts, except in one's own case.
/// </summary>
public static class Authority
{
    /// <summary>The posts in which one acts for the organization, the nearest first; a tie between two allowed roles goes to the earlier.</summary>
    private static readonly Role[] NearestFirst =
    [
        Role.Secretary, Role.Committee, Role.Evaluator, Role.Recorder, Role.OrganizationOfficer, Role.LeadingGroup, Role.Discipline,
        Role.Administrator, Role.Member, Role.Applicant, Role.MassRepresentative, Role.Public,
    ];

    /// <param name="actor">null: nobody has signed in</param>
    public static Verdict Judge(ActionRow action, Actor? actor, Target target) => Judge(action, actor, target, _ => true);

    /// <summary>An action named by its id: one that the table does not know is refused.</summary>
    public static Verdict Judge(string actionId, Actor? actor, Target target) =>
        ActionTable.Find(actionId) is { } action ? Judge(action, actor, target) : Verdict.Refuse(null, new NoSuchAction(actionId));

    /// <summary>One by one, where an action concerns many people: who is excluded is left to somebody else.</summary>
    /// <param name="target">its own concern is not looked at</param>
    public static VerdictEach JudgeEach(ActionRow action, Actor? actor, Target target, IEnumerable<PersonId> people) =>
        new([.. people.Select(person => new PersonVerdict(person, Judge(action, actor, target with { Concern = Concern.Of(person) })))]);

    /// <summary>
    /// Whether somebody may confirm as the second person. Another person who may do the action himself, and for a secretary's step also one of the
    /// committee; where the row says so, from outside the branch. Stage and recusal hold for the second as for the first.
    /// </summary>
    /// <param name="first">who did it and waits for the confirmation</param>
    public static Verdict JudgeSecond(ActionRow action, Actor second, Target target, PersonId first)
    {
        if (second.Person == first)
        {
            return Verdict.Refuse(action, new ConfirmedByTheSamePerson(action));
        }

        if (!action.Has(RowRules.SecondFromOutside))
        {
            var verdict = Judge(action, second, target);
            return verdict.IsAllowed || !action[Role.Secretary].Has(Marks.SecondPerson) ? verdict : AsCommittee(action, second, target, verdict);
        }

        var outside = Judge(action, second, target, capacity => capacity.Role is >= Role.OrganizationOfficer);
        return outside.IsAllowed && IsOf(second, target.Scope) ? Verdict.Refuse(action, new SecondIsOfTheBranch(action)) : outside;
    }

    /// <summary>Whether somebody may do it at all in an organization, in some stage and for some person: for menus, never instead of Judge.</summary>
    public static bool MayEver(ActionRow action, Actor? actor, Scope scope) => Capacity.AtMost(actor, scope).Any(capacity =>
        action[capacity.Role] is { IsDenied: false } cell
        && (!capacity.OwnCaseOnly || cell.Has(Marks.OwnCase))
        && (actor is not null || !cell.Has(Marks.OwnCase))
        && (!cell.Has(Marks.Voting) || HasVote(actor, scope))
        && !IsBelowThatSecretary(action, capacity.Role, scope));

    private static Verdict Judge(ActionRow action, Actor? actor, Target target, Func<Capacity, bool> counts)
    {
        var capacities = Capacity.Of(actor, target, action)
            .Where(capacity => counts(capacity) && !action[capacity.Role].IsDenied)
            .Where(capacity => !capacity.OwnCaseOnly || action[capacity.Role].Has(Marks.OwnCase))
            .OrderBy(capacity => Array.IndexOf(NearestFirst, capacity.Role))
            .ToList();
        if (capacities.Count == 0)
        {
            return Verdict.Refuse(action, action.IsForNobody ? new NobodyMay(action) : new NotYourOffice(action, actor is not null));
        }

        if (BeforeAnyRole(action, actor, target) is { } refusal)
        {
            return Verdict.Refuse(action, refusal);
        }

        var isOwn = actor is not null && target.Concern.Person == actor.Person;
        if (isOwn && (action.Has(RowRules.Recuse) || capacities.Exists(capacity => action[capacity.Role].Has(Marks.ExceptOwnCase | Marks.RecorderOnly))))
        {
            capacities.RemoveAll(capacity => !action[capacity.Role].Has(Marks.OwnCase));
            if (capacities.Count == 0)
            {
                return Verdict.Refuse(action, Recused(action, actor!, target));
            }
        }

        var tried = capacities.ConvertAll(capacity => Try(action, capacity.Role, actor, target, isOwn));
        return tried.Where(verdict => verdict.IsAllowed).OrderBy(verdict => Burden(action, verdict)).FirstOrDefault() ?? tried[0];
    }

    /// <summary>What holds for everybody alike.</summary>
    private static Refusal? BeforeAnyRole(ActionRow action, Actor? actor, Target target)
    {
        if (action.During is { } during && !(target.Stage is { } now && during.Covers(now)))
        {
            return new NotInThisStage(action, target.Stage, during);
        }

        if (action.Has(RowRules.Recuse) && !target.Concern.IsSaid)
        {
            return new ConcernNotSaid(action);
        }

        if (action.Has(RowRules.NotHandlers))
        {
            if (target.Handlers is null)
            {
                return new HandlersNotSaid(action);
            }

            if (actor is not null && target.Handlers.Contains(actor.Person))
            {
                return new HandledItBefore(action);
            }
        }

        return action.Has(RowRules.NotOfTheBranch) && actor is not null && IsOf(actor, target.Scope) ? new OfTheBranchComplainedOf(action) : null;
    }

    private static Verdict Try(ActionRow action, Role role, Actor? actor, Target target, bool isOwn)
    {
        var cell = action[role];
        return Objection() is { } refusal
            ? Verdict.Refuse(action, refusal)
            : Verdict.Allow(action, role, QualifiersOf(action, cell, target));

        Refusal? Objection() => cell switch
        {
            _ when cell.Has(Marks.OpenedToWeb) && !target.IsOpenedToWeb => new NotOpenedToWeb(action),
            _ when cell.Has(Marks.Voting) && !HasVote(actor, target.Scope) => new HasNoVote(action),
            _ when IsBelowThatSecretary(action, role, target.Scope) => new OnlyAboveBranches(action),
            _ when cell.Has(Marks.InStage) && !IsItsStage(action, role, target) => new NotInThisStage(action, target.Stage, action.StageOf(role)),
            _ when cell.Has(Marks.OwnCase | Marks.ExceptOwnCase | Marks.RecorderOnly) && !target.Concern.IsSaid => new ConcernNotSaid(action),
            _ when cell.Has(Marks.OwnCase) && !isOwn => new OnlyForOneself(action),
            _ when cell.Has(Marks.RecorderOnly) && !IsRecorders(target) => new SecretaryKeepsRecordersOnly(action),
            _ => null,
        };
    }

    private static Qualifiers QualifiersOf(ActionRow action, Cell cell, Target target)
    {
        var qualifiers = Qualifiers.None;
        Add(cell.Has(Marks.SecondPerson), Qualifiers.NeedsSecond);
        Add(cell.Has(Marks.SecondPerson) && action.Has(RowRules.SecondFromOutside), Qualifiers.SecondFromOutside);
        Add(cell.Has(Marks.Reason), Qualifiers.NeedsReason);
        // What the public reads on the web is never more than what the members read.
        Add(cell.Has(Marks.Redacted | Marks.OpenedToWeb), Qualifiers.Redacted);
        Add(cell.Has(Marks.Voting), Qualifiers.VotingOnly);
        Add(cell.Has(Marks.HashesOnly), Qualifiers.HashesOnly);
        Add(action.Has(RowRules.ShownToTellers) && target.Stage == Stage.Meeting, Qualifiers.ShownToTellers);
        return qualifiers;

        void Add(bool holds, Qualifiers qualifier) => qualifiers |= holds ? qualifier : Qualifiers.None;
    }

    /// <summary>The less an allowed verdict is bound to, the better; for oneself one acts as a member before one acts in an office.</summary>
    private static int Burden(ActionRow action, Verdict verdict)
    {
        var role = verdict.Role!.Value;
        return (verdict.Needs(Qualifiers.HashesOnly) ? 16 : 0)
            + (verdict.Needs(Qualifiers.NeedsSecond) ? 8 : 0)
            + (verdict.Needs(Qualifiers.NeedsReason) ? 4 : 0)
            + (verdict.Needs(Qualifiers.Redacted) ? 2 : 0)
            + (action[role].Has(Marks.OwnCase) && role is not (Role.Member or Role.Applicant) ? 1 : 0);
    }

    /// <summary>A secretary's step may be confirmed by one of the committee, under the same recusal and stage.</summary>
    private static Verdict AsCommittee(ActionRow action, Actor second, Target target, Verdict otherwise)
    {
        var sits = Capacity.Of(second, target, action).Any(capacity => capacity.Role == Role.Committee);
        if (!sits)
        {
            return otherwise;
        }

        var refusal = BeforeAnyRole(action, second, target)
            ?? (target.Concern.Person == second.Person ? Recused(action, second, target) : null);
        return refusal is null
            ? Verdict.Allow(action, Role.Committee, QualifiersOf(action, action[Role.Secretary], target))
            : Verdict.Refuse(action, refusal);
    }

    private static Refusal Recused(ActionRow action, Actor actor, Target target) =>
        action[Role.Secretary].Has(Marks.RecorderOnly) && target.Scope.Recorders.Contains(actor.Person)
            ? new RecorderKeepsNotOwnPoints(action)
            : new ConcernsYourself(action);

    private static bool IsItsStage(ActionRow action, Role role, Target target) =>
        target.IsInvited || (target.Stage is { } now && action.StageOf(role) is { } span && span.Covers(now));

    private static bool IsRecorders(Target target) => target.Concern.Person is { } person && target.Scope.Recorders.Contains(person);

    private static bool IsBelowThatSecretary(ActionRow action, Role role, Scope scope) =>
        role == Role.Secretary && action.Has(RowRules.SecretaryAboveBranches) && !scope.IsAboveBranches;

    /// <summary>表决权: a full member of the branch; probationary members and officers from elsewhere have none.</summary>
    private static bool HasVote(Actor? actor, Scope scope) =>
        actor is { Standing: Scoring.Facts.Standing.Full } && actor.Branch == scope.Home;

    /// <summary>Of the branch: a member, or somebody who holds an office in it.</summary>
    private static bool IsOf(Actor actor, Scope scope) =>
        actor.Branch == scope.Home || (!scope.IsAboveBranches && actor.Posts.Any(post => post.Organization == scope.Home));
}
