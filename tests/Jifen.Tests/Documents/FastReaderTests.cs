using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Jifen.Documents.Imports;
using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Scorecards;
using Jifen.Tests.Naive;
using Xunit;

namespace Jifen.Tests.Documents;

/// <summary>
/// The reader that goes by bytes against the one that goes by texts (<see cref="FactList.ReadRows"/>): the same facts and the same problems,
/// whatever the file looks like.
/// </summary>
public sealed class FastReaderTests : IDisposable
{
    private const int RowsOfSeveralBlocks = 12_000;

    private static readonly Config Quick = Config.QuickThrowOnFailure.WithMaxTest(300);
    private static readonly string[] Heads = ["编号", "党员", "日期", "事实", "数量", "级别", "内容", "分值", "状态"];
    private static readonly string[] Fine = ["", "", "", "", "1", "2", "3次", "1.5", "12.25", "10000"];
    private static readonly string[] Odd = ["0", "-1", "1e3", "2,5", "３", " 2 ", "00002", "100000.5", "99999999", ".5", "1.", "次", "1.555", "\t1"];

    private readonly Paper _paper = new();

    public void Dispose() => _paper.Dispose();

    [Fact]
    public void Both_readers_come_to_the_same_on_plain_rows() => Compare(hostile: 0, rows: 30);

    [Fact]
    public void Both_readers_come_to_the_same_on_rows_of_every_kind() => Compare(hostile: 20, rows: 12);

    [Fact]
    public void Both_readers_come_to_the_same_where_hardly_a_field_is_right() => Compare(hostile: 70, rows: 6);

    [Fact]
    public void Both_readers_come_to_the_same_over_many_blocks_and_several_threads()
    {
        for (var seed = 1u; seed <= 6; seed++)
        {
            AssertSame(seed, TextOf(new SeededDice(seed), seed % 2 == 0 ? 0 : 1, RowsOfSeveralBlocks), threads: 2 + ((int)seed % 3));
        }
    }

    [Fact]
    public void Facts_kept_for_totals_alone_make_the_same_totals()
    {
        var plan = Plan.Compile(Paper.Scheme, 2025);
        Check.One(Quick, Prop.ForAll(ArbMap.Default.ArbFor<uint>(), seed =>
        {
            var dice = new SeededDice(seed);
            var rows = Enumerable.Range(0, 60).Select(i => Row(dice, 0, i)).Where(row => !row.Contains("互评", StringComparison.Ordinal) || dice.Chance(50)).ToList();
            if (dice.Chance(50))
            {
                rows = [.. rows.OrderBy(row => row.Split(',')[1], StringComparer.Ordinal)];
            }

            var file = _paper.File("facts.csv", Paper.FactHead + string.Concat(rows.Select(row => row + "\n")));
            var whole = FactList.Read(file, Paper.Scheme, Paper.Roster, threads: 2);
            var slim = FactList.Read(file, Paper.Scheme, Paper.Roster, 2, null, TotalsNeed.Of(plan, Paper.Roster));
            Assert.Equal(Paper.Said(whole), Paper.Said(slim));
            if (whole.Value is { } facts)
            {
                Assert.Equal(TotalsOf(plan, facts), TotalsOf(plan, slim.Value!));
                Assert.Equal(facts.Count, slim.Value!.Count);
                Assert.Equal(facts.CountOutside(plan.Calendar.Cycle), slim.Value!.CountOutside(plan.Calendar.Cycle));
            }
        }));
    }

    [Fact]
    public void Facts_of_a_member_may_lie_in_several_segments()
    {
        var plan = Plan.Compile(Paper.Scheme, 2025);
        Check.One(Quick, Prop.ForAll(ArbMap.Default.ArbFor<uint>(), seed =>
        {
            var dice = new SeededDice(seed);
            var need = TotalsNeed.Of(plan, Paper.Roster)!;
            var members = Enumerable.Range(0, 40).Select(_ => dice.Range(0, Paper.Roster.Count - 1)).ToList();
            FactTable Table(IEnumerable<int> owners, int segments)
            {
                var parts = Enumerable.Range(0, segments).Select(_ => new FactSegment(4, dice.Chance(50) ? new KindSums(need) : null)).ToArray();
                foreach (var (at, member) in owners.Index())
                {
                    parts[at * segments / 40].Add(member, 0, new DateOnly(2025, 7, 31).DayNumber, 100, 0, FactSegment.NoAmount, 1, "F"u8, default);
                }

                return FactTable.Of(Paper.Roster.Count, parts);
            }

            var expected = TotalsOf(plan, Table(members, 1));
            Assert.Equal(expected, TotalsOf(plan, Table(members, 3)));
            Assert.Equal(expected, TotalsOf(plan, Table(members.Order(), dice.Range(1, 9))));
        }));
    }

