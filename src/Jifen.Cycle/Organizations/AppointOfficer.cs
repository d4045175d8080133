using System.Globalization;
using Jifen.Cycle.Members;
using Jifen.Scoring.Facts;

namespace Jifen.Cycle.Organizations;

/// <summary>A term of office as steps about posts see it.</summary>
/// <param name="To">last day, included; null: open</param>
public sealed record Term(OfficeTermId Id, PersonId Person, Office Office, DateOnly From, DateOnly? To, bool IsActing)
{
    public bool Covers(DateOnly day) => From <= day && (To is null || To >= day);

    /// <param name="until">null: without end</param>
    public bool Overlaps(DateOnly from, DateOnly? until) => (until is null || From <= until) && (To is null || To >= from);
}

/// <summary>任命. A post is held from – to; acting is possible beside the holder.</summary>
/// <param name="UntilOn">last day, included; null: open</param>
/// <param name="Ground">依据: the election or approval</param>
/// <param name="Registers">name of somebody on no roll whom nobody knew yet: an officer from outside, a representative of the masses</param>
public sealed record AppointOfficer(
    OfficeTermId Id, PersonId Person, Office Office, DateOnly On, DateOnly? UntilOn, bool IsActing, string? Ground, PersonName? Registers = null)
{
    /// <param name="terms">all terms in the organization</param>
    /// <param name="history">of the person</param>
    public Ruling Decide(TreeNode organization, IReadOnlyList<Term> terms, MemberHistory history, DateOnly today)
    {
        if ((Registers?.Objection() ?? Objection(organization, terms, history, today)) is { } objection)
        {
            return objection;
        }

        var assigned = new Happening(new OfficeAssigned(Id, Office, UntilOn, IsActing), Person, On, Ground, Stream: organization.Organization);
        return Registers is null
            ? assigned
            : Ruling.Of([
                new Happening(new PersonRegistered(Person, Registers.Digest), Person, today, Stream: organization.Organization, Names: Registers),
                assigned,
            ]);
    }

    private Refusal? Objection(TreeNode organization, IReadOnlyList<Term> terms, MemberHistory history, DateOnly today)
    {
        if (organization.DissolvedOn is not null)
        {
            return new OrganizationIsDissolved(organization.Name);
        }

        if (!organization.Kind.Offices().Contains(Office))
        {
            return new NoSuchPostHere(Office, organization.Kind);
        }

        if (RollDays.Objection(On, today) is { } day)
        {
            return day;
        }

        if (UntilOn < On)
        {
            return new EndsBeforeItBegins(On, UntilOn.Value);
        }

        return terms.FirstOrDefault(term => term.Person == Person && term.Office == Office && term.Overlaps(On, UntilOn)) is { } own
            ? new HoldsItAlready(Office, own.From, own.To)
            : StandingObjection(organization, history)
                ?? (Refusal?)TogetherObjection(terms)
                ?? HolderObjection(organization.Kind, terms);
    }

    // Somebody sent to stand in need not belong to the branch.
    private Refusal? StandingObjection(TreeNode organization, MemberHistory history)
    {
        var standing = Words.Read<Standing>(history.ValueOn(Aspect.Standing, On));
        var isHere = organization.Kind == OrganizationKind.Branch
            ? history.StayOn(On)?.Branch == organization.Organization
            : organization.Kind != OrganizationKind.PartyGroup || history.StayOn(On)?.Branch == organization.Superior;
        return Office switch
        {
            Office.MassRepresentative => isHere && standing is not (null or Standing.Activist) ? new MassesAreNotMembers() : null,
            Office.Secretary or Office.DeputySecretary or Office.CommitteeMember when standing != Standing.Full => new OnlyFullMembersLead(Office),
            Office.Recorder or Office.Evaluator or Office.GroupLeader when standing is not (Standing.Full or Standing.Probationary) => new OnlyMembersHold(Office),
            _ when !IsActing && !isHere && organization.Kind is OrganizationKind.Branch or OrganizationKind.PartyGroup && Office != Office.LeadingGroupMember =>
                new IsOfAnotherBranch(Office, organization.Name),
            _ => null,
        };
    }

    // JSIT-7①: the recorder's own points are kept by the secretary; one person cannot be both.
    private RecorderIsNotSecretary? TogetherObjection(IReadOnlyList<Term> terms) => Office is Office.Recorder or Office.Secretary
        && terms.Any(term => term.Person == Person && term.Office == (Office == Office.Recorder ? Office.Secretary : Office.Recorder) && term.Overlaps(On, UntilOn))
            ? new RecorderIsNotSecretary()
            : null;

    private PostIsHeld? HolderObjection(OrganizationKind kind, IReadOnlyList<Term> terms) => !IsActing && Office.IsHeldByOne(kind)
        && terms.FirstOrDefault(term => term.Office == Office && !term.IsActing && term.Overlaps(On, UntilOn)) is { } holder
            ? new PostIsHeld(Office, holder.From, holder.To)
            : null;
}

public sealed record NoSuchPostHere(Office Office, OrganizationKind Kind)
    : Refusal($"{Kind.Name()}没有“{Office.Name()}”这个职务。可以任命：{string.Join("、", Kind.Offices().Select(OrganizationText.Name))}。");

public sealed record HoldsItAlready(Office Office, DateOnly From, DateOnly? To)
    : Refusal($"此人已任{Office.Name()}（{TermText.Of(From, To)}），与这次的任期重叠。请先结束那一任，或改任期。");

public sealed record OnlyFullMembersLead(Office Office)
    : Refusal($"{Office.Name()}须是正式党员：预备党员没有被选举权。请核对此人的身份和任职日期。", "党章第七条");

public sealed record OnlyMembersHold(Office Office) : Refusal($"{Office.Name()}由党员担任。请核对此人的身份和任职日期。", "JSIT-7①");

public sealed record MassesAreNotMembers() : Refusal("群众代表从党员以外的群众中产生，此人是本支部党员。", "JSUL-2");

public sealed record IsOfAnotherBranch(Office Office, string Branch)
    : Refusal($"此人那一天不在“{Branch}”的名册上，不能任{Office.Name()}。上级派来主持工作的，请勾选“代理”。");

public sealed record RecorderIsNotSecretary()
    : Refusal("书记和积分记录员不能是同一个人：记录员本人的积分由书记登记。请另定一名党员。", "JSIT-7①");

public sealed record PostIsHeld(Office Office, DateOnly From, DateOnly? To)
    : Refusal($"{Office.Name()}现由别人担任（{TermText.Of(From, To)}）。换人请用“交接”：一步里结束前任、任命后任；临时主持请勾选“代理”。");

/// <summary>How a term is said.</summary>
public static class TermText
{
    /// <param name="to">null: open</param>
    public static string Of(DateOnly from, DateOnly? to) => to is { } last
        ? string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd} 至 {last:yyyy-MM-dd}")
        : string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd} 起");
}
