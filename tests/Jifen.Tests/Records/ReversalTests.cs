using Jifen.Cycle;
using Jifen.Cycle.Records;
using Xunit;
using static Jifen.Tests.Records.Desk;

namespace Jifen.Tests.Records;

public sealed class ReversalTests
{
    private static readonly EntryOnRecord Wrong = new(Entry, Branch, "fact-recorded", Li, null, Holds: true, ConfirmedBy: null);

    private static readonly ReverseEntry Reverse = new(Entry, " 记到同名的人身上 ");

    [Fact]
    public void A_reversal_names_the_entry_and_the_reason()
    {
        var happening = Assert.Single(Reverse.Decide(Wrong, Branch, speaksForBody: false).Happenings);

        Assert.Equal(new EntryReversed("记到同名的人身上"), happening.Event);
        Assert.Equal(Entry, happening.Corrects);
        Assert.Equal(Li, happening.About);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("错了吧")]
    public void The_reason_has_four_characters_and_more(string reason) =>
        Assert.Equal([Fields.Reason], Faults(new ReverseEntry(Entry, reason).Decide(Wrong, Branch, speaksForBody: false)));

    [Fact]
    public void An_entry_is_reversed_once()
    {
        var refusal = Assert.IsType<ReversedBefore>(Reverse.Decide(Wrong with { Reversed = ("李书记", new DateOnly(2025, 10, 3)) }, Branch, false).Refusal);

        Assert.Contains("李书记在2025年10月3日", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_branchs_entry_is_not_there()
    {
        Assert.IsType<NoSuchEntry>(Reverse.Decide(Wrong, new OrganizationId(Guid.Empty), false).Refusal);
        Assert.IsType<NoSuchEntry>(Reverse.Decide(null, Branch, false).Refusal);
    }

    [Fact]
    public void What_a_later_entry_replaced_is_not_reversed() =>
        Assert.IsType<ReplacedSince>(Reverse.Decide(Wrong with { Holds = false }, Branch, false).Refusal);

    [Fact]
    public void A_roll_call_is_not_reversed_here() =>
        Assert.IsType<CannotBeReversed>(Reverse.Decide(Wrong with { Kind = "attendance-taken" }, Branch, false).Refusal);

    [Fact]
    public void What_a_body_confirmed_is_reversed_by_who_speaks_for_one()
    {
        var confirmed = Wrong with { ConfirmedBy = "支委会" };

        Assert.IsType<ConfirmedByBody>(Reverse.Decide(confirmed, Branch, speaksForBody: false).Refusal);
        Assert.False(Reverse.Decide(confirmed, Branch, speaksForBody: true).IsRefused);
    }

    [Fact]
    public void A_correction_reverses_and_makes_in_one()
    {
        var made = new RecordFact([Li], "badge-missing", Today, null, null, null, null, "支委检查", []).Decide(Open, Scheme);
        var ruling = new CorrectEntry(Reverse).Decide(Wrong, Branch, false, made);

        Assert.Equal([typeof(EntryReversed), typeof(FactRecorded)], ruling.Happenings.Select(one => one.Event.GetType()));
        Assert.Null(ruling.Happenings[1].Corrects);
    }

    [Fact]
    public void A_correction_is_refused_when_either_half_is()
    {
        var refused = new RecordFact([Li], "badge-missing", Today.AddDays(1), null, null, null, null, "支委检查", []).Decide(Open, Scheme);
        var made = new RecordFact([Li], "badge-missing", Today, null, null, null, null, "支委检查", []).Decide(Open, Scheme);

        Assert.Equal([Fields.On], Faults(new CorrectEntry(Reverse).Decide(Wrong, Branch, false, refused)));
        Assert.Equal([Fields.Reason], Faults(new CorrectEntry(new ReverseEntry(Entry, "错")).Decide(Wrong, Branch, false, made)));
        Assert.IsType<SharedFactIsCorrectedTogether>(new CorrectEntry(Reverse).Decide(Wrong with { Sharers = 2 }, Branch, false, made).Refusal);
    }

    [Fact]
    public void Dues_are_put_right_only_where_something_changes()
    {
        var was = new StandingDues(Entry, 12, 12, new DateOnly(2025, 10, 5));
        var right = new DuesLine(Li, October, 12, 12, new DateOnly(2025, 10, 6));

        Assert.IsType<NothingChanged>(CorrectEntry.Dues(Open, right with { PaidOn = was.PaidOn }, was, null, null).Refusal);
        Assert.Equal(new DateOnly(2025, 10, 6), Event<DuesRecorded>(CorrectEntry.Dues(Open, right, was, null, null)).PaidOn);
        Assert.Equal(NotHis, CorrectEntry.Dues(OfZhao, right with { Person = Zhao }, was, null, null).Refusal);
    }

    [Fact]
    public void Files_are_added_to_an_entry_of_the_person_they_are_about()
    {
        var attach = new AttachEvidence(Entry);

        Assert.Equal([Desk.File], Event<EvidenceAttached>(attach.Decide(Wrong, Branch, Li, [Desk.File])).Evidence);
        Assert.IsType<NoSuchEntry>(attach.Decide(Wrong, Branch, Wang, [Desk.File]).Refusal);
        Assert.IsType<NoSuchEvidence>(attach.Decide(Wrong, Branch, Li, []).Refusal);
        Assert.Equal([Fields.Evidence], Faults(attach.Decide(Wrong, Branch, Li, [.. Enumerable.Repeat(Desk.File, 11)])));
    }
}
