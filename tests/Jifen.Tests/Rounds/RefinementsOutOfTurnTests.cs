using Jifen.Cycle;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Schemes;
using Jifen.Scoring.Schemes;
using Xunit;

namespace Jifen.Tests.Rounds;

/// <summary>
/// 定项目 of every scheme: each of its commands at each point of a refinement's way. In its turn it goes through, otherwise it is refused and
/// enters nothing.
/// </summary>
public sealed class RefinementsOutOfTurnTests
{
    private const int Year = 2026;

    private static readonly DateOnly Proposed = new(2026, 1, 5);
    private static readonly DateOnly Met = new(2026, 1, 12);
    private static readonly DateOnly Today = new(2026, 1, 20);
    private static readonly PersonId Secretary = new(new Guid(1, 0, 0, new byte[8]));

    public static TheoryData<string> Ids() => new(World.SchemeIds);

    [Theory, MemberData(nameof(Ids))]
    public void What_was_not_put_forward_is_neither_discussed_nor_approved_nor_returned(string id)
    {
        var scheme = World.Scheme(id);

        Goes(Propose(id, known: null), new RefinementProposed(Year, scheme.Id, scheme.Fingerprint));
        Assert.All(Answers(scheme, null), Refused<NotOnItsWay>);
    }

    [Theory, MemberData(nameof(Ids))]
    public void What_was_put_forward_waits_for_the_bodies_the_scheme_names_in_their_order(string id)
    {
        var scheme = World.Scheme(id);
        var open = OnItsWay(scheme);
        var bodies = RefinementBodies.Of(scheme);

        Refused<ProposedBefore>(Propose(id, known: open), "2026年1月5日");
        Refused<AnotherIsOnItsWay>(Propose(id, known: null, open: open), "2026年1月5日");
        Goes(Discuss(scheme, open), new RefinementDiscussed(Year, scheme.Fingerprint, "第一次党员大会", Met, 9, 8, 1, 0));
        Goes(Return(scheme, open), new RefinementReturned(Year, scheme.Fingerprint, "加分没有写上限"));
        if (bodies is { Meeting: true, Superior: true })
        {
            Refused<NotDiscussedYet>(Approve(scheme, open));
        }
        else if (bodies.Superior)
        {
            Goes(Approve(scheme, open), new SchemeAdopted(Year, scheme.Id, scheme.Fingerprint));
        }
        else
        {
            Refused<NoApprovalAskedFor>(Approve(scheme, open));
            Goes(Discuss(scheme, open), new SchemeAdopted(Year, scheme.Id, scheme.Fingerprint));
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void What_the_meeting_has_passed_is_not_put_to_it_again_and_waits_for_the_superior_alone(string id)
    {
        var scheme = World.Scheme(id);
        var discussed = OnItsWay(scheme) with { DiscussedOn = Met };

        Refused<ProposedBefore>(Propose(id, known: discussed));
        Refused<DiscussedBefore>(Discuss(scheme, discussed), "2026年1月12日");
        Goes(Return(scheme, discussed), new RefinementReturned(Year, scheme.Fingerprint, "加分没有写上限"));
        if (RefinementBodies.Of(scheme).Superior)
        {
            Goes(Approve(scheme, discussed), new SchemeAdopted(Year, scheme.Id, scheme.Fingerprint));
        }
        else
        {
            Refused<NoApprovalAskedFor>(Approve(scheme, discussed));
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void What_is_in_force_stays_as_it_is(string id)
    {
        var scheme = World.Scheme(id);
        var inForce = OnItsWay(scheme) with { DiscussedOn = Met, IsInForce = true };

        Refused<ProposedBefore>(Propose(id, known: inForce));
        Assert.All(Answers(scheme, inForce), Refused<NotOnItsWay>);
    }

    [Theory, MemberData(nameof(Ids))]
    public void What_was_returned_is_answered_no_more_and_may_be_put_forward_once_more(string id)
    {
        var scheme = World.Scheme(id);
        var returned = OnItsWay(scheme) with { ReturnedBecause = "加分没有写上限" };

        Goes(Propose(id, known: returned), new RefinementProposed(Year, scheme.Id, scheme.Fingerprint));
        Assert.All(Answers(scheme, returned), Refused<NotOnItsWay>);
    }

    [Theory, MemberData(nameof(Ids))]
    public void In_a_year_that_was_judged_already_or_that_is_not_the_schemes_nothing_is_put_forward(string id)
    {
        Refused<YearIsUnderWay>(Propose(id, known: null, isFrozen: true), "2026年", "2027年");
        Refused<SchemeIsForOtherYears>(new ProposeRefinement(World.Scheme(id).FirstYear - 1).Decide(World.Load(id), null, null, false, null));
    }

    [Theory, MemberData(nameof(Ids))]
    public void What_still_has_places_to_fill_is_not_put_forward(string id)
    {
        var bare = World.Load(id, refined: false);
        if (bare.Value!.Slots.Count > 0)
        {
            Refused<SlotsAreEmpty>(new ProposeRefinement(Year).Decide(bare, null, null, false, null), $"{bare.Value.Slots.Count}处");
        }
    }

    private static Refinement OnItsWay(Scheme scheme) => new(Year, scheme.Fingerprint, Secretary, Proposed, null, null, null, IsInForce: false);

    private static Ruling Propose(string id, Refinement? known, Refinement? open = null, bool isFrozen = false) =>
        new ProposeRefinement(Year).Decide(World.Load(id), known, open, isFrozen, null);

    private static Ruling Discuss(Scheme scheme, Refinement? refinement) =>
        new DiscussRefinement(scheme.Fingerprint, "第一次党员大会", Met, Present: 9, VotesFor: 8, VotesAgainst: 1).Decide(refinement, scheme, 10, Today, null);

    private static Ruling Approve(Scheme scheme, Refinement? refinement) => new ApproveRefinement(scheme.Fingerprint).Decide(refinement, scheme, null);

    private static Ruling Return(Scheme scheme, Refinement? refinement) => new ReturnRefinement(scheme.Fingerprint, "加分没有写上限").Decide(refinement);

    /// <summary>Whatever a body can answer: by hand, at the meeting, above.</summary>
    private static IEnumerable<Ruling> Answers(Scheme scheme, Refinement? refinement)
    {
        var meeting = new MembersMeeting(default, default, "", MeetingBody.Members, null, Met, Secretary, Secretary, false, []);
        return
        [
            Discuss(scheme, refinement),
            DiscussRefinement.DecideAt(new MeetingVote(meeting, new VoteCount(8, 1, 0), 9, 10, true), refinement, scheme, null),
            Approve(scheme, refinement),
            Return(scheme, refinement),
        ];
    }

    private static void Goes(Ruling ruling, IEvent enters)
    {
        Assert.True(!ruling.IsRefused, ruling.Refusal?.Message);
        Assert.Contains(enters, ruling.Happenings.Select(one => one.Event));
    }

    private static void Refused<T>(Ruling ruling)
        where T : Refusal => Refused<T>(ruling, []);

    private static void Refused<T>(Ruling ruling, params string[] says)
        where T : Refusal
    {
        var refusal = Assert.IsType<T>(ruling.Refusal);
        Assert.Empty(ruling.Happenings);
        Assert.EndsWith("。", refusal.Message, StringComparison.Ordinal);
        Assert.All(says, word => Assert.Contains(word, refusal.Message, StringComparison.Ordinal));
    }
}
