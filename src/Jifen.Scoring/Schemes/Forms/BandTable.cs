using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <param name="Value">the line a quantity (or mark) must meet</param>
public sealed record BandRow(Threshold Value, Consequence Consequence);

/// <summary>分段: looks a sum, a mark, or (逐次) each quantity up in a table; only the first row that holds counts.</summary>
/// <param name="ByMark">按 分值: the latest mark; otherwise 数量</param>
public sealed record BandTable(RuleHead Head, int Fact, bool ByMark, bool EachFact, bool ToDate, IReadOnlyList<BandRow> Rows) : Rule(Head)
{
    public const string Key = "分段";

    public override IEnumerable<UsedFact> Uses => [new(Fact, FactUse.Prices)];

    public override IEnumerable<SignedAmount> Amounts => Rows.Select(row => row.Consequence.Amount).OfType<SignedAmount>();

    internal override bool HasDatedLines => EachFact;

    internal override bool CountsToDate => ToDate;

    internal override IEnumerable<GatheredFact> Gathers =>
        ByMark ? [new(Fact, ToDate ? Gather.Earlier : Gather.InRound)] : EachFact ? [new(Fact, Gather.InRound)] : [];

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading)
    {
        var kind = reading.Fact(fields, Key);
        var by = fields.OneOf("按", "数量", "分值");
        var each = fields.Flag("逐次");
        var toDate = RuleReading.ToDate(fields);
        var rows = ReadRows(fields, reading, percent: false);
        if (by == "分值" && each)
        {
            reading.Problems.Error(fields.PlaceOf("逐次"), "“逐次”只用于按数量", "删去“逐次”");
        }

        if (by == "分值" && kind is { } marked && !marked.Carries.HasFlag(Carried.Amount))
        {
            reading.Problems.Error(fields.PlaceOf("按"), $"事实“{marked.Name}”不带分值，不能按分值查表", "在事实里写“带: [分值]”");
        }

        return kind is null || rows.Count == 0 ? null : new BandTable(head, kind.Index, by == "分值", each, toDate, rows);
    }

    /// <summary>The rows of 表, for 分段 and 比率.</summary>
    internal static IReadOnlyList<BandRow> ReadRows(Fields fields, RuleReading reading, bool percent)
    {
        fields.RequiredNode("表");
        var rows = new List<BandRow>();
        foreach (var row in fields.Maps("表", "表的一行"))
        {
            var value = reading.Threshold(row, "值", percent, exact: !percent);
            var consequence = reading.Consequence(row);
            row.Done();
            if (value is not null && consequence is not null)
            {
                rows.Add(new BandRow(value, consequence));
            }
        }

        return rows;
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) =>
        $"{NameOf(kinds, Fact)}{(EachFact ? "逐次" : "")}按{(ByMark ? "分值" : "数量")}查表：{DescribeRows(Rows)}";

    internal static string DescribeRows(IReadOnlyList<BandRow> rows) =>
        string.Join("、", rows.Select(row => $"{row.Value}{row.Consequence}"));

    internal override (long Least, long Most)? AmountRange(FactKind kind, long? most) =>
        kind.Index == Fact && ByMark ? (kind.MarksFrom, kind.MarksTo) : null;

    internal override (long Least, long Most) Extent(Scheme scheme) => EachFact ? base.Extent(scheme) : OneAmount();

    internal override RuleProgram Compile(Compilation compilation) =>
        new Program(this) { Source = compilation.Sources[Id], RuleId = Id };

    internal override Sentence Sentence(Scheme scheme)
    {
        var name = Encoding.UTF8.GetBytes(scheme.FactKinds[Fact].Name);
        var unit = Encoding.UTF8.GetBytes(ByMark ? "分" : scheme.FactKinds[Fact].Unit);
        var rows = Rows;
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            if (line.Fact >= 0)
            {
                text.AddDay(line.Day);
                text.Add(" "u8);
            }

            text.Add(name);
            text.AddHundredths(line.A);
            text.Add(unit);
            text.Add("，查表“"u8);
            text.Add(rows[(int)line.B].Value.Text);
            text.Add("”"u8);
            if (rows[(int)line.B].Consequence.Amount is { Amount.IsLeftToBranch: true })
            {
                text.Add("，分值待支部细则确定"u8);
            }

            text.AddSigned(line.Points);
        };
    }

    private sealed class Program(BandTable rule) : RuleProgram
    {
        public override long Evaluate(MemberPass pass)
        {
            if (rule.ByMark)
            {
                var latest = Marks.Latest(pass, rule.Fact, rule.ToDate);
                return latest < 0 ? 0 : LookUp(pass, pass.Facts.AmountOf(latest), latest);
            }

            if (!rule.EachFact)
            {
                return LookUp(pass, (rule.ToDate ? pass.SumsToDate : pass.Sums)[rule.Fact], -1);
            }

            var total = 0L;
            foreach (var fact in pass.Gathered)
            {
                if (pass.Facts.KindOf(fact) == rule.Fact && pass.Counted.Contains(pass.Facts.DayOf(fact)))
                {
                    total += LookUp(pass, pass.Facts.QuantityOf(fact), fact);
                }
            }

            return total;
        }

        private long LookUp(MemberPass pass, long value, int fact)
        {
            for (var row = 0; row < rule.Rows.Count; row++)
            {
                if (rule.Rows[row].Value.Holds(value))
                {
                    return pass.Conclude(Source, rule.Rows[row].Consequence, fact, value, row);
                }
            }

            return 0;
        }
    }
}
