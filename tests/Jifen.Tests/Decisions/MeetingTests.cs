using Jifen.Cycle;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Facts;
using Jifen.Tests.Rounds;
using Xunit;

namespace Jifen.Tests.Decisions;

/// <summary>A meeting decides by quorum and majority, on the table that was read out, and ends the step when it is confirmed.</summary>
public sealed class MeetingTests
{
    private static readonly RoundKey Quarter = RoundKey.Known("2025-q3");
    private static readonly PersonId[] People = [.. Enumerable.Range(1, 6).Select(number => new PersonId(new Guid(number, 0, 0, new byte[8])))];
    private readonly List<StepMark> _marks = [new(Quarter, "初评", new(2025, 10, 8), default, new(2025, 10, 9), default, default, null, null)];

    private YearBoard Board => new(YearPlanTests.PlanOf("jsit-2020", 2025), _marks, null, new DateOnly(2025, 10, 15));

    [Fact]
    public void Opening_begins_the_step_and_lists_who_votes_who_only_attends_and_who_is_not_counted()
    {
        var ruling = Open(uncounted: [People[3]], ground: "9月党员大会通过").Decide(Board, Roll(), null, []);

        Assert.Equal("评定", Assert.IsType<RoundStepBegun>(ruling.Happenings[0].Event).Step);
        var opened = Assert.IsType<MeetingOpened>(ruling.Happenings[1].Event);
        Assert.Equal(People[..4], opened.Voters);
        Assert.Equal([People[4]], opened.Attending);
        Assert.Equal([People[3]], opened.Uncounted);
    }

    [Fact]
    public void It_is_not_opened_out_of_turn_twice_without_a_second_person_for_the_minutes_or_leaving_people_out_without_ground()
    {
        Assert.IsType<MeetingIsOpen>(Open().Decide(Board, Roll(), Meeting(3), []).Refusal);
        Assert.IsType<HostTakesNoMinutes>((Open() with { MinutesBy = People[0] }).Decide(Board, Roll(), null, []).Refusal);
        Assert.IsType<UncountedNeedsGround>(Open(uncounted: [People[3]]).Decide(Board, Roll(), null, []).Refusal);
        Assert.IsType<NotOfTheMeeting>(Open(uncounted: [People[5]], ground: "9月党员大会通过").Decide(Board, Roll(), null, []).Refusal);
        Assert.IsType<NobodyWithVote>(Open().Decide(Board, [], null, []).Refusal);
        _marks.Clear();
        Assert.IsType<NotItsTurn>(Open().Decide(Board, Roll(), null, []).Refusal);
    }

    [Fact]
    public void A_second_meeting_goes_on_with_a_step_that_has_begun_and_a_meeting_for_motions_alone_begins_none()
    {
        _marks.Add(new StepMark(Quarter, "评定", new(2025, 10, 12), default, null, null, default, null, null));
        Assert.IsType<MeetingOpened>(Assert.Single(Open().Decide(Board, Roll(), null, []).Happenings).Event);
        Assert.IsType<MeetingOpened>(Assert.Single((Open() with { Step = null, Round = RoundKey.OfYear(2025) }).Decide(Board, Roll(), null, []).Happenings).Event);
    }

    [Theory]
    [InlineData("jsit-2020", MeetingBody.Members)]
    [InlineData("jsu-law-2017", MeetingBody.Members)]
    [InlineData("yxnu-2016", MeetingBody.Members)]
    [InlineData(null, MeetingBody.Committee)]
    public void Who_decides_is_what_the_scheme_says(string? shipped, MeetingBody body)
    {
        var scheme = shipped is { } id ? World.Scheme(id) : World.LoadText(Schemes.SchemeCheckTests.Small + "流程:\n- { 步骤: 评定, 每: 年, 谁: 支部, 依据: 一 }\n").Value!;
        var step = scheme.Steps.First(step => step.Kind == StepKinds.Decision);

        Assert.Equal(body, OpenMeeting.BodyOf(step));
        Assert.Equal(body == MeetingBody.Members ? 4 : 2, OpenMeeting.VotersOf(body, Roll()).Count);
    }

