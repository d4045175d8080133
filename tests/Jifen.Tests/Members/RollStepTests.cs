using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Scoring.Facts;
using Xunit;
using static Jifen.Tests.Members.Rolls;

namespace Jifen.Tests.Members;

public sealed class RollStepTests
{
    [Fact]
    public void Somebody_new_is_registered_and_admitted_in_the_branchs_ledger()
    {
        var name = new PersonName(Wang, "2025001", "王一", "5a17");
        var ruling = Admit(name).Decide(MemberHistory.Nothing(Wang), FirstBranch, Today, NameOf);

        Assert.Collection(
            ruling.Happenings,
            registered =>
            {
                Assert.Equal(new PersonRegistered(Wang, name.Digest), registered.Event);
                Assert.Equal(name, registered.Names);
            },
            admitted =>
            {
                Assert.Equal(new MemberAdmitted(Arrival.TransferredIn, Standing.Full, null, "第一党小组", "某中学"), admitted.Event);
                Assert.Equal((Wang, Day(5, 1), First), (admitted.About, admitted.On, admitted.Stream));
            });
    }

    [Fact]
    public void The_name_is_in_no_event() =>
        Assert.DoesNotContain(
            "王一", Jifen.Store.Ledgers.CanonicalJson.Of(Admit(new PersonName(Wang, "1", "王一", "5a17")).Decide(MemberHistory.Nothing(Wang), FirstBranch, Today, NameOf).Happenings[0].Event),
            StringComparison.Ordinal);

