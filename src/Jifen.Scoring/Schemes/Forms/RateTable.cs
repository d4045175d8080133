using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>比率: the sum of one kind over the sum of another, or over a required number, looked up in a table. Nothing over zero.</summary>
/// <param name="Whole">占: index of the kind, or −1 when <paramref name="Required"/> is given</param>
/// <param name="Required">应达, hundredths</param>
public sealed record RateTable(RuleHead Head, int Fact, int Whole, long Required, bool ToDate, IReadOnlyList<BandRow> Rows) : Rule(Head)
{
    public const string Key = "比率";

    public override IEnumerable<UsedFact> Uses =>
        Whole < 0 ? [new(Fact, FactUse.Watches)] : [new(Fact, FactUse.Watches), new(Whole, FactUse.Watches)];

    public override IEnumerable<SignedAmount> Amounts => Rows.Select(row => row.Consequence.Amount).OfType<SignedAmount>();

    internal override bool HasOpenFigures => Whole < 0 && Required == 0;

    internal override bool CountsToDate => ToDate;

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading)
    {
        var kind = reading.Fact(fields, Key);
        var toDate = RuleReading.ToDate(fields);
        var rows = BandTable.ReadRows(fields, reading, percent: true);
        if (fields.Has("占") == fields.Has("应达"))
        {
            reading.Problems.Error(fields.Place, $"{fields.What}要写“占”（另一事实）或“应达”（数），只写一个", "如“占: 应到次数”");
            fields.Node("占");
            fields.Node("应达");
            return null;
        }

        var whole = fields.Has("占") ? reading.Fact(fields, "占") : null;
        var required = fields.Has("应达") ? RuleReading.Figure(fields, "应达") : null;
        return kind is null || rows.Count == 0 || (whole is null && required is null)
            ? null
            : new RateTable(head, kind.Index, whole?.Index ?? -1, required ?? 0, toDate, rows);
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) =>
        $"{NameOf(kinds, Fact)}占{(Whole < 0 ? (Required == 0 ? "支部定" : Points.Format(Required)) : NameOf(kinds, Whole))}：{BandTable.DescribeRows(Rows)}";

    internal override (long Least, long Most) Extent(Scheme scheme) => OneAmount();

    internal override RuleProgram Compile(Compilation compilation) =>
        new Program(this) { Source = compilation.Sources[Id], RuleId = Id };

    internal override Sentence Sentence(Scheme scheme)
    {
        var name = Encoding.UTF8.GetBytes(scheme.FactKinds[Fact].Name);
        var whole = Encoding.UTF8.GetBytes(Whole < 0 ? "应达" : scheme.FactKinds[Whole].Name);
        var rows = Rows;
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            text.Add(name);
            text.AddHundredths(line.A);
            text.Add("，"u8);
            text.Add(whole);
            text.AddHundredths(line.B);
            text.Add("，比率查表“"u8);
            text.Add(rows[(int)line.C].Value.Text);
            text.Add("”"u8);
            text.AddSigned(line.Points);
        };
    }

    private sealed class Program(RateTable rule) : RuleProgram
    {
        public override long Evaluate(MemberPass pass)
        {
            var sums = rule.ToDate ? pass.SumsToDate : pass.Sums;
            var part = sums[rule.Fact];
            var whole = rule.Whole < 0 ? rule.Required : sums[rule.Whole];
            if (whole == 0)
            {
                return 0;
            }

            for (var row = 0; row < rule.Rows.Count; row++)
            {
                if (rule.Rows[row].Value.HoldsRate(part, whole))
                {
                    return pass.Conclude(Source, rule.Rows[row].Consequence, a: part, b: whole, c: row);
                }
            }

            return 0;
        }
    }
}
