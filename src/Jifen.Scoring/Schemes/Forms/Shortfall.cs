using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>不足: what is missing of a required quantity, in portions (每少), each of which costs so much.</summary>
/// <param name="Required">应达, hundredths; 0 while 支部定</param>
/// <param name="Portion">每少, hundredths; 0 while 支部定</param>
/// <param name="RoundsUp">零头 进一; otherwise 舍去</param>
/// <param name="ByMonthsOnRoll">在册折算: the requirement shrinks to the months on the roll</param>
public sealed record Shortfall(
    RuleHead Head, int Fact, long Required, long Portion, SignedAmount Amount, bool RoundsUp, bool ByMonthsOnRoll, bool ToDate) : Rule(Head)
{
    public const string Key = "不足";

    public override IEnumerable<UsedFact> Uses => [new(Fact, FactUse.Prices)];

    public override IEnumerable<SignedAmount> Amounts => [Amount];

    internal override bool HasOpenFigures => Required == 0 || Portion == 0;

    internal override bool CountsToDate => ToDate;

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading)
    {
        var kind = reading.Fact(fields, Key);
        var required = RuleReading.Figure(fields, "应达");
        var portion = RuleReading.Figure(fields, "每少");
        var amount = reading.Signed(fields);
        var roundsUp = fields.OneOf("零头", "进一", "舍去") != "舍去";
        var byMonths = fields.Flag("在册折算");
        var toDate = RuleReading.ToDate(fields);
        return kind is null || required is null || portion is null || amount is null
            ? null
            : new Shortfall(head, kind.Index, required.Value, portion.Value, amount, roundsUp, byMonths, toDate);
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) =>
        $"{NameOf(kinds, Fact)}应达{Figure(Required)}，每少{Figure(Portion)}{Amount}{(RoundsUp ? "，零头进一" : "，零头舍去")}"
        + (ByMonthsOnRoll ? "，按在册月数折算" : "");

    internal override (long Least, long Most) Extent(Scheme scheme)
    {
        if (HasOpenFigures)
        {
            return (0, 0);
        }

        var portions = RoundsUp ? (Required + Portion - 1) / Portion : Required / Portion;
        var all = Amount.Sign * Amount.Amount.High * portions;
        return (Math.Min(0, all), Math.Max(0, all));
    }

    internal override RuleProgram Compile(Compilation compilation) =>
        new Program(this) { Source = compilation.Sources[Id], RuleId = Id };

    internal override Sentence Sentence(Scheme scheme)
    {
        var name = Encoding.UTF8.GetBytes(scheme.FactKinds[Fact].Name);
        var open = Amount.Amount.IsLeftToBranch;
        var byMonths = ByMonthsOnRoll;
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            text.Add(name);
            text.Add(byMonths ? "按在册月数应达"u8 : "应达"u8);
            text.AddHundredths(line.A);
            text.Add("，实有"u8);
            text.AddHundredths(line.B);
            text.Add("，少"u8);
            text.Add(line.C);
            text.Add("份"u8);
            if (open)
            {
                text.Add("，分值待支部细则确定"u8);
            }

            text.AddSigned(line.Points);
        };
    }

    private static string Figure(long hundredths) => hundredths == 0 ? "支部定" : Points.Format(hundredths);

    private sealed class Program(Shortfall rule) : RuleProgram
    {
        public override long Evaluate(MemberPass pass)
        {
            if (rule.HasOpenFigures)
            {
                return 0;
            }

            var required = rule.Required;
            if (rule.ByMonthsOnRoll)
            {
                var counted = rule.ToDate ? pass.CountedToDate : pass.Counted;
                var window = rule.ToDate ? new Days(pass.Plan.Calendar.Cycle.First, pass.Window.Last) : pass.Window;
                required = required * Calendar.MonthsTouched(counted) / Calendar.MonthsTouched(window);
            }

            var had = (rule.ToDate ? pass.SumsToDate : pass.Sums)[rule.Fact];
            var missing = required - had;
            if (missing <= 0)
            {
                return 0;
            }

            var portions = rule.RoundsUp ? (missing + rule.Portion - 1) / rule.Portion : missing / rule.Portion;
            if (portions == 0)
            {
                return 0;
            }

            var points = rule.Amount.Sign * rule.Amount.Amount.Low * portions;
            pass.Add(Source, -1, pass.Window.Last, points, a: required, b: had, c: portions);
            return points;
        }
    }
}