    [Theory]
    [InlineData(4, 8, false)]
    [InlineData(5, 8, true)]
    [InlineData(0, 0, false)]
    public void Without_more_than_half_of_those_due_nothing_is_voted_on(int present, int due, bool holds) =>
        Assert.Equal(holds, VotingRule.Default.HasQuorum(present, due));

    [Theory]
    [InlineData(5, 5, 8, true)]
    [InlineData(4, 5, 8, false)]
    [InlineData(4, 8, 8, false)]
    [InlineData(1, 1, 1, true)]
    [InlineData(0, 3, 3, false)]
    public void More_than_half_of_those_due_have_to_be_in_favour_not_of_those_who_came(int inFavour, int present, int due, bool passes)
    {
        Assert.Equal(passes, VotingRule.Default.Passes(inFavour, present, due));
        Assert.Equal(passes, inFavour >= VotingRule.Default.Needed(present, due));
    }

    [Fact]
    public void What_the_scheme_sets_takes_the_place_of_the_default()
    {
        var scheme = World.LoadText(Scheme("表决: { 到会: 三分之二以上, 赞成: 三分之二以上, 赞成按: 实到会, 方式: 无记名 }")).Value!;

        var rule = VotingRule.Of(scheme.Steps[^1]);

        Assert.True(rule is { IsOfScheme: true, IsSecret: true, OfPresent: true });
        Assert.False(rule.HasQuorum(5, 8));
        Assert.True(rule.HasQuorum(6, 8));
        Assert.Equal(4, rule.Needed(6, 8));
        Assert.Contains("三分之二以上", rule.InWords, StringComparison.Ordinal);
        Assert.False(VotingRule.Of(World.LoadText(Scheme("名称: 评定")).Value!.Steps[^1]).IsOfScheme);
    }

    [Theory]
    [InlineData("表决: { 到会: 一半 }")]
    [InlineData("表决: { 权重: { 党员大会: 60 } }")]
    [InlineData("表决: { 权重: { 群众代表: 100 } }")]
    public void A_rule_that_is_no_rule_is_refused(string voting) => Assert.Null(World.LoadText(Scheme(voting)).Value);

    [Fact]
    public void Votes_have_to_add_up_to_those_who_vote_and_whom_it_concerns_may_be_left_out()
    {
        Assert.IsType<VotesDoNotAddUp>(Decide(new VoteCount(3, 0, 0), Meeting(4), Other()).Refusal);
        Assert.IsType<VotesDoNotAddUp>(Decide(new VoteCount(5, -1, 0), Meeting(4), Other()).Refusal);
        Assert.Equal(
            new MotionDecided(Other().Id, Meeting(4).Id, VotingManner.Open, 3, 4, 3, 0, 0, 3, true),
            Assert.Single(Decide(new VoteCount(3, 0, 0), Meeting(4), Other() with { Concerned = [People[1]], ConcernedAbstain = true }).Happenings).Event);
    }

    [Fact]
    public void A_vote_that_fails_is_kept_as_failed_and_ends_nothing()
    {
        _marks.Add(new StepMark(Quarter, "评定", new(2025, 10, 15), default, null, null, default, null, null));
        var ruling = Decide(new VoteCount(2, 2, 0), Meeting(4), Table(92));

        Assert.False(Assert.IsType<MotionDecided>(Assert.Single(ruling.Happenings).Event).IsPassed);
    }