    [Fact]
    public void A_sum_that_outgrows_what_was_thought_enough_is_not_lost()
    {
        var plan = Plan.Compile(Paper.Scheme, 2025);
        var need = TotalsNeed.Of(plan, Paper.Roster)!;
        var kind = Paper.Scheme.FactKinds.First(kind => !need.WholeKinds[kind.Index]).Index;
        var day = new DateOnly(2025, 7, 31).DayNumber;
        const int Most = 1_000_000_00;
        var sums = new KindSums(need);
        for (var times = 0; times < 50; times++)
        {
            sums.Add(1, kind, day, Most);
        }

        sums.Add(2, kind, day, 0);
        var added = new long[Paper.Scheme.FactKinds.Count];
        var present = 0UL;
        sums.AddTo(added, ref present, 1, 0);

        Assert.Equal(50L * Most, added[kind]);
        Assert.Equal(1UL << kind, present);

        (added[kind], present) = (0, 0);
        sums.AddTo(added, ref present, 2, 0);
        Assert.Equal((0L, 1UL << kind), (added[kind], present));
        sums.AddTo(added, ref present, 3, 0);
        Assert.Equal(0, added[kind]);
    }

    [Fact]
    public void Facts_added_up_for_one_year_are_refused_for_another()
    {
        var plan = Plan.Compile(Paper.Scheme, 2025);
        var file = _paper.File("facts.csv", Paper.FactHead + "F1,A1,2025-07-31,迟到,,,,,\n");
        var facts = FactList.Read(file, Paper.Scheme, Paper.Roster, 1, null, TotalsNeed.Of(plan, Paper.Roster)).Value!;

        Assert.Throws<ArgumentException>(() => new Scorer(Plan.Compile(Paper.Scheme, 2026), Paper.Roster, facts));
    }

    [Fact]
    public void An_explanation_is_refused_where_facts_were_kept_for_totals_alone()
    {
        var plan = Plan.Compile(Paper.Scheme, 2025);
        var file = _paper.File("facts.csv", Paper.FactHead + "F1,A1,2025-07-31,迟到,,,,,\n");
        var scorer = new Scorer(plan, Paper.Roster, FactList.Read(file, Paper.Scheme, Paper.Roster, 1, null, TotalsNeed.Of(plan, Paper.Roster)).Value!);
        Assert.Throws<InvalidOperationException>(() => scorer.Explain(scorer.Score(), 0));
    }

    private static List<string> TotalsOf(Plan plan, FactTable facts)
    {
        var totals = new Scorer(plan, Paper.Roster, facts).Score();
        return [.. Enumerable.Range(0, totals.Count).Select(member => $"{totals.TotalOf(member)} {totals.RankOf(member)} {totals.GradeOf(member)}")];
    }

    private void Compare(int hostile, int rows) => Check.One(Quick, Prop.ForAll(ArbMap.Default.ArbFor<uint>(), seed =>
        AssertSame(seed, TextOf(new SeededDice(seed), hostile, rows), threads: 2)));

    private void AssertSame(uint seed, string text, int threads)
    {
        var file = _paper.File("facts.csv", text);
        var byBytes = FactList.Read(file, Paper.Scheme, Paper.Roster, threads);
        var byTexts = FactList.ReadRows(file, Paper.Scheme, Paper.Roster);
        if (byTexts.Problems.Count > Problem.Most)
        {
            // Which of so many are listed may differ: repeated ids are looked for at last. How many there are may not.
            Assert.Equal(Paper.Said(byTexts)[^1], Paper.Said(byBytes)[^1]);
            return;
        }

        Assert.True(
            Paper.Said(byTexts).SequenceEqual(Paper.Said(byBytes)),
            $"seed {seed}:\n{string.Join('\n', Paper.Said(byTexts))}\n--\n{string.Join('\n', Paper.Said(byBytes))}\n--\n{text[..Math.Min(text.Length, 2000)]}");
        if (byBytes.Value is { } facts)
        {
            Assert.Equal(
                byTexts.Value!.Where(row => !row.IsPending).SelectMany(Listed).Order(StringComparer.Ordinal),
                FactListTests.Listed(facts).Order(StringComparer.Ordinal));
        }
    }

