using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>按月: an amount in proportion to months in office (a fact) or on the roll (在册), rounded to the unit.</summary>
/// <param name="Fact">index of the kind that counts months, or −1 for 在册</param>
/// <param name="Full">满: months that give the whole amount, hundredths</param>
public sealed record ByMonths(RuleHead Head, int Fact, long Full, SignedAmount Amount) : Rule(Head)
{
    public const string Key = "按月";
    public const string OnTheRoll = "在册";

    public override IEnumerable<UsedFact> Uses => Fact < 0 ? [] : [new(Fact, FactUse.Prices)];

    public override IEnumerable<SignedAmount> Amounts => [Amount];

    internal override bool HasOpenFigures => Full == 0;

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading)
    {
        var onTheRoll = fields.Text(Key) == OnTheRoll;
        var kind = onTheRoll ? null : reading.Fact(fields, Key);
        var full = RuleReading.Figure(fields, "满");
        var amount = reading.Signed(fields);
        return (!onTheRoll && kind is null) || full is null || amount is null
            ? null
            : new ByMonths(head, kind?.Index ?? -1, full.Value, amount);
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) =>
        $"按{(Fact < 0 ? "在册月数" : NameOf(kinds, Fact))}，满{(Full == 0 ? "支部定" : Points.Format(Full))}个月{Amount}";

    internal override (long Least, long Most) Extent(Scheme scheme) => OneAmount();

    internal override RuleProgram Compile(Compilation compilation) =>
        new Program(this, compilation.Scheme.Unit) { Source = compilation.Sources[Id], RuleId = Id };

    internal override Sentence Sentence(Scheme scheme)
    {
        var name = Encoding.UTF8.GetBytes(Fact < 0 ? "在册" : scheme.FactKinds[Fact].Name);
        var full = Full;
        var amount = Amount.Amount.Low;
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            text.Add(name);
            text.AddHundredths(line.A);
            text.Add("个月，满"u8);
            text.AddHundredths(full);
            text.Add("个月计"u8);
            text.AddHundredths(amount);
            text.AddSigned(line.Points);
        };
    }

    private sealed class Program(ByMonths rule, long unit) : RuleProgram
    {
        public override long Evaluate(MemberPass pass)
        {
            var months = rule.Fact < 0 ? Calendar.MonthsTouched(pass.Counted) * 100L : pass.Sums[rule.Fact];
            if (rule.HasOpenFigures || months == 0)
            {
                return 0;
            }

            var points = Points.Share(rule.Amount.Sign * rule.Amount.Amount.Low, Math.Min(months, rule.Full), rule.Full, unit);
            pass.Add(Source, -1, pass.Window.Last, points, a: months);
            return points;
        }
    }
}
