using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>另加: on top of another rule, for the same content, once a content.</summary>
/// <param name="After">随: 编号 of the rule, earlier in the same section</param>
public sealed record Supplement(RuleHead Head, int Fact, string After, SignedAmount Amount) : Rule(Head)
{
    public const string Key = "另加";

    public override IEnumerable<UsedFact> Uses => [new(Fact, FactUse.Prices)];

    public override IEnumerable<SignedAmount> Amounts => [Amount];

    internal override IEnumerable<GatheredFact> Gathers => [new(Fact, Gather.InRound)];

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading)
    {
        var kind = reading.Fact(fields, Key);
        var after = fields.RequiredText("随");
        var amount = reading.Signed(fields);
        if (kind is { } known && !known.Carries.HasFlag(Carried.Content))
        {
            reading.Problems.Error(fields.PlaceOf(Key), $"事实“{known.Name}”不带内容，分不出随哪一件", "在事实的“带”里加上“内容”");
        }

        return kind is null || amount is null ? null : new Supplement(head, kind.Index, after, amount);
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) => DescribeAfter(kinds, After);

    /// <param name="after">what the other rule is called where its 编号 says nothing</param>
    public string DescribeAfter(IReadOnlyList<FactKind> kinds, string after) => $"{NameOf(kinds, Fact)}与“{after}”内容相同的另{Amount}";

    internal override RuleProgram Compile(Compilation compilation) =>
        new Program(this, compilation.Earlier.OfType<PricedFacts>().FirstOrDefault(program => program.RuleId == After))
        {
            Source = compilation.Sources[Id],
            RuleId = Id,
        };

    internal override Sentence Sentence(Scheme scheme)
    {
        var name = Encoding.UTF8.GetBytes(scheme.FactKinds[Fact].Name);
        var after = Encoding.UTF8.GetBytes(After);
        return (ref SentenceText text, in Line line, FactTable facts) =>
        {
            text.AddDay(line.Day);
            text.Add(" "u8);
            text.Add(name);
            text.Add("“"u8);
            text.Add(facts.ContentOf(line.Fact));
            text.Add("”，随“"u8);
            text.Add(after);
            text.Add("”另计"u8);
            text.AddSigned(line.Points);
        };
    }

    private sealed class Program(Supplement rule, PricedFacts? priced) : RuleProgram
    {
        private readonly List<int> _taken = [];

        public override long Evaluate(MemberPass pass)
        {
            if (priced is null)
            {
                return 0;
            }

            _taken.Clear();
            var total = 0L;
            foreach (var fact in pass.Gathered)
            {
                var day = pass.Facts.DayOf(fact);
                if (pass.Facts.KindOf(fact) != rule.Fact || !pass.Counted.Contains(day)
                    || SameContent(pass, fact, _taken) || !SameContent(pass, fact, priced.Counted))
                {
                    continue;
                }

                _taken.Add(fact);
                var points = rule.Amount.Sign * rule.Amount.Amount.Low;
                pass.Add(Source, fact, day, points);
                total += points;
            }

            return total;
        }

        private static bool SameContent(MemberPass pass, int fact, IReadOnlyList<int> others)
        {
            foreach (var other in others)
            {
                if (pass.Facts.SameContent(other, fact))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