    [Fact]
    public void A_count_is_put_right_only_while_the_meeting_is_open_by_hands_and_with_the_same_people()
    {
        var was = new VoteOnRecord(new EntryId(Guid.CreateVersion7()), VotingManner.Open, 4, 4, new VoteCount(1, 3, 0), false, Array.Empty<EntryId>().ToLookup(_ => ""), false);
        var failed = Other() with { State = MotionState.Failed };

        var corrected = Assert.Single(Correct(was, Meeting(4), failed).Happenings);
        Assert.Equal((was.Entry, "赞成、反对填反了"), (corrected.Corrects, corrected.Ground));
        Assert.True(Assert.IsType<MotionDecided>(corrected.Event).IsPassed);
        Assert.IsType<MinutesAreFinal>(Correct(was, Meeting(4) with { IsClosed = true }, failed).Refusal);
        Assert.IsType<NothingVotedYet>(Correct(null, Meeting(4), Other()).Refusal);
        Assert.IsType<CountedByTellers>(Correct(was with { Manner = VotingManner.Secret }, Meeting(4), failed).Refusal);
        Assert.IsType<SameVotes>(Correct(was with { Votes = new VoteCount(3, 1, 0) }, Meeting(4), failed).Refusal);
        // Who came in later did not vote.
        Assert.IsType<VotesDoNotAddUp>(Correct(was with { Present = 3 }, Meeting(4), failed).Refusal);
        Assert.IsType<ChangeIsCarriedOut>(Correct(
            was with { Votes = new VoteCount(3, 0, 1), IsPassed = true, IsCarriedOut = true }, Meeting(4), Other() with { Kind = MotionKind.PointsChange, State = MotionState.Passed }, 1).Refusal);
        Assert.IsType<VoteHoldsNoMore>(Correct(was with { Votes = new VoteCount(4, 0, 0), IsPassed = true }, Meeting(4), Table(92) with { State = MotionState.Passed }).Refusal);

        Ruling Correct(VoteOnRecord? was, MembersMeeting meeting, Motion motion, int inFavour = 3) =>
            new CorrectVote(motion.Id, new VoteCount(inFavour, 4 - inFavour, 0), "赞成、反对填反了").Decide(
                new MotionCase(Board, meeting, motion, VotingRule.Default, motion.Table is null ? null : Points(92)), was);
    }

    [Fact]
    public void Without_quorum_after_the_close_twice_or_where_the_scheme_wants_slips_no_hands_are_counted()
    {
        Assert.IsType<NoQuorum>(Decide(new VoteCount(2, 0, 0), Meeting(2), Other()).Refusal);
        Assert.IsType<MeetingIsOver>(Decide(new VoteCount(4, 0, 0), Meeting(4) with { IsClosed = true }, Other()).Refusal);
        Assert.IsType<MotionIsSettled>(Decide(new VoteCount(4, 0, 0), Meeting(4), Other() with { State = MotionState.Passed }).Refusal);
        Assert.IsType<IsOnlyReported>(Decide(new VoteCount(4, 0, 0), Meeting(4), Other() with { Kind = MotionKind.ObjectionReport }).Refusal);
        Assert.IsType<NoSuchMotion>(Decide(new VoteCount(4, 0, 0), Meeting(4), Other() with { Meeting = null }).Refusal);
        Assert.IsType<VoteIsSecret>(Decide(new VoteCount(4, 0, 0), Meeting(4), Other(), VotingRule.Default with { IsSecret = true }).Refusal);
    }

