using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>每满: so much for every full portion of the sum, or (逐次) of each fact.</summary>
/// <param name="Portion">每满, hundredths; 0 while 支部定</param>
/// <param name="RoundsUp">零头 进一; otherwise 舍去</param>
public sealed record PerUnit(RuleHead Head, int Fact, long Portion, SignedAmount Amount, bool RoundsUp, bool EachFact) : Rule(Head)
{
    public const string Key = "每满";

    public override IEnumerable<UsedFact> Uses => [new(Fact, FactUse.Prices)];

    public override IEnumerable<SignedAmount> Amounts => [Amount];

    internal override bool HasOpenFigures => Portion == 0;

    internal override bool HasDatedLines => EachFact;

    internal override IEnumerable<GatheredFact> Gathers => EachFact ? [new(Fact, Gather.InRound)] : [];

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading)
    {
        var portion = RuleReading.Figure(fields, Key);
        var kind = reading.Fact(fields, "事实");
        var amount = reading.Signed(fields);
        var rest = fields.RequiredOneOf("零头", "进一", "舍去");
        var each = fields.Flag("逐次");
        return kind is null || portion is null || amount is null || rest is null
            ? null
            : new PerUnit(head, kind.Index, portion.Value, amount, rest == "进一", each);
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) =>
        $"{NameOf(kinds, Fact)}{(EachFact ? "每次" : "")}每满{(Portion == 0 ? "支部定" : Points.Format(Portion))}{Amount}{(RoundsUp ? "，零头进一" : "，零头舍去")}";

    internal override RuleProgram Compile(Compilation compilation) =>
        new Program(this, compilation.Calendar) { Source = compilation.Sources[Id], RuleId = Id };

    internal override Sentence Sentence(Scheme scheme)
    {
        var name = Encoding.UTF8.GetBytes(scheme.FactKinds[Fact].Name);
        var unit = Encoding.UTF8.GetBytes(scheme.FactKinds[Fact].Unit);
        var portion = Portion;
        var open = Amount.Amount.IsLeftToBranch;
        var limits = Head.Limits;
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            if (line.Note == LimitNote)
            {
                LimitProgram.Say(ref text, line, limits);
                return;
            }

            if (line.Fact >= 0)
            {
                text.AddDay(line.Day);
                text.Add(" "u8);
            }

            text.Add(name);
            text.AddHundredths(line.A);
            text.Add(unit);
            text.Add("，每满"u8);
            text.AddHundredths(portion);
            text.Add("×"u8);
            text.Add(line.C);
            if (open)
            {
                text.Add("，分值待支部细则确定"u8);
            }

            text.AddSigned(line.Points);
        };
    }

    // An adjustment by 限额 is left without a note; portions carry one.
    private const byte LimitNote = 0;
    private const byte PortionNote = 1;

    private sealed class Program(PerUnit rule, Calendar calendar) : RuleProgram
    {
        public override long Evaluate(MemberPass pass)
        {
            if (rule.HasOpenFigures)
            {
                return 0;
            }

            if (!rule.EachFact)
            {
                return Take(pass, pass.Sums[rule.Fact], -1, pass.Window.Last);
            }

            var firstLine = pass.Lines?.Count ?? 0;
            var total = 0L;
            foreach (var fact in pass.Gathered)
            {
                var day = pass.Facts.DayOf(fact);
                if (pass.Facts.KindOf(fact) == rule.Fact && pass.Counted.Contains(day))
                {
                    total += Take(pass, pass.Facts.QuantityOf(fact), fact, day);
                }
            }

            foreach (var limit in rule.Head.Limits)
            {
                total += LimitProgram.OnRule(pass, calendar, limit, Source, firstLine);
            }

            return total;
        }

        private long Take(MemberPass pass, long quantity, int fact, int day)
        {
            var portions = rule.RoundsUp ? (quantity + rule.Portion - 1) / rule.Portion : quantity / rule.Portion;
            if (portions == 0)
            {
                return 0;
            }

            var points = rule.Amount.Sign * rule.Amount.Amount.Low * portions;
            pass.Add(Source, fact, day, points, PortionNote, quantity, 0, portions);
            return points;
        }
    }
}
