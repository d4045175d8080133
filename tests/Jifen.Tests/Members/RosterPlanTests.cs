using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Members.Rosters;
using Jifen.Scoring.Facts;
using Xunit;
using static Jifen.Tests.Members.Rolls;

namespace Jifen.Tests.Members;

public sealed class RosterPlanTests
{
    private static readonly RosterBranch[] Branches = [new(FirstBranch, "信息一支部", ["教职工", "学生"]), new(SecondBranch, "信息二支部", [])];

    [Fact]
    public void Somebody_nobody_knew_is_new()
    {
        var plan = Plan([Line("1", "王一")]);

        var line = Assert.Single(plan.Lines);
        Assert.Equal(LineOutcome.New, line.Outcome);
        Assert.Equal(["PersonRegistered", "MemberAdmitted"], line.Happenings.Select(one => one.Event.GetType().Name));
        Assert.Equal(Day(1, 1), line.Happenings[1].On);
    }

    [Fact]
    public void The_same_line_again_changes_nothing()
    {
        var plan = Plan([Line("1", "王一")], Known("1", "王一"));

        Assert.Equal(LineOutcome.Unchanged, Assert.Single(plan.Lines).Outcome);
        Assert.Empty(plan.Decide().Happenings);
    }

    [Fact]
    public void Empty_cells_change_nothing() =>
        Assert.Equal(LineOutcome.Unchanged, Assert.Single(Plan([Line("1", "王一") with { Standing = null }], Known("1", "王一")).Lines).Outcome);

    [Fact]
    public void What_differs_is_changed_through_the_step_that_does_it_by_hand()
    {
        var plan = Plan([Line("1", "王一", Standing.Full) with { PartyGroup = "第二党小组", Category = "学生" }], Known("1", "王一", Standing.Probationary));

        var line = Assert.Single(plan.Lines);
        Assert.Equal(
            [(RosterField.Standing, "预备党员", "正式党员"), (RosterField.Category, null, "学生"), (RosterField.PartyGroup, null, "第二党小组")],
            line.Changes.Select(change => (change.Field, change.Was, change.Becomes)));
        Assert.Equal(["StandingChanged", "CategoryChanged", "PartyGroupChanged"], line.Happenings.Select(one => one.Event.GetType().Name));
    }

    [Fact]
    public void One_wrong_line_and_nothing_is_imported()
    {
        var plan = Plan([Line("1", "王一"), Line("2", "李二") with { PartyGroup = "第九党小组" }]);

        Assert.Equal([LineOutcome.New, LineOutcome.Wrong], plan.Lines.Select(line => line.Outcome));
        var note = Assert.Single(plan.Lines[1].Notes);
        Assert.Equal((1, RosterField.PartyGroup, "第九党小组", true), (note.Row, note.Field, note.Value, note.IsError));
        Refused<RosterHasErrors>(plan.Decide());
    }

    [Fact]
    public void Everything_wrong_with_a_line_is_said_at_once()
    {
        var unreadable = new[] { new LineNote(0, RosterField.Standing, "党员干部", "这个身份不认识", "") }.ToLookup(note => note.Row);
        var plan = RosterPlan.Of(
            [Line("1", "王一") with { Standing = null, PartyGroup = "第九党小组", Category = "村民" }],
            unreadable,
            Branches,
            [],
            new RosterSettings(Day(1, 1), Arrival.OnRoll, "名册导入", null),
            Today,
            NameOf,
            (number, name) => new PersonName(Wang, number, name, "5a17"));

        Assert.Equal([RosterField.Standing, RosterField.Category, RosterField.PartyGroup], plan.Lines[0].Notes.Select(note => note.Field));
    }

    [Fact]
    public void Somebody_new_needs_a_standing() => Assert.Equal(
        RosterField.Standing, Assert.Single(Assert.Single(Plan([Line("1", "王一") with { Standing = null }]).Lines).Notes).Field);

    [Fact]
    public void A_number_twice_or_an_unnumbered_name_twice_is_refused()
    {
        var plan = Plan([Line("1", "王一"), Line("1", "王二"), Line(null, "李二"), Line(null, "李二")]);

        Assert.Equal([LineOutcome.New, LineOutcome.Wrong, LineOutcome.New, LineOutcome.Wrong], plan.Lines.Select(line => line.Outcome));
    }

    [Fact]
    public void Without_a_number_the_name_within_the_branch_tells_who_is_meant_with_a_warning()
    {
        var plan = Plan([Line(null, "王一")], Known("1", "王一"));

        var line = Assert.Single(plan.Lines);
        Assert.Equal(LineOutcome.Unchanged, line.Outcome);
        Assert.False(Assert.Single(line.Notes).IsError);
    }

