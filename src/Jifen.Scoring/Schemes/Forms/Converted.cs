using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>折算: the latest mark times a factor, rounded half away from zero to the unit.</summary>
/// <param name="Factor">乘, hundredths</param>
public sealed record Converted(RuleHead Head, int Fact, long Factor) : Rule(Head)
{
    public const string Key = "折算";

    public override IEnumerable<UsedFact> Uses => [new(Fact, FactUse.Prices)];

    public override IEnumerable<SignedAmount> Amounts => [];

    internal override IEnumerable<GatheredFact> Gathers => [new(Fact, Gather.InRound)];

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading)
    {
        var kind = Assessed.Marked(fields, Key, reading);
        fields.RequiredNode("乘");
        return fields.Hundredths("乘", least: 1) is { } factor && kind is not null ? new Converted(head, kind.Index, factor) : null;
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) => $"{NameOf(kinds, Fact)}×{Points.Format(Factor)}";

    internal override (long Least, long Most)? AmountRange(FactKind kind, long? most) =>
        kind.Index == Fact ? (kind.MarksFrom, kind.MarksTo) : null;

    internal override (long Least, long Most) Extent(Scheme scheme) => (0, scheme.FactKinds[Fact].MarksTo * Factor / 100);

    internal override RuleProgram Compile(Compilation compilation) =>
        new Program(this, compilation.Scheme.Unit) { Source = compilation.Sources[Id], RuleId = Id };

    internal override Sentence Sentence(Scheme scheme)
    {
        var name = Encoding.UTF8.GetBytes(scheme.FactKinds[Fact].Name);
        var factor = Factor;
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            text.AddDay(line.Day);
            text.Add(" "u8);
            text.Add(name);
            text.AddHundredths(line.A);
            text.Add("分×"u8);
            text.AddHundredths(factor);
            text.AddSigned(line.Points);
        };
    }

    private sealed class Program(Converted rule, long unit) : RuleProgram
    {
        public override long Evaluate(MemberPass pass)
        {
            var latest = Marks.Latest(pass, rule.Fact);
            if (latest < 0)
            {
                return 0;
            }

            var mark = pass.Facts.AmountOf(latest);
            var points = Points.Share(mark, rule.Factor, 100, unit);
            pass.Add(Source, latest, pass.Facts.DayOf(latest), points, a: mark);
            return points;
        }
    }
}
