using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes.Yaml;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Schemes.Forms;

/// <summary>前 or 末, so many people or such a share of those ranked.</summary>
/// <param name="Share">hundredths of a percent; null when <paramref name="People"/> is given</param>
public sealed partial record Placing(bool FromTop, int? Share, int? People, string Text)
{
    /// <param name="rank">1 + number of people above</param>
    /// <param name="lower">number of people below</param>
    public bool Holds(int rank, int lower, int people)
    {
        var size = People ?? Math.Max(1, Quota.Portion(Share!.Value, people, roundsUp: false));
        return FromTop ? rank <= size : lower < size;
    }

    internal static Placing? Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var top = match.Groups["end"].Value == "前";
        if (match.Groups["people"].Success)
        {
            return new Placing(top, null, int.Parse(match.Groups["people"].ValueSpan, CultureInfo.InvariantCulture), text);
        }

        return Fields.TryHundredths(match.Groups["share"].Value, out var share) && share <= 100_00
            ? new Placing(top, (int)share, null, text)
            : null;
    }

    [GeneratedRegex("^(?<end>前|末)((?<people>[1-9][0-9]{0,4})[名人]|(?<share>[0-9]+(\\.[0-9]+)?)%)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}

public sealed record PlacingRow(Placing Placing, SignedAmount Amount);

/// <summary>排位: members of the branch who have facts of the kind are ranked by their sums, highest first; the first row that holds counts.</summary>
public sealed record PlacingTable(RuleHead Head, int Fact, IReadOnlyList<PlacingRow> Rows) : Rule(Head)
{
    public const string Key = "排位";

    public override IEnumerable<UsedFact> Uses => [new(Fact, FactUse.Watches)];

    public override IEnumerable<SignedAmount> Amounts => Rows.Select(row => row.Amount);

    internal static Rule? Read(RuleHead head, Fields fields, RuleReading reading)
    {
        var kind = reading.Fact(fields, Key);
        fields.RequiredNode("表");
        var rows = new List<PlacingRow>();
        foreach (var row in fields.Maps("表", "表的一行"))
        {
            var text = row.RequiredText("名次");
            var placing = Placing.Parse(text);
            if (placing is null && text.Length > 0)
            {
                reading.Problems.Error(row.PlaceOf("名次"), $"“名次”读不懂：{text}", "写成“前10%”“前3名”“末10%”“末1名”");
            }

            var amount = reading.Signed(row);
            row.Done();
            if (placing is not null && amount is not null)
            {
                rows.Add(new PlacingRow(placing, amount));
            }
        }

        return kind is null || rows.Count == 0 ? null : new PlacingTable(head, kind.Index, rows);
    }

    public override string Describe(IReadOnlyList<FactKind> kinds) =>
        $"{NameOf(kinds, Fact)}在支部排位：{string.Join("、", Rows.Select(row => row.Placing.Text + row.Amount))}";

    internal override (long Least, long Most) Extent(Scheme scheme) => OneAmount();

    internal override RuleProgram Compile(Compilation compilation) =>
        new Program(this, compilation.Placings[Id]) { Source = compilation.Sources[Id], RuleId = Id };

    internal override Sentence Sentence(Scheme scheme)
    {
        var name = Encoding.UTF8.GetBytes(scheme.FactKinds[Fact].Name);
        var rows = Rows;
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            text.Add(name);
            text.Add("在支部"u8);
            text.Add(line.B);
            text.Add("人中排第"u8);
            text.Add(line.A);
            text.Add("，"u8);
            text.Add(rows[(int)line.C].Placing.Text);
            text.AddSigned(line.Points);
        };
    }

    private sealed class Program(PlacingTable rule, int placing) : RuleProgram
    {
        public override long Evaluate(MemberPass pass)
        {
            var (rank, lower, people) = pass.Placings[placing];
            for (var row = 0; people > 0 && row < rule.Rows.Count; row++)
            {
                if (!rule.Rows[row].Placing.Holds(rank, lower, people))
                {
                    continue;
                }

                var amount = rule.Rows[row].Amount;
                var points = amount.Sign * amount.Amount.Low;
                pass.Add(Source, -1, pass.Window.Last, points, a: rank, b: people, c: row);
                return points;
            }

            return 0;
        }
    }
}