    private static IEnumerable<string> Listed(FactRow row) => row.Members.Select(member =>
        $"{Paper.Roster.Members[member].Id} {row.Id} {row.On:yyyy-MM-dd} {row.Kind.Name} {row.Quantity} "
        + $"{(row.Level is { } level ? row.Kind.LevelIndex(level) : 0)} {(row.Amount is { } amount ? $"{amount}" : "-")} {row.Members.Count} {row.Content}");

    // Columns in any order, line ends of either kind, with and without a mark, a last line end, empty lines.
    private static string TextOf(SeededDice dice, int hostile, int rows)
    {
        var order = Enumerable.Range(0, Heads.Length).ToArray();
        if (dice.Chance(30))
        {
            order = [.. order.OrderBy(_ => dice.Range(0, 999))];
        }

        var lineEnd = dice.Chance(30) ? "\r\n" : "\n";
        var text = new StringBuilder(dice.Chance(10) ? "\uFEFF" : "").AppendJoin(',', order.Select(column => Heads[column])).Append(lineEnd);
        for (var i = 0; i < rows; i++)
        {
            var fields = Row(dice, hostile, i).Split(',');
            text.AppendJoin(',', order.Select(column => fields[column]));
            text.Append(dice.Chance(hostile / 10) ? Hostile(dice, ",", ",,", "\u0001", "\r", " ,多") : "");
            text.Append(i < rows - 1 || dice.Chance(70) ? lineEnd : "").Append(dice.Chance(3) ? lineEnd : "");
        }

        return text.ToString();
    }

    private static string Row(SeededDice dice, int hostile, int number)
    {
        var kind = dice.Pick("迟到", "late", "志愿服务", "volunteer", "竞赛获奖", "互评", "迟到");
        var counted = kind is not ("志愿服务" or "volunteer");
        string[] fields =
        [
            dice.Chance(hostile / 4) ? Hostile(dice, "", "F0", " F1 ", "编号", new string('长', 90), "F\u0002", "0000000001", "f1") : Id(dice, number),
            dice.Chance(hostile) ? Hostile(dice, "", "A11", "A1；B2", "支部：甲支部", "支部：丙支部", "A1;A1", " B1 ", "全支部：乙支部、A1") : dice.Pick("A1", "A2", "A3", "B1", "B2"),
            dice.Chance(hostile) ? Hostile(dice, "", "2025-02-29", "2025/7/31", "2025年7月1日", "20250731", "1900-01-01", "２０２５－０７－３１", "2025-13-01", "2025-07-00", "2025-7-1", "2025-07-31 08:00") : $"{dice.Pick(2024, 2025, 2025, 2026)}-{dice.Range(1, 12):00}-{dice.Range(1, 28):00}",
            dice.Chance(hostile) ? Hostile(dice, "", "尺到", " 迟到", "Late", "迟到\u3000", new string('事', 40)) : kind,
            dice.Chance(hostile) ? dice.Pick(Odd).Replace(',', '，') : counted ? dice.Pick("", "", "1", "2", "3次", "10") : dice.Pick(Fine),
            dice.Chance(hostile) ? Hostile(dice, "校级", "校级一等奖", "市级／二等奖", "") : kind == "竞赛获奖" ? dice.Pick("校级·一等奖", "市级·二等奖") : "",
            dice.Chance(hostile) ? Hostile(dice, "", " 杯 ", "杯\u0003", "\u3000", new string('杯', 40)) : kind == "竞赛获奖" ? dice.Pick("挑战杯", "互联网+", "a") : dice.Pick("", "", "敬老院", "一", "二月里的一次很长的志愿活动"),
            dice.Chance(hostile) ? Hostile(dice, "8", "108", "高", "７分", "-3") : kind == "互评" ? dice.Pick("88.5", "90", "100") : "",
            dice.Chance(hostile) ? Hostile(dice, " 确认 ", "撤销", "？") : dice.Pick("", "", "", "确认", "待定"),
        ];
        return string.Join(',', fields);
    }

    // Mostly counting up; some of another form; now and then twice.
    private static string Id(SeededDice dice, int number) => dice.Range(1, 400) switch
    {
        1 => "F000001",
        2 => $"很长很长很长很长的编号{number}",
        3 => $"x{number}y",
        <= 20 => $"G-{number}",
        _ => $"F{number:000000}",
    };

    private static string Hostile(SeededDice dice, params string[] words) => dice.Pick(words);
}