    [Fact]
    public void The_digest_of_a_name_depends_on_name_number_salt_and_person()
    {
        var name = new PersonName(Wang, "1", "王一", "5a17");

        Assert.Equal(5, new[] { name, name with { Name = "王二" }, name with { Number = "2" }, name with { Salt = "5a18" }, name with { Person = new PersonId(First.Value) } }
            .Select(one => one.Digest).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Whoever_is_on_a_roll_is_not_admitted_to_another()
    {
        var refusal = Refused<AlreadyOnRoll>(Admit().Decide(Member(), SecondBranch, Today, NameOf));

        Assert.Contains("信息系第一支部", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("转接", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_left_is_admitted_again_from_the_day_after()
    {
        var history = Member(left: Day(4, 30));

        Assert.False(Admit(on: Day(5, 1)).Decide(history, FirstBranch, Today, NameOf).IsRefused);
        Refused<OverlapsEarlierStay>(Admit(on: Day(4, 30)).Decide(history, FirstBranch, Today, NameOf));
        Refused<LaterStayIsKnown>(Admit(on: Day(1, 1, 2019)).Decide(history, FirstBranch, Today, NameOf));
    }

    [Fact]
    public void A_day_beyond_a_year_ahead_or_before_the_Party_is_a_slip()
    {
        Assert.False(Admit(on: Today.AddYears(1)).Decide(MemberHistory.Nothing(Wang), FirstBranch, Today, NameOf).IsRefused);
        Refused<TooFarAhead>(Admit(on: Today.AddYears(1).AddDays(1)).Decide(MemberHistory.Nothing(Wang), FirstBranch, Today, NameOf));
        Refused<TooLongAgo>(Admit(on: new DateOnly(25, 5, 1)).Decide(MemberHistory.Nothing(Wang), FirstBranch, Today, NameOf));
    }

    [Fact]
    public void Nobody_is_on_the_roll_of_what_is_no_branch_or_is_dissolved()
    {
        Refused<NotABranch>(Admit().Decide(MemberHistory.Nothing(Wang), FirstBranch with { Kind = Jifen.Cycle.Organizations.OrganizationKind.GeneralBranch }, Today, NameOf));
        Refused<BranchIsDissolved>(Admit().Decide(MemberHistory.Nothing(Wang), FirstBranch with { DissolvedOn = Day(1, 1) }, Today, NameOf));
    }

    [Theory]
    [InlineData("110101199003071234")]
    [InlineData("11010119900307123X")]
    public void An_identity_number_is_not_kept(string number) =>
        Refused<IdentityNumberIsNotKept>(Admit(new PersonName(Wang, number, "王一", "5a17")).Decide(MemberHistory.Nothing(Wang), FirstBranch, Today, NameOf));

    [Theory]
    [InlineData("202500000000000001")]
    [InlineData("INFO-1-01")]
    public void A_long_number_that_is_no_day_of_birth_is_a_number(string number) => Assert.False(PersonName.LooksLikeIdentityNumber(number));

    [Fact]
    public void Standing_goes_from_activist_to_probationary_to_full()
    {
        Assert.False(Change(Standing.Probationary).Decide(Member(Standing.Activist), FirstBranch, Today).IsRefused);
        Assert.False(Change(Standing.Full).Decide(Member(Standing.Probationary), FirstBranch, Today).IsRefused);
        Refused<StandingDoesNotFollow>(Change(Standing.Full).Decide(Member(Standing.Activist), FirstBranch, Today));
        Refused<StandingDoesNotFollow>(Change(Standing.Probationary).Decide(Member(), FirstBranch, Today));
        Refused<IsThatAlready>(Change(Standing.Full).Decide(Member(), FirstBranch, Today));
    }

    [Fact]
    public void From_its_first_day_a_standing_is_put_right_to_any() =>
        Assert.False(Change(Standing.Activist, Day(3, 1, 2020)).Decide(Member(), FirstBranch, Today).IsRefused);

    [Fact]
    public void A_change_of_standing_names_its_resolution() =>
        Refused<ResolutionIsMissing>((Change(Standing.Full) with { Ground = " " }).Decide(Member(Standing.Probationary), FirstBranch, Today));

    [Fact]
    public void A_change_on_a_day_on_which_the_branch_had_nothing_to_do_with_the_person_is_refused()
    {
        Refused<NotOnThisRoll>(Change(Standing.Full, Day(2, 29, 2020)).Decide(Member(Standing.Probationary), FirstBranch, Today));
        Refused<NotOnThisRoll>(Change(Standing.Full).Decide(Member(Standing.Probationary), SecondBranch, Today));
    }

    [Fact]
    public void A_category_is_one_of_the_schemes_where_it_knows_any()
    {
        Assert.False(new ChangeCategory(Wang, "学生", Day(5, 1), null, []).Decide(Member(), FirstBranch, Today).IsRefused);
        var refusal = Refused<NoSuchCategory>(new ChangeCategory(Wang, "学生", Day(5, 1), null, ["教职工"]).Decide(Member(), FirstBranch, Today));
        Assert.Contains("教职工", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_is_one_of_the_branch()
    {
        Assert.False(new ChangePartyGroup(Wang, "第二党小组", Day(5, 1)).Decide(Member(), FirstBranch, Today).IsRefused);
        Refused<NoSuchGroup>(new ChangePartyGroup(Wang, "第三党小组", Day(5, 1)).Decide(Member(), FirstBranch, Today));
    }

    [Fact]
    public void Floating_has_a_destination_and_a_proof_and_ends_after_it_began()
    {
        var start = new StartFloating(Wang, "上海某支部", "〔2025〕7", Day(5, 1));
        var happening = Assert.Single(start.Decide(Member(), FirstBranch, Today).Happenings);
        Assert.Contains("〔2025〕7", happening.Ground, StringComparison.Ordinal);
        Refused<PermitIsMissing>((start with { PermitNumber = "" }).Decide(Member(), FirstBranch, Today));

        var away = Member(more: new Period(Aspect.Floating, "上海某支部", Day(5, 1), null));
        Refused<FloatsAlready>((start with { On = Day(6, 1) }).Decide(away, FirstBranch, Today));
        Refused<BackBeforeLeaving>(new EndFloating(Wang, Day(4, 30)).Decide(away, FirstBranch, Today));
        Assert.False(new EndFloating(Wang, Day(6, 1)).Decide(away, FirstBranch, Today).IsRefused);
        Refused<DoesNotFloat>(new EndFloating(Wang, Day(6, 1)).Decide(Member(), FirstBranch, Today));
    }

    [Fact]
    public void An_exemption_rests_on_a_resolution_has_a_period_and_says_nothing_of_health()
    {
        var grant = new GrantExemption(Wang, Day(1, 1), Day(12, 31), "3月10日党员大会通过，公示无异议");
        var happening = Assert.Single(grant.Decide(Member(), FirstBranch, Today).Happenings);

        Assert.Equal("""{"untilOn":"2025-12-31"}""", Jifen.Store.Ledgers.CanonicalJson.Of(happening.Event));
        Refused<ExemptionNeedsResolution>((grant with { Ground = null }).Decide(Member(), FirstBranch, Today));
        Refused<EndsBeforeItBegins>((grant with { UntilOn = Day(12, 31, 2024) }).Decide(Member(), FirstBranch, Today));
        Refused<IsExemptAlready>(grant.Decide(Member(more: new Period(Aspect.Exemption, "exempt", Day(1, 1), null)), FirstBranch, Today));
    }

    [Fact]
    public void A_transfer_is_one_step_in_two_ledgers_and_takes_standing_and_category_along()
    {
        var history = Member(Standing.Probationary, more: new Period(Aspect.Category, "学生", Day(3, 1, 2020), null));
        var ruling = new TransferMember(Wang, First, null, Day(6, 1), "介绍信3号").Decide(history, FirstBranch, SecondBranch, Today);

        Assert.Collection(
            ruling.Happenings,
            left => Assert.Equal((new MemberLeft(Departure.Moved, "信息系第二支部"), Day(5, 31), First), ((MemberLeft)left.Event, left.On!.Value, left.Stream!.Value)),
            arrived => Assert.Equal(
                (new MemberAdmitted(Arrival.TransferredIn, Standing.Probationary, "学生", null, "信息系第一支部"), Day(6, 1), Second),
                ((MemberAdmitted)arrived.Event, arrived.On!.Value, arrived.Stream!.Value)));
    }

    [Fact]
    public void A_transfer_comes_after_the_arrival_and_leads_elsewhere()
    {
        Refused<MovesBeforeArrival>(new TransferMember(Wang, First, null, Day(3, 1, 2020), null).Decide(Member(), FirstBranch, SecondBranch, Today));
        Refused<IsThatAlready>(new TransferMember(Wang, First, null, Day(6, 1), null).Decide(Member(), FirstBranch, FirstBranch, Today));
        Refused<NotOnThisRoll>(new TransferMember(Wang, First, null, Day(6, 1), null).Decide(Member(left: Day(4, 30)), FirstBranch, SecondBranch, Today));
    }

    [Fact]
    public void Whoever_leaves_goes_somewhere_or_has_a_ground_and_came_before()
    {
        Assert.False(new RemoveMember(Wang, Departure.TransferredOut, "某县", Day(6, 1), null).Decide(Member(), FirstBranch, Today).IsRefused);
        Refused<DestinationUnitIsMissing>(new RemoveMember(Wang, Departure.TransferredOut, null, Day(6, 1), null).Decide(Member(), FirstBranch, Today));
        Refused<LeavingNeedsGround>(new RemoveMember(Wang, Departure.Left, null, Day(6, 1), null).Decide(Member(), FirstBranch, Today));
        Refused<LeavesBeforeArrival>(new RemoveMember(Wang, Departure.TransferredOut, "某县", Day(2, 29, 2020), null).Decide(Member(), FirstBranch, Today));
        Refused<MovesByTransferOnly>(new RemoveMember(Wang, Departure.Moved, "某县", Day(6, 1), null).Decide(Member(), FirstBranch, Today));
    }

    [Fact]
    public void A_name_is_put_right_with_a_reason_and_only_when_it_differs()
    {
        var name = new PersonName(Wang, "1", "王一", "5a17");
        Assert.Equal(name, Assert.Single(new RenamePerson(name, "录入时写错").Decide(Member(), FirstBranch, "王壹", "1").Happenings).Names);
        Refused<RenamingNeedsReason>(new RenamePerson(name, null).Decide(Member(), FirstBranch, "王壹", "1"));
        var same = new RenamePerson(name, null).Decide(Member(), FirstBranch, "王一", "1");
        Assert.Equal((false, 0), (same.IsRefused, same.Happenings.Count));
    }

    private static AdmitMember Admit(PersonName? name = null, DateOnly? on = null) =>
        new(Wang, name, Arrival.TransferredIn, Standing.Full, null, name is null ? null : "第一党小组", "某中学", on ?? Day(5, 1), null);

    private static ChangeStanding Change(Standing standing, DateOnly? on = null) => new(Wang, standing, on ?? Day(5, 1), "5月1日支部党员大会通过");
}
