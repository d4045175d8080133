using Jifen.Cycle;
using Jifen.Cycle.Decisions;
using Jifen.Cycle.Evaluations;
using Jifen.Cycle.Rounds;
using Jifen.Tests.Rounds;
using Xunit;

namespace Jifen.Tests.Evaluations;

/// <summary>Slips, ballots and their count: nothing before the close, nothing of fewer than five, weights only where the scheme has them.</summary>
public sealed class BallotTests
{
    private static readonly BallotBoxId Id = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly PersonId[] People = [new(new Guid(11, 0, 0, new byte[8])), new(new Guid(12, 0, 0, new byte[8]))];
    private static readonly RoundKey Year = RoundKey.OfYear(2025);
    private static readonly TellersOfPaper Tellers = new(["甲", "乙"], []);
    private readonly List<StepMark> _marks = [];

    private YearBoard Law => new(YearPlanTests.PlanOf("jsu-law-2017", 2025), _marks, null, new DateOnly(2025, 12, 5));

    [Fact]
    public void Representatives_of_the_masses_judge_members_branch_and_evaluation_group_and_so_the_step_begins()
    {
        Reviewed();

        var ruling = Evaluation(new SlipsWanted(VoterKind.MassRepresentative, 12, 0, 3)).Decide(Law, People, Table(), hasGroup: true, isRunning: false, Tellers);

        Assert.Equal("群评", Assert.IsType<RoundStepBegun>(ruling.Happenings[0].Event).Step);
        var opened = Assert.IsType<BallotBoxOpened>(ruling.Happenings[1].Event);
        Assert.Equal([$"{People[0]}", $"{People[1]}", "branch", "group"], opened.Subjects);
        Assert.Equal([88m, 88m], opened.Table.Select(row => row.Total));
        Assert.False(opened.IsHandingOut);
    }

    [Fact]
    public void It_is_not_opened_out_of_turn_twice_for_others_or_with_slips_nobody_can_hold()
    {
        Assert.IsType<NotItsTurn>(Decide(new SlipsWanted(VoterKind.MassRepresentative, 5, 0, 0)).Refusal);
        Reviewed();
        Assert.IsType<NotTheirEvaluation>(Decide(new SlipsWanted(VoterKind.Member, 2, 0, 0)).Refusal);
        Assert.IsType<SlipsOutOfBounds>(Decide(new SlipsWanted(VoterKind.MassRepresentative, 0, 0, 0)).Refusal);
        Assert.IsType<SlipsOutOfBounds>(Decide(new SlipsWanted(VoterKind.MassRepresentative, -1, 0, 5)).Refusal);
        Assert.IsType<SlipsOutOfBounds>(Decide(new SlipsWanted(VoterKind.MassRepresentative, 0, 5, 0)).Refusal);
        Assert.IsType<SlipsOutOfBounds>(Decide(new SlipsWanted(VoterKind.MassRepresentative, 1001, 0, 0)).Refusal);
        Assert.IsType<BoxIsOpen>(Evaluation(new SlipsWanted(VoterKind.MassRepresentative, 5, 0, 0)).Decide(Law, People, Table(), true, isRunning: true, Tellers).Refusal);
        Assert.IsType<NoSuchRoundStep>((Evaluation(new SlipsWanted(VoterKind.MassRepresentative, 5, 0, 0)) with { Step = "综合评定" }).Decide(Law, People, Table(), true, false, Tellers).Refusal);
    }

