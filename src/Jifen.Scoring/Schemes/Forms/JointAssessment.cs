using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>One side of a joint assessment.</summary>
/// <param name="Weight">占, hundredths of a percent</param>
/// <param name="Invited">有效.应参加: index of the kind whose sum says how many were to take part; −1 when every turn-out is valid</param>
/// <param name="Quorum">有效.达, hundredths of a percent</param>
public sealed record Assessor(int Fact, int Weight, int Invited, int Quorum);

/// <summary>
/// 合评: the mean mark of each side times its weight, added, times a factor, rounded once. A side without marks or without its quorum is
/// missing: it counts as 0, or (缺项 折算) the others are weighted up to 100 %.
/// </summary>
/// <param name="Factor">乘, hundredths</param>
public sealed record JointAssessment(RuleHead Head, IReadOnlyList<Assessor> Sides, long Factor, bool ReweighsMissing) : Rule(Head)
{
    public const string Key = "合评";

    public override IEnumerable<UsedFact> Uses => Sides
        .Select(side => new UsedFact(side.Fact, FactUse.Prices))
        .Concat(Sides.Where(side => side.Invited >= 0).Select(side => new UsedFact(side.Invited, FactUse.Watches)));

    public override IEnumerable<SignedAmount> Amounts => [];

    internal override IEnumerable<GatheredFact> Gathers => Sides.Select(side => new GatheredFact(side.Fact, Gather.InRound));

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading)
    {
        var sides = new List<Assessor>();
        foreach (var side in fields.Maps(Key, "合评的一方"))
        {
            var kind = Assessed.Marked(side, "事实", reading);
            side.RequiredNode("占");
            var weight = side.Percent("占");
            var invited = -1;
            var quorum = 0;
            if (side.Map("有效", "有效") is { } valid)
            {
                invited = reading.Fact(valid, "应参加")?.Index ?? -1;
                valid.RequiredNode("达");
                quorum = valid.Percent("达") ?? 0;
                valid.Done();
            }

            side.Done();
            if (kind is not null && weight is { } share)
            {
                sides.Add(new Assessor(kind.Index, share, invited, quorum));
            }
        }

        if (sides.Count > 0 && sides.Sum(side => side.Weight) is not 100_00 and var sum)
        {
            reading.Problems.Error(fields.PlaceOf(Key), $"各方占比合计 {Points.Format(sum)}%，不是 100%", "改“占”");
        }

        var factor = fields.Hundredths("乘", least: 1) ?? 100;
        var missing = fields.RequiredOneOf("缺项", "不计", "折算");
        return sides.Count == 0 ? null : new JointAssessment(head, sides, factor, missing == "折算");
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) =>
        string.Join("＋", Sides.Select(side =>
            $"{NameOf(kinds, side.Fact)}{Points.Format(side.Weight)}%"
            + (side.Invited < 0 ? "" : $"（达{NameOf(kinds, side.Invited)}的{Points.Format(side.Quorum)}%有效）")))
        + (Factor == 100 ? "" : $"，×{Points.Format(Factor)}") + (ReweighsMissing ? "，缺项折算" : "，缺项不计");

    internal override (long Least, long Most)? AmountRange(FactKind kind, long? most) =>
        Sides.Any(side => side.Fact == kind.Index) ? (kind.MarksFrom, kind.MarksTo) : null;

    internal override (long Least, long Most) Extent(Scheme scheme) =>
        (0, Sides.Max(side => scheme.FactKinds[side.Fact].MarksTo) * Factor / 100);

    internal override RuleProgram Compile(Compilation compilation) =>
        new Program(this, compilation.Scheme.Unit) { Source = compilation.Sources[Id], RuleId = Id };

    internal override Sentence Sentence(Scheme scheme)
    {
        var words = Encoding.UTF8.GetBytes(Describe(scheme.FactKinds));
        var sides = Sides.Count;
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            text.Add(words);
            text.Add("，"u8);
            text.Add(sides);
            text.Add("方中"u8);
            text.Add(line.A);
            text.Add("方有效"u8);
            text.AddSigned(line.Points);
        };
    }

    private sealed class Program(JointAssessment rule, long unit) : RuleProgram
    {
        public override long Evaluate(MemberPass pass)
        {
            // Σ weight × sum ÷ count over one common denominator, so that nothing is rounded before the end.
            Int128 numerator = 0;
            Int128 denominator = 1;
            var weights = 0;
            var sides = 0;
            foreach (var side in rule.Sides)
            {
                var (count, sum) = Marks.All(pass, side.Fact);
                if (count == 0 || (side.Invited >= 0 && (Int128)count * 100 * 100_00 < (Int128)pass.Sums[side.Invited] * side.Quorum))
                {
                    continue;
                }

                sides++;
                weights += side.Weight;
                numerator = (numerator * count) + (denominator * side.Weight * sum);
                denominator *= count;
            }

            if (sides == 0)
            {
                return 0;
            }

            var whole = rule.ReweighsMissing ? weights : 100_00;
            var points = whole == 0 ? 0 : Points.Round(numerator * rule.Factor, denominator * whole * 100, unit);
            pass.Add(Source, -1, pass.Window.Last, points, a: sides);
            return points;
        }
    }
}