    [Fact]
    public void A_number_is_added_to_the_one_of_that_name_who_has_none()
    {
        var line = Assert.Single(Plan([Line("7", "王一")], Known(null, "王一")).Lines);

        Assert.Equal([(RosterField.Number, null, "7")], line.Changes.Select(change => (change.Field, change.Was, change.Becomes)));
        Assert.IsType<PersonRenamed>(Assert.Single(line.Happenings).Event);
    }

    [Fact]
    public void The_same_name_with_another_number_is_another_person_with_a_warning()
    {
        var line = Assert.Single(Plan([Line("7", "王一")], Known("1", "王一")).Lines);

        Assert.Equal(LineOutcome.New, line.Outcome);
        Assert.Contains("另一个人", Assert.Single(line.Notes).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_of_one_name_on_the_roll_need_numbers() => Assert.Equal(
        LineOutcome.Wrong,
        Assert.Single(Plan([Line(null, "王一")], Known("1", "王一"), Known("2", "王一") with { Person = new PersonId(Guid.CreateVersion7()) }).Lines).Outcome);

    [Fact]
    public void A_number_that_belongs_to_somebody_out_of_sight_is_refused_without_the_name()
    {
        var hidden = new KnownPerson(Wang, "1", null, false, Second, null);
        var note = Plan([Line("1", "王一")], hidden).Lines[0].Notes[0];

        Assert.True(note.IsError);
        Assert.Contains("另一个人", note.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_on_the_roll_of_another_branch_in_sight_is_transferred()
    {
        var line = Assert.Single(Plan([Line("1", "王一") with { Branch = "信息二支部", ArrivedOn = Day(5, 1) }], Known("1", "王一")).Lines);

        Assert.Equal((RosterField.Branch, "信息一支部", "信息二支部"), (line.Changes[0].Field, line.Changes[0].Was, line.Changes[0].Becomes));
        Assert.Equal([First, Second], line.Happenings.Select(one => one.Stream!.Value));
        Assert.Equal([Day(4, 30), Day(5, 1)], line.Happenings.Select(one => one.On!.Value));
    }

    [Fact]
    public void An_import_for_one_branch_takes_no_lines_of_another()
    {
        var plan = Plan([Line("1", "王一") with { Branch = "信息二支部" }], only: First);

        Assert.Equal(RosterField.Branch, Assert.Single(plan.Lines[0].Notes).Field);
    }

    [Fact]
    public void A_branch_nobody_knows_is_refused_with_the_nearest_name()
    {
        var note = Assert.Single(Plan([Line("1", "王一") with { Branch = "信息三支部" }]).Lines[0].Notes);

        Assert.Contains("信息一支部", note.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_is_not_in_the_file_is_named_and_left_alone()
    {
        var plan = Plan([Line("1", "王一")], Known("9", "赵九") with { Person = new PersonId(Guid.CreateVersion7()) });

        Assert.Equal(["赵九"], plan.NotInFile);
        Assert.Equal(2, plan.Decide().Happenings.Count);
    }

    [Fact]
    public void A_plan_with_other_outcomes_has_another_fingerprint()
    {
        var asNew = Plan([Line("1", "王一")]);

        Assert.Equal(asNew.Fingerprint(), Plan([Line("1", "王一")]).Fingerprint());
        Assert.NotEqual(asNew.Fingerprint(), Plan([Line("1", "王一")], Known("1", "王一")).Fingerprint());
    }

    [Fact]
    public void The_entries_of_one_branch_stand_together()
    {
        var lines = Enumerable.Range(0, 6).Select(n => Line($"{n}", $"人{n}") with { Row = n, Branch = n % 2 == 0 ? "信息一支部" : "信息二支部" }).ToList();

        var streams = Plan(lines).Decide().Happenings.Select(one => one.Stream!.Value).ToList();

        Assert.Equal(12, streams.Count);
        Assert.Equal(1, streams.Zip(streams.Skip(1)).Count(pair => pair.First != pair.Second));
    }

    private static RosterLine Line(string? number, string name, Standing standing = Standing.Full) => new(0, number, name, "信息一支部", standing, null, null, null);

    private static KnownPerson Known(string? number, string name, Standing standing = Standing.Full) =>
        new(Wang, number, name, true, First, Member(standing));

    private static RosterPlan Plan(IReadOnlyList<RosterLine> lines, params KnownPerson[] known) => Plan(lines, null, known);

    private static RosterPlan Plan(IReadOnlyList<RosterLine> lines, OrganizationId? only, params KnownPerson[] known) => RosterPlan.Of(
        [.. lines.Select((line, at) => line with { Row = at })],
        Array.Empty<LineNote>().ToLookup(note => note.Row),
        Branches,
        known,
        new RosterSettings(Day(1, 1), Arrival.OnRoll, "名册导入", only),
        Today,
        NameOf,
        (number, name) => new PersonName(new PersonId(Guid.CreateVersion7()), number, name, "5a17"));
}
