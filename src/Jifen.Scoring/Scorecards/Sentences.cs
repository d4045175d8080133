using System.Text;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Schemes.Forms;

namespace Jifen.Scoring.Scorecards;

/// <summary>The sentences of lines that no rule makes: starts, caps, floors, limits, vetoes, composition.</summary>
internal static class Sentences
{
    public static Sentence SectionStart(Section section)
    {
        var share = section.Start.Share;
        var name = Utf8(section.Name);
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            text.Add(name);
            if (line.Note == 1)
            {
                text.Add("：上年总分"u8);
                text.AddHundredths(line.A);
                text.Add("的"u8);
                text.AddHundredths(share);
                text.Add("%起"u8);
            }
            else
            {
                text.Add("起分"u8);
            }

            text.AddSigned(line.Points);
        };
    }

    public static Sentence ItemStart(ScoringItem item)
    {
        var words = item.Max is null ? Utf8("起分") : Utf8("起分：满分");
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            text.Add(words);
            text.AddSigned(line.Points);
        };
    }

    public static Sentence ItemCap(ScoringItem item) => Bounded(item.Max is null ? "至多" : "满分", "，超出不计");

    public static Sentence ItemFloor(ScoringItem _) => Bounded("扣至", "分为止");

    public static Sentence Capped(string what) => Bounded($"{what}至多", "，超出不计");

    public static Sentence Floored(string what) => Bounded($"{what}不低于", "");

    public static Sentence Limited(IReadOnlyList<Limit> limits) =>
        (ref SentenceText text, in Line line, FactTable _) => LimitProgram.Say(ref text, line, limits);

    public static Sentence Exclusive(ExclusiveRules group)
    {
        var words = Utf8($"与{string.Join("、", group.RuleIds)}{(group.PerContent ? "同一内容" : "")}不兼得，只取最高");
        return (ref SentenceText text, in Line line, FactTable facts) =>
        {
            text.Add(words);
            if (line.Fact >= 0)
            {
                text.Add("（“"u8);
                text.Add(facts.ContentOf(line.Fact));
                text.Add("”）"u8);
            }

            text.AddSigned(line.Points);
        };
    }

    /// <summary>此项不得分: line.A is the source of the rule that says so.</summary>
    public static Sentence Forfeited(IReadOnlyList<Source> sources, Dictionary<string, int> ruleSources, Scheme scheme)
    {
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            var source = (int)line.A;
            var rule = scheme.Rules.First(candidate => ruleSources[candidate.Id] == source);
            text.Add(rule.Describe(scheme.FactKinds));
            text.Add("〔"u8);
            text.Add(sources[source].Clause);
            text.Add("〕："u8);
            text.Add("此项不得分"u8);
            text.AddSigned(line.Points);
        };
    }

    public static Sentence Vetoed(FactKind kind)
    {
        var name = Utf8(kind.Name);
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            text.Add(name);
            text.Add("：一票否决，总分为"u8);
            text.AddHundredths(line.A);
            text.AddSigned(line.Points);
        };
    }

    /// <summary>年度合成: line.A rounds, line.B the sum of the rounds, line.C the year.</summary>
    public static Sentence Composed(Scheme scheme)
    {
        var kind = scheme.Composition?.Kind ?? CompositionKind.Sum;
        var round = Utf8(scheme.RoundLength.Name());
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            text.Add("年度合成："u8);
            text.Add(line.A);
            text.Add("个"u8);
            text.Add(round);
            if (kind == CompositionKind.Last)
            {
                text.Add("，取最后一期"u8);
            }
            else
            {
                text.Add("合计"u8);
                text.AddHundredths(line.B);
                if (kind == CompositionKind.Average)
                {
                    text.Add("÷"u8);
                    text.Add(line.A);
                    text.Add("，四舍五入得"u8);
                }
                else
                {
                    text.Add("，得"u8);
                }
            }

            text.AddHundredths(line.C);
            text.AddSigned(line.Points);
        };
    }

    // line.A is the bound.
    private static Sentence Bounded(string before, string after)
    {
        var first = Utf8(before);
        var last = Utf8(after);
        return (ref SentenceText text, in Line line, FactTable _) =>
        {
            text.Add(first);
            text.AddHundredths(line.A);
            text.Add(last);
            text.AddSigned(line.Points);
        };
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
