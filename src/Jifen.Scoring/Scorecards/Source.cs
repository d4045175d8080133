using System.Text;
using Jifen.Scoring.Facts;

namespace Jifen.Scoring.Scorecards;

/// <summary>Puts a line into its form's fixed sentence.</summary>
internal delegate void Sentence(ref SentenceText text, in Line line, FactTable facts);

/// <summary>Where lines come from: a rule, a start, a cap, a composition. Each belongs to one item of the sheet.</summary>
/// <param name="Item">index in <see cref="Plan.SheetItems"/></param>
/// <param name="Rule">编号 of the rule, or what the adjustment is called: 起分, 封顶 …</param>
/// <param name="IsStart">起分 lines take no part in 限额</param>
/// <param name="IsRule">lines of a rule, as opposed to adjustments of the sheet</param>
internal sealed record Source(
    int Index, int Item, string Rule, IReadOnlyList<string> Clauses, string? Reading, bool IsStart, bool IsRule, Sentence Sentence)
{
    public const string Forfeit = "不得分";

    /// <summary>A line of 此项不得分; its figure A is the source of the rule that says so.</summary>
    public bool IsForfeit => !IsRule && Rule == Forfeit;

    /// <summary>Says which round a line without a fact belongs to, where the rounds are scored apart.</summary>
    public void Say(ref SentenceText text, in Line line, FactTable facts, Plan plan)
    {
        if (line.Fact < 0 && plan.Scheme.Composition is not null && Rule != Composition)
        {
            text.Add(plan.RoundNames[line.Round]);
        }

        Sentence(ref text, line, facts);
    }

    public const string Composition = "年度合成";

    public string Clause { get; } = string.Join("；", Clauses);

    /// <summary>The parts of a JSON line that never change, encoded once.</summary>
    public byte[] JsonHead { get; } = Encoding.UTF8.GetBytes($"{{\"rule\":\"{Rule}\",\"fact\":");

    public byte[] JsonTail { get; } = Encoding.UTF8.GetBytes(
        $"\",\"clause\":\"{string.Join("；", Clauses)}\",\"reading\":{(Reading is null ? "null" : $"\"{Reading}\"")}}}");
}

/// <summary>An item of the sheet: an item of the scheme, or the place where starts and adjustments of a section or the total stand.</summary>
/// <param name="Section">index of the section; the number of sections for the total</param>
internal sealed record SheetItem(int Index, int Section, string Id, string Name);