    [Fact]
    public void Paper_that_nobody_could_count_is_not_given_out_and_who_needs_an_account_is_named()
    {
        Reviewed();
        Ruling Open(int papers, TellersOfPaper tellers) =>
            Evaluation(new SlipsWanted(VoterKind.MassRepresentative, 5, 0, papers)).Decide(Law, People, Table(), true, false, tellers);

        Assert.Contains("有1名：甲，纸质票发了没有人能点。先在“账号”里给乙、丙开通账号", Open(3, new TellersOfPaper(["甲"], ["乙", "丙"])).Refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("不担任职务的党员不够两名", Open(3, new TellersOfPaper(["甲"], [])).Refusal!.Message, StringComparison.Ordinal);
        Assert.False(Open(3, Tellers).IsRefused);
        Assert.False(Open(0, new TellersOfPaper([], [])).IsRefused);
    }

    [Fact]
    public void A_democratic_evaluation_has_the_grades_of_the_scheme_or_the_usual_four_and_a_slip_for_each_member_at_most()
    {
        Assert.Equal(["优秀", "良好", "合格", "不合格"], BallotWords.GradesOf(World.Scheme("district")));
        Assert.Equal(["优秀", "合格", "基本合格", "不合格"], BallotWords.GradesOf(World.Scheme("jsu-law-2017")));
        Reviewed();
        Mark(Year, "群评");
        Mark(Year, "综合评定");
        var open = Evaluation(new SlipsWanted(VoterKind.Member, 1, 2, 0)) with { Step = "民主评议" };
        Assert.IsType<MoreSlipsThanMembers>(open.Decide(Law, People, Table(), true, false, Tellers).Refusal);
        var opened = Assert.IsType<BallotBoxOpened>((open with { Slips = [new SlipsWanted(VoterKind.Member, 0, 2, 0)] }).Decide(Law, People, Table(), true, false, Tellers).Happenings[1].Event);
        Assert.True(opened.IsHandingOut);
        Assert.Empty(opened.Table);
    }

    [Fact]
    public void Fewer_than_five_ballots_are_not_broken_down_and_a_small_kind_is_not_shown_by_subtraction()
    {
        var box = Box(new SlipsIssued(VoterKind.Member, 9, 0), new SlipsIssued(VoterKind.MassRepresentative, 9, 0));

        Assert.Empty(BallotCount.Shown(box, Ballots(VoterKind.Member, 4), []));
        var together = Assert.Single(BallotCount.Shown(box, [.. Ballots(VoterKind.Member, 4), .. Ballots(VoterKind.MassRepresentative, 6)], []));
        Assert.Equal((null, 10), (together.Voter, together.Ballots));
        Assert.Equal([VoterKind.Member, VoterKind.MassRepresentative, null], BallotCount.Shown(box, [.. Ballots(VoterKind.Member, 5), .. Ballots(VoterKind.MassRepresentative, 5)], []).Select(tally => tally.Voter));
    }

    [Fact]
    public void Paper_is_added_to_what_was_cast_by_code()
    {
        var box = Box(new SlipsIssued(VoterKind.Member, 5, 4));
        var papers = new PaperCount(VoterKind.Member, 4, new Dictionary<string, IReadOnlyList<int>> { ["a"] = [3, 1], ["b"] = [0, 4] });

        var all = Assert.Single(BallotCount.Shown(box, Ballots(VoterKind.Member, 5), [papers]));

        Assert.Equal(9, all.Ballots);
        Assert.Equal([8, 1], all.Subjects[0].Counts);
    }

    [Fact]
    public void What_tellers_type_has_to_fit_the_paper_that_was_issued()
    {
        var box = Box(new SlipsIssued(VoterKind.Member, 0, 4));
        Refusal? Count(int papers, params int[] counts) => new CountPapers(Id, [new PaperCount(
            VoterKind.Member, papers, new Dictionary<string, IReadOnlyList<int>> { ["a"] = counts, ["b"] = [0, 0] })]).RefusalFor(box, subject => subject);

        Assert.Null(Count(4, 3, 1));
        Assert.Null(Count(4, 3, 0));
        Assert.IsType<PapersOutOfBounds>(Count(5, 3, 1));
        Assert.Contains("“a”合起来4票，收回的纸质票只有3张", Assert.IsType<PapersDoNotAddUp>(Count(3, 3, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("“a”", Assert.IsType<CountIsNoNumber>(Count(4, 5, -1)).Message, StringComparison.Ordinal);
        Assert.IsType<CountIsNoNumber>(Count(-1, 3, 1));
        Assert.IsType<BoxIsShut>(new CountPapers(Id, []).RefusalFor(box with { State = BallotBoxState.Closed }, subject => subject));
    }

    [Fact]
    public void Kinds_of_voters_are_weighed_only_as_the_scheme_says()
    {
        var box = Box(new SlipsIssued(VoterKind.Member, 5, 0), new SlipsIssued(VoterKind.MassRepresentative, 10, 0));
        var shown = BallotCount.Shown(box, [.. Ballots(VoterKind.Member, 5), .. Ballots(VoterKind.MassRepresentative, 10, "乙")], []);

        Assert.Equal([70m, 30m], BallotCount.Weighed(shown, "a", new Dictionary<VoterKind, int> { [VoterKind.Member] = 70, [VoterKind.MassRepresentative] = 30 })!);
        Assert.Null(BallotCount.Weighed(shown, "a", new Dictionary<VoterKind, int>()));
    }

    [Fact]
    public void The_digest_is_of_the_ballots_whatever_their_order()
    {
        var ballots = Ballots(VoterKind.Member, 6);

        Assert.Equal(BallotCount.Digest(ballots), BallotCount.Digest(Enumerable.Reverse(ballots)));
        Assert.NotEqual(BallotCount.Digest(ballots), BallotCount.Digest(ballots.Skip(1)));
    }

    [Fact]
    public void A_ballot_is_whole_and_of_this_vote_or_it_is_not_taken()
    {
        static Refusal? Cast(params (string, string)[] choices) =>
            new CastVote(choices.ToDictionary(pair => pair.Item1, pair => pair.Item2), null).RefusalFor(["a", "b"], ["甲", "乙"]);

        Assert.Null(Cast(("a", "甲"), ("b", "乙")));
        Assert.IsType<BallotIsIncomplete>(Cast(("a", "甲")));
        Assert.IsType<BallotIsOther>(Cast(("a", "甲"), ("b", "丙")));
        Assert.IsType<BallotIsOther>(Cast(("a", "甲"), ("b", "乙"), ("c", "甲")));
        Assert.IsType<OpinionTooLong>(new CastVote(new Dictionary<string, string>(), new string('字', 501)).RefusalFor([], []));
    }

    [Fact]
    public async Task A_box_that_is_not_open_whose_tellers_differ_or_whose_step_is_over_is_not_even_emptied()
    {
        var close = new CloseBallotBox(Id);
        var box = Box(new SlipsIssued(VoterKind.Member, 5, 0));
        Task<Ruling> Close(BallotBox? of, AgreedPapers? papers) => close.DecideAsync(of, papers, Law, null, () => throw new InvalidOperationException("emptied"));

        Assert.IsType<NoSuchBox>((await Close(null, AgreedPapers.None)).Refusal);
        Assert.IsType<NotVotingYet>((await Close(box with { State = BallotBoxState.HandingOut }, AgreedPapers.None)).Refusal);
        Assert.IsType<BoxIsShut>((await Close(box with { State = BallotBoxState.Closed }, AgreedPapers.None)).Refusal);
        Assert.IsType<TellersDoNotAgree>((await Close(box, null)).Refusal);
        Assert.IsType<NotItsTurn>((await Close(box, AgreedPapers.None)).Refusal);
    }

    [Fact]
    public async Task A_vote_in_which_nobody_took_part_is_not_counted() => Assert.IsType<NothingWasCast>((await new CloseBallotBox(Id).DecideAsync(
        Box(new SlipsIssued(VoterKind.Member, 5, 0)) with { Step = null }, AgreedPapers.None, Law, null, () => Task.FromResult<IReadOnlyList<CastBallot>>([]))).Refusal);

    [Fact]
    public void A_box_is_annulled_with_a_reason_while_it_runs_and_started_once()
    {
        var box = Box(new SlipsIssued(VoterKind.Member, 5, 0));

        Assert.IsType<AnnulmentNeedsReason>(new AnnulBallots(Id, "丢").Decide(box).Refusal);
        Assert.IsType<BallotBoxAnnulled>(Assert.Single(new AnnulBallots(Id, "选票打印丢失").Decide(box).Happenings).Event);
        Assert.IsType<BoxIsShut>(new AnnulBallots(Id, "选票打印丢失").Decide(box with { State = BallotBoxState.Closed }).Refusal);
        Assert.Empty(new StartBalloting(Id).Decide(box).Happenings);
        Assert.IsType<BallotingStarted>(Assert.Single(new StartBalloting(Id).Decide(box with { State = BallotBoxState.HandingOut }).Happenings).Event);
    }

    private Ruling Decide(SlipsWanted slips) => Evaluation(slips).Decide(Law, People, Table(), hasGroup: true, isRunning: false, Tellers);

    private static OpenEvaluation Evaluation(params SlipsWanted[] slips) => new(Id, Year, "群评", slips);

    private void Reviewed()
    {
        Mark(RoundKey.Known("2025-t1"), "考评");
        Mark(RoundKey.Known("2025-t2"), "考评");
    }

    private void Mark(RoundKey round, string step) => _marks.Add(new StepMark(round, step, new(2025, 12, 1), default, new(2025, 12, 2), default, default, null, null));

    private static PointsTable Table() => new([.. People.Select(person => new PointsTableRow(person, 88, [88], null))]);

    private static BallotBox Box(params SlipsIssued[] slips) =>
        new(Id, BallotKind.DemocraticEvaluation, Year, "民主评议", null, ["a", "b"], ["甲", "乙"], slips, true, BallotBoxState.Open);

    private static List<CastBallot> Ballots(VoterKind voter, int count, string choice = "甲") => [.. Enumerable.Range(0, count).Select(at => new CastBallot(
        new Guid(at, (short)voter, 0, new byte[8]), voter, new Dictionary<string, string> { ["a"] = choice, ["b"] = "乙" }, $"{choice}{at}"))];
}
