using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>出现: if it happened at all, the item gives nothing (此项不得分).</summary>
public sealed record Occurs(RuleHead Head, int Fact) : Rule(Head)
{
    public const string Key = "出现";

    public override IEnumerable<UsedFact> Uses => [new(Fact, FactUse.Watches)];

    public override IEnumerable<SignedAmount> Amounts => [];

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading)
    {
        var kind = reading.Fact(fields, Key);
        fields.RequiredOneOf("此项", "不得分");
        return kind is null ? null : new Occurs(head, kind.Index);
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) => $"出现{NameOf(kinds, Fact)}，此项不得分";

    internal override RuleProgram Compile(Compilation compilation) =>
        new Program(Fact) { Source = compilation.Sources[Id], RuleId = Id };

    // 出现 leaves no line of its own: the forfeit line, which every form with 此项不得分 shares, is worded by the plan.
    internal override Sentence Sentence(Scheme scheme)
    {
        var name = Encoding.UTF8.GetBytes(scheme.FactKinds[Fact].Name);
        return (ref SentenceText text, in Line line, FactTable _) => text.Add(name);
    }

    private sealed class Program(int fact) : RuleProgram
    {
        public override ulong WokenBy => MemberPass.BitOf(fact);

        public override long Evaluate(MemberPass pass)
        {
            if (pass.Sums[fact] > 0)
            {
                pass.Forfeit(Source);
            }

            return 0;
        }
    }
}