    [Fact]
    public void Confirming_the_table_ends_the_step_with_the_digest_of_what_was_voted_on()
    {
        _marks.Add(new StepMark(Quarter, "评定", new(2025, 10, 15), default, null, null, default, null, null));

        var ruling = Decide(new VoteCount(3, 0, 1), Meeting(4), Table(92));

        var ended = Assert.IsType<RoundStepEnded>(ruling.Happenings[1].Event);
        Assert.Equal(Points(92).Digest(), ended.Digest);
        Assert.Contains("赞成3票，反对0票，弃权1票", ended.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_changed_since_it_was_read_is_not_voted_on_and_the_change_is_named()
    {
        var refusal = Assert.IsType<TableHasChanged>(Decide(new VoteCount(4, 0, 0), Meeting(4), Table(93.5m)).Refusal);

        var change = Assert.Single(refusal.Changes);
        Assert.Equal((People[0], 93.5m, 92m), (change.Person, change.Was!.Total, change.Is!.Total));
    }

    [Fact]
    public void Reading_the_table_again_takes_the_place_of_the_first_reading_and_reading_the_same_does_nothing()
    {
        _marks.Add(new StepMark(Quarter, "评定", new(2025, 10, 15), default, null, null, default, null, null));
        var present = new PresentTable(Meeting(4).Id, new MotionId(Guid.CreateVersion7()));

        Assert.Empty(present.Decide(Board, Meeting(4), [Table(92)], Points(92)).Happenings);
        var again = present.Decide(Board, Meeting(4), [Table(92)], Points(90));
        Assert.IsType<MotionWithdrawn>(again.Happenings[0].Event);
        Assert.Equal(Points(90).Digest(), Assert.IsType<PointsTablePresented>(again.Happenings[2].Event).Digest);
        Assert.IsType<NoTableHere>(present.Decide(Board, Meeting(4) with { Step = null }, [], Points(92)).Refusal);
        Assert.IsType<EmptyTable>(present.Decide(Board, Meeting(4), [], new PointsTable([])).Refusal);
    }

    [Fact]
    public void The_digest_depends_on_the_points_and_not_on_the_order_in_which_people_stand()
    {
        var table = new PointsTable([.. People.Select((person, at) => new PointsTableRow(person, 90 + at, [80, 10 + at], "优秀"))]);

        Assert.Equal(table.Digest(), new PointsTable([.. table.Rows.Reverse()]).Digest());
        Assert.NotEqual(table.Digest(), new PointsTable([table.Rows[0] with { Sections = [79, 11] }, .. table.Rows.Skip(1)]).Digest());
        Assert.NotEqual(table.Digest(), new PointsTable([.. table.Rows.Skip(1)]).Digest());
    }

    [Fact]
    public void A_motion_says_what_and_whom_and_the_table_is_no_motion_one_writes()
    {
        static Ruling Put(MotionKind kind, string title, params PersonId[] concerned) =>
            new PutMotion(default, kind, title, concerned, false, "因病长期住院", null).Decide(People.Contains);

        Assert.IsType<TableIsPresented>(Put(MotionKind.PointsTable, "确认积分表").Refusal);
        Assert.IsType<InputIsWrong>(Put(MotionKind.Other, "改").Refusal);
        Assert.IsType<NobodyChosen>(Put(MotionKind.Exemption, "免予积分管理").Refusal);
        Assert.IsType<OneAtATime>(Put(MotionKind.PointsChange, "冲正迟到", People[0], People[1]).Refusal);
        Assert.IsType<NotOfTheMeeting>(Put(MotionKind.Other, "其他事项", new PersonId(Guid.CreateVersion7())).Refusal);
        var put = Assert.Single(Put(MotionKind.Exemption, "免予积分管理", People[0]).Happenings);
        // Why somebody is exempt may be about health: the ledger holds its digest.
        Assert.Equal(PutMotion.DigestOf("因病长期住院"), ((MotionPut)put.Event).TextDigest);
        Assert.Equal(People[0], put.About);
    }

    [Fact]
    public void Reports_are_told_and_not_voted_on_and_a_closed_meeting_hears_nothing_more()
    {
        var report = Other() with { Kind = MotionKind.ObjectionReport };

        Assert.IsType<MotionReported>(Assert.Single(new ReportMotion(report.Id).Decide(Meeting(4), report).Happenings).Event);
        Assert.IsType<HasToBeVotedOn>(new ReportMotion(report.Id).Decide(Meeting(4), Other()).Refusal);
        Assert.IsType<MeetingIsOver>(new ReportMotion(report.Id).Decide(Meeting(4) with { IsClosed = true }, report).Refusal);
        Assert.IsType<VoteIsGoingOn>(new CloseMeeting(Meeting(4).Id).Decide(Meeting(4), [Other() with { State = MotionState.Voting }]).Refusal);
        Assert.IsType<MeetingIsOver>(new CloseMeeting(Meeting(4).Id).Decide(Meeting(4) with { IsClosed = true }, []).Refusal);
        Assert.IsType<MeetingIsOver>(new SignInToMeeting(Meeting(4).Id).Decide(Meeting(4) with { IsClosed = true }, People[0]).Refusal);
        Assert.Empty(new SignInToMeeting(Meeting(4).Id).Decide(Meeting(4), People[0]).Happenings);
    }

    [Fact]
    public void Whoever_is_not_counted_and_comes_after_all_is_counted()
    {
        var meeting = Meeting(3) with { People = [.. Meeting(3).People.Select((person, at) => person with { IsCounted = at != 3 })] };

        Assert.Equal((3, 3), (meeting.Due, meeting.Present));
        var came = meeting with { People = [.. meeting.People.Select(person => person with { IsPresent = person.HasVote })] };
        Assert.Equal((4, 4), (came.Due, came.Present));
    }

    private static OpenMeeting Open(IReadOnlyList<PersonId>? uncounted = null, string? ground = null) =>
        new(new MeetingId(Guid.CreateVersion7()), Quarter, "评定", null, People[0], People[1], uncounted ?? [], ground);

    private static IReadOnlyList<RollPerson> Roll() =>
    [
        .. People.Select((person, at) => new RollPerson(
            person, $"党员{at}", at switch { 4 => Standing.Probationary, 5 => Standing.Activist, _ => Standing.Full }, null, at is 0 or 1, at == 3)),
    ];

    private static MembersMeeting Meeting(int present) => new(
        new MeetingId(new Guid(9, 0, 0, new byte[8])), Quarter, "评定", MeetingBody.Members, null, new DateOnly(2025, 10, 15), People[0], People[1], false,
        [.. People[..4].Select((person, at) => new MeetingPerson(person, true, true, at < present)), new MeetingPerson(People[4], false, false, true)]);

    private static Motion Other() => new(
        new MotionId(new Guid(7, 0, 0, new byte[8])), MotionKind.Other, "其他事项", [], false, MotionState.Open, Meeting(4).Id, null, null);

    private static Motion Table(decimal total) => Other() with { Kind = MotionKind.PointsTable, Table = Points(total) };

    private static PointsTable Points(decimal total) => new([new PointsTableRow(People[0], total, [total], null), new PointsTableRow(People[1], 100, [100], null)]);

    private Ruling Decide(VoteCount votes, MembersMeeting meeting, Motion motion, VotingRule? rule = null) =>
        new DecideMotion(motion.Id, votes).Decide(new MotionCase(Board, meeting, motion, rule ?? VotingRule.Default, motion.Table is null ? null : Points(92)));

    private static string Scheme(string voting) =>
        $$"""
        办法: { 编号: small-branch, 名称: 某支部党员积分办法, 文号: 某支〔2025〕1号, 印发: 2025-01-03 }
        语言版本: 1
        文件版本: 1
        适用周期: { 自: 2025, 至: 至今 }
        周期: 自然年
        考评期: 季度
        记分单位: 0.5
        条款: { 一: 基础积分满分20；迟到每次扣2 }
        事实: { 迟到: { 编号: late, 记: 次, 谁记: 记录员 } }
        部分:
        - { 编号: base, 名称: 基础积分, 依据: 一, 起分: 满分, 满分: 20, 项目: [ { 编号: meetings, 名称: 组织生活, 满分: 20, 依据: 一, 记分: [ { 编号: 基1, 每次: 迟到, 扣: 2, 依据: 一 } ] } ] }
        总分: [ { 加: base } ]
        流程:
        - { 步骤: 记录, 谁: 记录员, 依据: 一 }
        - { 步骤: 评定, 每: 季度, 谁: 党员大会, 依据: 一, {{voting}} }
        """;
}
