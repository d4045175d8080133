using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>累计: once the sum reaches so much, one consequence.</summary>
/// <param name="Reach">满, hundredths; 0 while 支部定</param>
public sealed record CountTrigger(RuleHead Head, int Fact, long Reach, bool ToDate, Consequence Consequence) : Rule(Head)
{
    public const string Key = "累计";

    public override IEnumerable<UsedFact> Uses => [new(Fact, FactUse.Watches)];

    public override IEnumerable<SignedAmount> Amounts => Consequence.Amount is { } amount ? [amount] : [];

    internal override bool HasOpenFigures => Reach == 0;

    internal override bool CountsToDate => ToDate;

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading)
    {
        var kind = reading.Fact(fields, Key);
        var reach = RuleReading.Figure(fields, "满");
        var toDate = RuleReading.ToDate(fields);
        var consequence = reading.Consequence(fields);
        return kind is null || reach is null || consequence is null
            ? null
            : new CountTrigger(head, kind.Index, reach.Value, toDate, consequence);
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) =>
        $"{NameOf(kinds, Fact)}累计满{(Reach == 0 ? "支部定" : Points.Format(Reach))}，{Consequence}";

    internal override (long Least, long Most) Extent(Scheme scheme) => OneAmount();

    internal override RuleProgram Compile(Compilation compilation) =>
        new Program(this) { Source = compilation.Sources[Id], RuleId = Id };

    internal override Sentence Sentence(Scheme scheme)
    {
        var name = Encoding.UTF8.GetBytes(scheme.FactKinds[Fact].Name);
        var unit = Encoding.UTF8.GetBytes(scheme.FactKinds[Fact].Unit);
        var reach = Reach;
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            text.Add(name);
            text.Add("累计"u8);
            text.AddHundredths(line.A);
            text.Add(unit);
            text.Add("，满"u8);
            text.AddHundredths(reach);
            text.AddSigned(line.Points);
        };
    }

    private sealed class Program(CountTrigger rule) : RuleProgram
    {
        public override long Evaluate(MemberPass pass)
        {
            var sum = (rule.ToDate ? pass.SumsToDate : pass.Sums)[rule.Fact];
            return rule.HasOpenFigures || sum < rule.Reach ? 0 : pass.Conclude(Source, rule.Consequence, a: sum);
        }
    }
}
