using Jifen.Cycle;
using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring.Scorecards;
using Jifen.Tests.LiveScores;
using Jifen.Tests.Schemes;
using Xunit;

namespace Jifen.Tests.AnnualResults;

/// <summary>定等次: the points propose, evaluation and meeting decide, and say why where they decide otherwise (玉溪 J16, ×区 J13).</summary>
public sealed class GradeDecisionTests
{
    private static readonly DateOnly Today = new(2026, 1, 6);
    private static readonly RoundKey Year = RoundKey.OfYear(2025);
    private static readonly PersonId Secretary = Books.Person(1);
    private static readonly PersonId Wang = Books.Person(2);
    private static readonly PersonId Exempt = Books.Person(3);

    private static readonly AnnualTable Settled = new(2025, "fp", [
        new AnnualLine(Secretary, 85, [85], 1, 2, "优秀", null, [], null),
        new AnnualLine(Wang, 59, [59], 2, 2, "不合格", null, ["用2", "用4"], null),
        new AnnualLine(Exempt, 0, [0], null, 0, null, null, [], null)]);

    private static readonly DecideGrades Decision = new(
        Year, "定等次", "支部党员大会", Today, [new(Secretary, "优秀", null), new(Wang, "基本合格", "长期住院，评议时多数同志评为基本合格")], "d");

    [Fact]
    public void Each_grade_is_entered_with_what_was_proposed_and_what_follows_and_the_step_ends_in_the_same_breath()
    {
        var ruling = Decision.Decide(Board(), Bench());

        Assert.Equal(["GradeDecided", "GradeDecided", "RoundStepEnded"], ruling.Happenings.Select(one => one.Event.GetType().Name));
        // Those that differ come first: they are what the second person has to see.
        var other = Assert.IsType<GradeDecided>(ruling.Happenings[0].Event);
        Assert.Equal(("不合格", "基本合格", "长期住院，评议时多数同志评为基本合格"), (other.Proposed, other.Grade, other.Reason));
        Assert.Equal(["用2"], other.Outcomes);
        Assert.Equal((Wang, "四4·依据"), (ruling.Happenings[0].About!.Value, ruling.Happenings[0].Clause));
        var same = Assert.IsType<GradeDecided>(ruling.Happenings[1].Event);
        Assert.Equal(("优秀", "优秀", null), (same.Proposed, same.Grade, same.Reason));
        Assert.Contains("其中1人与照分算出的不同", Assert.IsType<RoundStepEnded>(ruling.Happenings[2].Event).Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public void It_comes_after_the_evaluation_on_the_table_that_was_seen_with_nothing_in_dispute()
    {
        Assert.IsType<NotItsTurn>(Decision.Decide(SettlementTests.Board("yxnu-2016", "评议前公布积分"), Bench()).Refusal);
        Assert.IsType<YearIsNotSettled>(Decision.Decide(Board(), null).Refusal);
        Assert.IsType<TableHasChanged>((Decision with { Seen = "an older one" }).Decide(Board(), Bench()).Refusal);
        Assert.IsType<ObjectionsAreOpen>(Decision.Decide(Board(), Bench() with { OpenCases = 1 }).Refusal);
        Assert.IsType<NoSuchRoundStep>((Decision with { Step = "民主评议" }).Decide(Board(), Bench()).Refusal);
        Assert.IsType<AlreadyEnded>(Decision.Decide(SettlementTests.Board("yxnu-2016", "定等次"), Bench()).Refusal);
    }

    [Fact]
    public void Everybody_who_is_graded_has_a_grade_of_the_scheme_and_another_one_than_proposed_has_its_reason()
    {
        Refused("还没有定党员2的等次", Decision with { Grades = [Decision.Grades[0]] });
        Refused("没有适用于党员2的等次“先进”", Decision with { Grades = [Decision.Grades[0], new(Wang, "先进", "大家都说好")] });
        Refused("没有写理由。如“评议时多数同志的意见", Decision with { Grades = [Decision.Grades[0], new(Wang, "合格", " ")] });
        Refused("与照分算出的不合格不同：没有写理由", Decision with { Grades = [Decision.Grades[0], new(Wang, "合格", " ")] });
        Refused("没有写由谁定的", Decision with { Body = "" });
        Refused("还没到", Decision with { On = Today.AddDays(1) });
        Assert.IsType<TableHasChanged>((Decision with { Grades = [.. Decision.Grades, new(Exempt, "合格", null)] }).Decide(Board(), Bench()).Refusal);

        static void Refused(string message, DecideGrades decision) => Assert.Contains(
            message, Assert.IsType<InputIsWrong>(decision.Decide(Board(), Bench()).Refusal).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whose_grade_is_another_than_proposed_has_no_part_in_it() => Assert.Equal([Wang], Decision.Concerned);

    [Fact]
    public void A_quota_binds_whoever_decides()
    {
        var exceeded = new ExceededQuota("优秀（已定）", null, "等次“优秀”", 1, [(Secretary, default), (Wang, default)], []);
        var refusal = Assert.IsType<MoreThanTheQuota>(Decision.Decide(Board(), Bench() with { WorkOut = _ => (Settled, [exceeded]) }).Refusal);
        Assert.Contains("至多1人，选了2人", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_follows_goes_by_the_decided_grade_and_a_grade_nobody_has_is_not_taken()
    {
        var scheme = World.LoadText(SchemeCheckTests.Small.Replace("总分: 20以上, 依据: 三 }", "总分: 20以上, 名额: { 不超过: 1人, 范围: 支部, 取整: 舍去, 超出: 停 }, 依据: 三 }", StringComparison.Ordinal)).Value!;
        var books = new Books().On(1).On(2).Fact(2, new DateOnly(2025, 3, 3), "late");
        var scores = BranchScores.Of(Plan.Compile(scheme, 2025), books.Build(), new DateOnly(2025, 12, 31));
        Assert.Equal(["优秀 用1", "合格 "], Lines(scores, []));

        Assert.Equal(["合格 ", "合格 "], Lines(scores, new() { [Secretary] = "合格" }));
        Assert.Equal(["优秀 用1", "合格 "], Lines(scores, new() { [Wang] = "先进" }));
        // One is allowed: two are found, and nobody is cut.
        var (_, totals) = scores.WithGrades(new Dictionary<PersonId, string> { [Wang] = "优秀" });
        Assert.Equal(["优秀 用1", "优秀 用1"], Lines(scores, new() { [Wang] = "优秀" }));
        Assert.Equal((1, 2), (ExceededQuota.Of(scores, totals).Select(one => (one.Allowed, one.Qualifying.Count)).Single()));

        static IEnumerable<string> Lines(BranchScores scores, Dictionary<PersonId, string> grades)
        {
            var (scorer, totals) = scores.WithGrades(grades);
            return AnnualTable.Of(scores, scorer, totals).Lines.Select(line => $"{line.Grade} {string.Join("、", line.Outcomes)}");
        }
    }

    private static YearBoard Board() => SettlementTests.Board("yxnu-2016", "民主评议");

    private static GradeBench Bench() => new(Settled, "d", 0)
    {
        GradesOf = _ => ["优秀", "合格", "基本合格", "不合格"],
        NameOf = person => person == Wang ? "党员2" : "党员1",
        WorkOut = grades => (Settled with { Lines = [.. Settled.Lines.Select(line => line.Person == Wang && grades[Wang] != "不合格" ? line with { Outcomes = ["用2"] } : line)] }, []),
    };
}
