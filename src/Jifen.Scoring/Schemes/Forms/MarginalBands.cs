using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <param name="UpTo">到, hundredths; null in the last row</param>
/// <param name="Portion">每满, hundredths</param>
/// <param name="Most">至多 for this row, hundredths; null for none</param>
public sealed record MarginalRow(long? UpTo, long Portion, SignedAmount Amount, long? Most);

/// <summary>逐段: band by band, each row prices only what falls into it.</summary>
public sealed record MarginalBands(RuleHead Head, int Fact, bool RoundsUp, IReadOnlyList<MarginalRow> Rows) : Rule(Head)
{
    public const string Key = "逐段";

    public override IEnumerable<UsedFact> Uses => [new(Fact, FactUse.Prices)];

    public override IEnumerable<SignedAmount> Amounts => Rows.Select(row => row.Amount);

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading)
    {
        var kind = reading.Fact(fields, Key);
        var rest = fields.RequiredOneOf("零头", "进一", "舍去");
        fields.RequiredNode("表");
        var rows = new List<MarginalRow>();
        long? previous = 0;
        foreach (var row in fields.Maps("表", "表的一行"))
        {
            var upTo = row.Hundredths("到", least: 1);
            row.RequiredNode("每满");
            var portion = row.Hundredths("每满", least: 1);
            var amount = reading.Signed(row);
            var most = row.Hundredths("至多");
            if (most is { } cap)
            {
                reading.CheckGrid(row.PlaceOf("至多"), cap);
            }

            row.Done();
            if (previous is null || upTo <= previous)
            {
                reading.Problems.Error(row.Place, "各段的“到”要一段比一段大，没有“到”的只能是最后一段", "按从小到大排");
            }

            previous = upTo;
            if (portion is { } size && amount is not null)
            {
                rows.Add(new MarginalRow(upTo, size, amount, most));
            }
        }

        return kind is null || rest is null || rows.Count == 0 ? null : new MarginalBands(head, kind.Index, rest == "进一", rows);
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) =>
        $"{NameOf(kinds, Fact)}逐段累加：" + string.Join("、", Rows.Select(row =>
            $"{(row.UpTo is { } to ? $"到{Points.Format(to)}" : "以上")}每满{Points.Format(row.Portion)}{row.Amount}"
            + (row.Most is { } most ? $"（至多{Points.Format(most)}）" : "")));

    internal override RuleProgram Compile(Compilation compilation) =>
        new Program(this) { Source = compilation.Sources[Id], RuleId = Id };

    internal override Sentence Sentence(Scheme scheme)
    {
        var name = Encoding.UTF8.GetBytes(scheme.FactKinds[Fact].Name);
        var rows = Rows;
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            var row = rows[(int)line.B];
            text.Add(name);
            text.Add(row.UpTo is null ? "最后一段"u8 : "到"u8);
            if (row.UpTo is { } to)
            {
                text.AddHundredths(to);
                text.Add("的一段"u8);
            }

            text.Add("有"u8);
            text.AddHundredths(line.A);
            text.Add("，每满"u8);
            text.AddHundredths(row.Portion);
            text.Add("×"u8);
            text.Add(line.C);
            if (row.Most is { } most && Math.Abs(line.Points) == most)
            {
                text.Add("，本段至多"u8);
                text.AddHundredths(most);
            }

            text.AddSigned(line.Points);
        };
    }

    private sealed class Program(MarginalBands rule) : RuleProgram
    {
        public override long Evaluate(MemberPass pass)
        {
            var quantity = pass.Sums[rule.Fact];
            var from = 0L;
            var total = 0L;
            for (var i = 0; i < rule.Rows.Count && quantity > from; i++)
            {
                var row = rule.Rows[i];
                var inRow = Math.Min(quantity, row.UpTo ?? long.MaxValue) - from;
                var portions = rule.RoundsUp ? (inRow + row.Portion - 1) / row.Portion : inRow / row.Portion;
                var size = Math.Min(row.Amount.Amount.Low * portions, row.Most ?? long.MaxValue);
                if (portions > 0)
                {
                    pass.Add(Source, -1, pass.Window.Last, row.Amount.Sign * size, a: inRow, b: i, c: portions);
                    total += row.Amount.Sign * size;
                }

                from = row.UpTo ?? quantity;
            }

            return total;
        }
    }
}
