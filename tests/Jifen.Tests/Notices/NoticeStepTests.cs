using Jifen.Cycle;
using Jifen.Cycle.Notices;
using Jifen.Cycle.Rounds;
using Jifen.Tests.Rounds;
using Xunit;

namespace Jifen.Tests.Notices;

/// <summary>A notice is published when its turn has come, and nobody ends it early.</summary>
public sealed class NoticeStepTests
{
    private static readonly RoundKey Third = RoundKey.Known("2025-q3");
    private static readonly NoticeId Id = new(Guid.CreateVersion7());
    private static readonly WorkingCalendar Calendar = new([]);
    private readonly List<StepMark> _marks = [Mark("初评", true), Mark("评定", true)];
    private DateOnly _today = new(2025, 10, 20);

    [Theory]
    [InlineData("张三", "张*")]
    [InlineData("张某某", "张*某")]
    [InlineData("欧阳某某", "欧**某")]
    [InlineData("丁", "*")]
    public void A_name_keeps_its_ends(string name, string masked) => Assert.Equal(masked, MaskedName.Of(name));

    [Fact]
    public void Who_would_look_alike_is_told_apart_in_the_order_of_the_roster() =>
        Assert.Equal(["张*（1）", "李*", "张*（2）"], MaskedName.Of(["张三", "李四", "张五"]));

    [Fact]
    public void It_waits_for_the_meeting()
    {
        _marks.Clear();
        Assert.IsType<NotItsTurn>(new PrepareNotice(Id, Third, "公示", "d", null).Decide(Board(), null).Refusal);
    }

    [Fact]
    public void Publishing_fixes_the_days_and_begins_the_step()
    {
        var ruling = new PublishNotice(Id, "d", false).Decide(Board(), Draft(), null, Calendar);

        var published = Assert.IsType<NoticePublished>(ruling.Happenings[0].Event);
        Assert.Equal((new DateOnly(2025, 10, 27), new DateOnly(2025, 11, 3)), (published.LastOn, published.ObjectUntil));
        Assert.IsType<RoundStepBegun>(ruling.Happenings[1].Event);
    }

    [Fact]
    public void What_was_read_is_what_is_published() =>
        Assert.IsType<NoticeIsOutdated>(new PublishNotice(Id, "other", false).Decide(Board(), Draft(), null, Calendar).Refusal);

    [Fact]
    public void It_is_published_once() => Assert.IsType<NoticeIsOut>(new PublishNotice(Id, "d", false).Decide(Board(), Published(), null, Calendar).Refusal);

    [Fact]
    public void Nobody_ends_it_before_the_last_day_on_which_one_may_object_is_over()
    {
        _marks.Add(Mark("公示", false));
        foreach (var day in new[] { 20, 27, 31 })
        {
            _today = new DateOnly(2025, 10, day);
            Assert.IsType<NoticeStillOpen>(End(0).Refusal);
        }

        _today = new DateOnly(2025, 11, 3);
        Assert.IsType<NoticeStillOpen>(End(0).Refusal);
        _today = new DateOnly(2025, 11, 4);
        Assert.IsType<CasesStillOpen>(End(1).Refusal);
        Assert.IsType<RoundStepEnded>(Assert.Single(End(0).Happenings).Event);
        _marks[^1] = Mark("公示", true);
        Assert.IsType<AlreadyEnded>(End(0).Refusal);
    }

    [Fact]
    public void A_corrected_notice_says_why_names_the_first_and_begins_its_days_anew()
    {
        _marks.Add(Mark("公示", false));
        _today = new DateOnly(2025, 10, 24);
        Assert.IsType<CorrectionNeedsReason>(new PrepareNotice(new NoticeId(Guid.CreateVersion7()), Third, "公示", "e", " ").Decide(Board(), Published()).Refusal);

        var prepared = Assert.IsType<NoticePrepared>(new PrepareNotice(Id, Third, "公示", "e", "更正一人").Decide(Board(), Published()).Happenings[0].Event);
        Assert.Equal(Id, prepared.Replaces);

        var second = Draft() with { Id = new NoticeId(Guid.CreateVersion7()), Replaces = Id };
        var ruling = new PublishNotice(second.Id, "d", false).Decide(Board(), second, Published(), Calendar);
        Assert.Equal(new DateOnly(2025, 10, 31), Assert.IsType<NoticePublished>(Assert.Single(ruling.Happenings).Event).LastOn);
    }

    [Fact]
    public void A_step_that_was_opened_again_begins_anew_with_the_corrected_notice()
    {
        // 公示 was taken away with the meeting before it, and the meeting has been held again; the first notice still stands.
        var second = Draft() with { Id = new NoticeId(Guid.CreateVersion7()), Replaces = Id };

        var ruling = new PublishNotice(second.Id, "d", false).Decide(Board(), second, Published(), Calendar);

        Assert.Equal([typeof(NoticePublished), typeof(RoundStepBegun)], ruling.Happenings.Select(one => one.Event.GetType()));
        _marks.RemoveAt(1);
        Assert.IsType<NotItsTurn>(new PublishNotice(second.Id, "d", false).Decide(Board(), second, Published(), Calendar).Refusal);
        Assert.IsType<NotItsTurn>(new PrepareNotice(second.Id, Third, "公示", "e", "更正一人").Decide(Board(), Published()).Refusal);
    }

    private static Notice Draft() => new(Id, "2025-q3", "公示", "d", default, null, null, null, null, null, null, false, null);

    private static Notice Published() => Draft() with
    {
        PublishedOn = new(2025, 10, 20),
        FirstOn = new(2025, 10, 21),
        LastOn = new(2025, 10, 27),
        ObjectUntil = new(2025, 11, 3),
    };

    private static StepMark Mark(string step, bool ended) =>
        new(Third, step, new DateOnly(2025, 10, 8), default, ended ? new DateOnly(2025, 10, 9) : null, default, default, null, null);

    private Ruling End(int open) => new EndNotice(Third, "公示").Decide(Board(), Published(), open);

    private YearBoard Board() => new(YearPlanTests.PlanOf("jsit-2020", 2025), _marks, new DateOnly(2025, 7, 1), _today);
}
