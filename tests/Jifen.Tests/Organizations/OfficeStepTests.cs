using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Scoring.Facts;
using Xunit;
using static Jifen.Tests.Members.Rolls;

namespace Jifen.Tests.Organizations;

public sealed class OfficeStepTests
{
    private static readonly PersonId Li = new(new Guid("01900000-0000-7000-8000-00000000000b"));
    private static readonly TreeNode Branch = new(First, Second, OrganizationKind.Branch, "信息系第一支部", "信息一支部", Day(1, 1, 2019), null, []);
    private static readonly TreeNode Committee = Branch with { Kind = OrganizationKind.PartyCommittee };

    [Fact]
    public void A_full_member_of_the_branch_becomes_its_secretary()
    {
        var happening = Assert.Single(Appoint(Office.Secretary).Decide(Branch, [], Member(), Today).Happenings);

        Assert.Equal(new OfficeAssigned(Id(1), Office.Secretary, null, false), happening.Event);
        Assert.Equal((Wang, First), (happening.About, happening.Stream));
    }

    [Fact]
    public void A_probationary_member_keeps_the_record_and_does_not_lead()
    {
        Refused<OnlyFullMembersLead>(Appoint(Office.Secretary).Decide(Branch, [], Member(Standing.Probationary), Today));
        Assert.False(Appoint(Office.Recorder).Decide(Branch, [], Member(Standing.Probationary), Today).IsRefused);
        Refused<OnlyMembersHold>(Appoint(Office.Recorder).Decide(Branch, [], Member(Standing.Activist), Today));
    }

    [Fact]
    public void Somebody_from_elsewhere_acts_and_does_not_hold()
    {
        var elsewhere = Member() with { Stays = [new Stay(Second, Day(3, 1, 2020), null, Arrival.OnRoll, null)] };

        Refused<IsOfAnotherBranch>(Appoint(Office.Secretary).Decide(Branch, [], elsewhere, Today));
        Assert.False((Appoint(Office.Secretary) with { IsActing = true }).Decide(Branch, [], elsewhere, Today).IsRefused);
    }

    [Fact]
    public void A_held_post_is_handed_over_not_doubled_and_somebody_may_act_beside()
    {
        var terms = new[] { Held(Office.Secretary, Li) };

        Refused<PostIsHeld>(Appoint(Office.Secretary).Decide(Branch, terms, Member(), Today));
        Assert.False((Appoint(Office.Secretary) with { IsActing = true }).Decide(Branch, terms, Member(), Today).IsRefused);
        Assert.False(Appoint(Office.CommitteeMember).Decide(Branch, [Held(Office.CommitteeMember, Li)], Member(), Today).IsRefused);
    }

    [Fact]
    public void The_same_person_does_not_hold_one_post_twice_at_a_time()
    {
        Refused<HoldsItAlready>(Appoint(Office.Recorder).Decide(Branch, [Held(Office.Recorder, Wang)], Member(), Today));
        Assert.False(Appoint(Office.Recorder).Decide(Branch, [Held(Office.Recorder, Wang) with { To = Day(4, 30) }], Member(), Today).IsRefused);
    }

    [Fact]
    public void Secretary_and_recorder_are_two()
    {
        Refused<RecorderIsNotSecretary>(Appoint(Office.Recorder).Decide(Branch, [Held(Office.Secretary, Wang)], Member(), Today));
        Assert.False(Appoint(Office.Recorder).Decide(Branch, [Held(Office.DeputySecretary, Wang)], Member(), Today).IsRefused);
    }

    [Fact]
    public void Officers_stand_above_branches_and_need_be_on_no_roll()
    {
        Refused<NoSuchPostHere>(Appoint(Office.OrganizationOfficer).Decide(Branch, [], Member(), Today));
        Assert.False(Appoint(Office.OrganizationOfficer).Decide(Committee, [], MemberHistory.Nothing(Wang), Today).IsRefused);
    }

    [Fact]
    public void Somebody_from_outside_is_registered_with_the_post()
    {
        var name = new PersonName(Wang, null, "王一", "5a17");
        var happenings = (Appoint(Office.MassRepresentative) with { Registers = name }).Decide(Branch, [], MemberHistory.Nothing(Wang), Today).Happenings;

        Assert.Equal(name, happenings[0].Names);
        Assert.IsType<OfficeAssigned>(happenings[1].Event);
    }

    [Fact]
    public void Those_who_judge_for_the_masses_are_not_members_of_the_branch() =>
        Refused<MassesAreNotMembers>(Appoint(Office.MassRepresentative).Decide(Branch, [], Member(), Today));

    [Fact]
    public void A_term_ends_after_it_began_before_it_would_have_ended_and_with_a_reason()
    {
        var term = Held(Office.Recorder, Li) with { To = Day(12, 31) };

        Assert.Equal(Day(6, 1), Assert.Single(new EndOffice(Day(6, 1), "调离").Decide(Branch, term, Today).Happenings).On);
        Refused<EndsBeforeItBegins>(new EndOffice(Day(12, 31, 2024), "调离").Decide(Branch, term, Today));
        Refused<EndsThenAnyway>(new EndOffice(Day(12, 31), "调离").Decide(Branch, term, Today));
        Refused<EndingNeedsReason>(new EndOffice(Day(6, 1), " ").Decide(Branch, term, Today));
    }

    [Fact]
    public void A_handover_leaves_no_day_without_a_holder_and_none_with_two()
    {
        var held = Held(Office.Secretary, Li);
        var happenings = new SucceedOfficer(held, Appoint(Office.Secretary), "换届").Decide(Branch, [held], Member(), Today).Happenings;

        Assert.Equal(
            [(typeof(OfficeEnded), Li, Day(4, 30)), (typeof(OfficeAssigned), Wang, Day(5, 1))],
            happenings.Select(one => (one.Event.GetType(), one.About!.Value, one.On!.Value)));
    }

    [Fact]
    public void A_term_that_was_over_is_not_ended_again()
    {
        var held = Held(Office.Secretary, Li) with { To = Day(4, 30) };

        Assert.IsType<OfficeAssigned>(Assert.Single(new SucceedOfficer(held, Appoint(Office.Secretary), "换届").Decide(Branch, [held], Member(), Today).Happenings).Event);
    }

    private static OfficeTermId Id(int n) => new(new Guid($"01900000-0000-7000-8000-0000000000c{n}"));

    private static AppointOfficer Appoint(Office office) => new(Id(1), Wang, office, Day(5, 1), null, false, "5月换届");

    private static Term Held(Office office, PersonId by) => new(Id(2), by, office, Day(1, 1), null, false);
}
