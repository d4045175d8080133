using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>评定: the latest mark somebody gave is the score, between 0 and the item's 满分 or 封顶.</summary>
public sealed record Assessed(RuleHead Head, int Fact) : Rule(Head)
{
    public const string Key = "评定";

    public override IEnumerable<UsedFact> Uses => [new(Fact, FactUse.Prices)];

    public override IEnumerable<SignedAmount> Amounts => [];

    internal override IEnumerable<GatheredFact> Gathers => [new(Fact, Gather.InRound)];

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading) =>
        Marked(fields, Key, reading) is { } kind ? new Assessed(head, kind.Index) : null;

    /// <summary>A kind of fact that carries 分值.</summary>
    internal static FactKind? Marked(Fields fields, string key, RuleReading reading)
    {
        var kind = reading.Fact(fields, key);
        if (kind is null || kind.Carries.HasFlag(Carried.Amount))
        {
            return kind;
        }

        reading.Problems.Error(fields.PlaceOf(key), $"事实“{kind.Name}”不带分值，不能“{key}”", "在事实里写“带: [分值]”");
        return null;
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) => $"按{NameOf(kinds, Fact)}评定";

    internal override (long Least, long Most)? AmountRange(FactKind kind, long? most) =>
        kind.Index == Fact ? (0, most ?? kind.MarksTo) : null;

    // The mark is held to the item's own bound when it is entered.
    internal override (long Least, long Most) Extent(Scheme scheme) => (0, 0);

    internal override RuleProgram Compile(Compilation compilation) =>
        new Program(Fact) { Source = compilation.Sources[Id], RuleId = Id };

    internal override Sentence Sentence(Scheme scheme)
    {
        var name = Encoding.UTF8.GetBytes(scheme.FactKinds[Fact].Name);
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            text.AddDay(line.Day);
            text.Add(" "u8);
            text.Add(name);
            text.AddSigned(line.Points);
        };
    }

    private sealed class Program(int fact) : RuleProgram
    {
        public override long Evaluate(MemberPass pass)
        {
            var latest = Marks.Latest(pass, fact);
            if (latest < 0)
            {
                return 0;
            }

            var points = pass.Facts.AmountOf(latest);
            pass.Add(Source, latest, pass.Facts.DayOf(latest), points);
            return points;
        }
    }
}
