using System.IO.Compression;
using System.Text;
using Jifen.Documents;
using Jifen.Documents.Imports;
using Jifen.Scoring;
using Jifen.Scoring.Schemes;
using Jifen.Tests.Naive;
using Xunit;

namespace Jifen.Tests.Documents;

/// <summary>Files that were good once: whatever is done to them, they are read or refused with a reason, in time.</summary>
public sealed class BrokenFilesTests : IDisposable
{
    private const string SheetPath = "xl/worksheets/sheet1.xml";

    private static readonly string[] Splinters =
        [",", "\"", "\n", "\r", "\0", "\uFEFF", "；", "支部：", "２０２５", "9999999999999999999", "-", "=1+1", "<", "&amp;", "]]>", "\"\"", ",,,,,,,,,,,,", "1e308", "\uD83D\uDE00"];

    private readonly Paper _paper = new();

    public void Dispose() => _paper.Dispose();

    [Fact]
    public void A_mutated_csv_is_read_or_refused_with_a_place()
    {
        var dice = new SeededDice(1921);
        var facts = Encoding.UTF8.GetBytes(Paper.FactHead +
            "F1,A1,2025-07-31,迟到,,,,,\nF2,A1；B2,2025-08-01,volunteer,1.5,,\"敬老\n院\",,确认\r\nF3,B1,2025-05-04,竞赛获奖,,校级·二等奖,挑战杯,,待定\nF4,支部：甲支部,2025年6月1日,互评,,,,88.5,\n");
        var members = Encoding.UTF8.GetBytes(Paper.RosterText);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var foreign = Encoding.GetEncoding("GB18030").GetBytes(Encoding.UTF8.GetString(facts));
        for (var turn = 0; turn < 3_000; turn++)
        {
            var threads = dice.Range(1, 3);
            AssertReadOrRefused(turn, FactList.Read(_paper.File("f.csv", Mutated(facts, dice)), Paper.Scheme, Paper.Roster, threads));
            AssertReadOrRefused(turn, FactList.Read(_paper.File("g.csv", Mutated(foreign, dice)), Paper.Scheme, Paper.Roster, threads));
            AssertReadOrRefused(turn, MemberRoster.Read(_paper.File("m.csv", Mutated(members, dice)), Paper.Scheme));
            AssertReadOrRefused(turn, PreviousTotals.Read(_paper.File("p.csv", Mutated("member,total,outcomes,purse\nA1,2,用1,3\nA2,,,\n"u8.ToArray(), dice))));
        }
    }

    [Fact]
    public void A_workbook_with_mutated_bytes_is_read_or_refused()
    {
        var dice = new SeededDice(1949);
        var good = File.ReadAllBytes(Workbook().Path);
        for (var turn = 0; turn < 400; turn++)
        {
            AssertReadOrRefused(turn, FactList.Read(_paper.File("f.xlsx", Mutated(good, dice)), Paper.Scheme, Paper.Roster));
        }
    }

    [Fact]
    public void A_workbook_with_a_mutated_sheet_is_read_or_refused()
    {
        var dice = new SeededDice(2025);
        var good = File.ReadAllBytes(Workbook().Path);
        for (var turn = 0; turn < 400; turn++)
        {
            AssertReadOrRefused(turn, FactList.Read(_paper.File("f.xlsx", WithMutatedPart(good, dice)), Paper.Scheme, Paper.Roster));
        }
    }

    private static void AssertReadOrRefused<T>(int turn, Loaded<T> loaded)
        where T : class
    {
        Assert.True(loaded.Value is not null ^ loaded.Errors.Any(), $"turn {turn}: neither a value nor an error, or both");
        Assert.All(loaded.Problems, problem => Assert.True(problem.Source.Length > 0 && problem.Cause.Length > 0 && problem.Line >= 0 && problem.Column >= 0));
        Assert.InRange(loaded.Problems.Count, 0, Problem.Most + 1);
    }

    private static byte[] Mutated(byte[] bytes, SeededDice dice)
    {
        var mutated = bytes.ToList();
        for (var wounds = dice.Range(1, 4); wounds > 0; wounds--)
        {
            var at = dice.Range(0, mutated.Count - 1);
            switch (dice.Range(1, 5))
            {
                case 1:
                    mutated[at] = (byte)dice.Range(0, 255);
                    break;
                case 2:
                    mutated.InsertRange(at, Encoding.UTF8.GetBytes(dice.Pick(Splinters)));
                    break;
                case 3:
                    mutated.RemoveRange(at, Math.Min(dice.Range(1, 6), mutated.Count - at));
                    break;
                case 4:
                    mutated.InsertRange(at, mutated.Slice(at, Math.Min(dice.Range(1, 60), mutated.Count - at)));
                    break;
                default:
                    mutated.RemoveRange(at, mutated.Count - at);
                    break;
            }

            if (mutated.Count == 0)
            {
                break;
            }
        }

        return [.. mutated];
    }

    private static byte[] WithMutatedPart(byte[] workbook, SeededDice dice)
    {
        using var changed = new MemoryStream();
        changed.Write(workbook);
        using (var zip = new ZipArchive(changed, ZipArchiveMode.Update, leaveOpen: true))
        {
            var path = dice.Chance(70) ? SheetPath : dice.Pick(zip.Entries.Select(entry => entry.FullName).ToList());
            var part = zip.GetEntry(path)!;
            using var text = new MemoryStream();
            using (var old = part.Open())
            {
                old.CopyTo(text);
            }

            part.Delete();
            using var renewed = zip.CreateEntry(path).Open();
            renewed.Write(dice.Chance(50) ? Mutated(text.ToArray(), dice) : WithWildNumbers(text.ToArray(), dice));
        }

        return changed.ToArray();
    }

    // Well-formed, but rows, cells and values lie where no sheet has any.
    private static byte[] WithWildNumbers(byte[] xml, SeededDice dice)
    {
        var text = Encoding.UTF8.GetString(xml);
        return Encoding.UTF8.GetBytes(dice.Range(1, 4) switch
        {
            1 => text.Replace("r=\"2\"", $"r=\"{dice.Pick("0", "-5", "99999999", "2147483647", "x")}\"", StringComparison.Ordinal),
            2 => text.Replace("r=\"B2\"", $"r=\"{dice.Pick("ZZZZZZZ2", "XFE2", "A0", "B", "22", "A2147483648")}\"", StringComparison.Ordinal),
            3 => text.Replace("<v>", $"<v>{dice.Pick("1e300", "-", "NaN", "99999999999")}", StringComparison.Ordinal),
            _ => text.Replace("s=\"1\"", $"s=\"{dice.Pick("7", "-1", "99999999999")}\"", StringComparison.Ordinal),
        });
    }

    private InputFile Workbook() => _paper.Workbook(
        Paper.Row(1, "编号", "党员", "日期", "事实", "数量", "级别", "内容", "分值", "状态")
        + Paper.Row(2, "F1", "A1", "<c s=\"1\"><v>45869</v></c>", "迟到", "<c><v>2</v></c>")
        + Paper.Row(3, "F2", "A2", "2025-07-31", "竞赛获奖", "", "校级一等奖", "挑战杯"));
}
