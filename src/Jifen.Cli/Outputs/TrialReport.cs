using System.Text.Json;
using Jifen.Cli.Inputs;
using Jifen.Cli.Text;
using Jifen.Scoring;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cli.Outputs;

/// <summary>What two schemes make of the same facts, member by member.</summary>
internal static class TrialReport
{
    public static void Write(TextWriter to, Trial trial)
    {
        var changes = trial.Changes().ToList();
        to.WriteLine($"甲  {NameOf(trial.A.Scheme)}");
        to.WriteLine($"乙  {NameOf(trial.B.Scheme)}");
        to.WriteLine(
            $"{trial.A.Totals.Count}人：{changes.Count(change => change.TotalDiffers)}人总分不同，"
            + $"{changes.Count(change => change.GradeDiffers)}人等次不同，"
            + $"{changes.Count(change => change.OnlyA.Count + change.OnlyB.Count > 0)}人结果运用不同，"
            + $"{trial.A.Totals.Count - changes.Count}人不变。");
        foreach (var change in changes)
        {
            to.WriteLine();
            TreeOf(trial, change).Write(to);
        }
    }

    private static Tree TreeOf(Trial trial, TrialChange change)
    {
        var branches = new List<Tree>();
        if (change.TotalDiffers || change.Sections.Count > 0)
        {
            branches.Add(new Tree(
                $"总分 {Total(change.A)} → {Total(change.B)}",
                change.Sections.Select(section => new Tree($"{section.Name} {Say(section.A)} → {Say(section.B)}")).ToList()));
        }

        if (change.GradeDiffers)
        {
            branches.Add(new Tree($"等次 {change.A.Grade ?? "不评"} → {change.B.Grade ?? "不评"}"));
        }

        branches.AddRange(change.OnlyA.Select(held => OutcomeTree(held, trial.A, trial.B, change.B, other => trial.IsSame(held.Outcome, other))));
        branches.AddRange(change.OnlyB.Select(held => OutcomeTree(held, trial.B, trial.A, change.A, other => trial.IsSame(other, held.Outcome))));
        return new Tree($"{change.Member.Name}（{change.Member.Id}） {change.Member.Branch}", branches);
    }

    // Why it holds here is said with the member's figures; why not there, by the total and the condition there, if there is such an outcome.
    private static Tree OutcomeTree(ScorecardOutcome held, TrialSide here, TrialSide there, Scorecard cardThere, Func<Outcome, bool> isSame)
    {
        var condition = there.Scheme.Outcomes.FirstOrDefault(isSame)?.Condition.Describe(there.Scheme.FactKinds);
        List<Tree> reasons =
        [
            new($"{here.Label}成立：{held.Because}"),
            new(condition is null ? $"{there.Label}没有这一条" : $"{there.Label}不成立：总分{Total(cardThere)}；要{condition}"),
        ];
        return new Tree(
            $"只有{here.Label}：{held.Outcome.Id}【{held.Outcome.Force}】{held.Outcome.Result}〔{string.Join("；", held.Outcome.Clauses)}〕", reasons);
    }

    private static string NameOf(Scheme scheme) =>
        $"{scheme.Id} {scheme.Name}{(scheme.Refinement is { } refinement ? $" + {refinement.Name}" : "")}";

    private static string Total(Scorecard card) => card.HasScorecard ? card.Total.ToString() : "没有得分单";

    private static string Say(Points? points) => points?.ToString() ?? "没有这一部分";

    public static void WriteJson(Stream to, Trial trial) => Json.Write(to, json =>
    {
        WriteSide(json, "a", trial.A);
        WriteSide(json, "b", trial.B);
        json.WriteNumber("members", trial.A.Totals.Count);
        json.WriteStartArray("changed");
        foreach (var change in trial.Changes())
        {
            json.WriteStartObject();
            json.WriteString("member", change.Member.Id);
            json.WriteString("name", change.Member.Name);
            json.WriteString("branch", change.Member.Branch);
            WriteCard(json, "a", change.A);
            WriteCard(json, "b", change.B);
            json.WriteStartArray("sections");
            foreach (var (name, a, b) in change.Sections)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                WritePoints(json, "a", a);
                WritePoints(json, "b", b);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteSide(Utf8JsonWriter json, string name, TrialSide side)
    {
        json.WriteStartObject(name);
        json.WriteString("scheme", side.Scheme.Id);
        json.WriteString("fingerprint", side.Scheme.Fingerprint);
        json.WriteString("refinement", side.Scheme.Refinement?.Id);
        json.WriteStartArray("unknownFacts");
        foreach (var (fact, count) in side.Unknown)
        {
            json.WriteStartObject();
            json.WriteString("fact", fact);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCard(Utf8JsonWriter json, string name, Scorecard card)
    {
        json.WriteStartObject(name);
        WritePoints(json, "total", card.HasScorecard ? card.Total : null);
        json.WriteString("grade", card.Grade);
        json.WriteStartArray("outcomes");
        foreach (var held in card.Outcomes)
        {
            json.WriteStartObject();
            json.WriteString("id", held.Outcome.Id);
            json.WriteString("text", held.Outcome.Result);
            json.WriteString("because", held.Because);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePoints(Utf8JsonWriter json, string name, Points? points)
    {
        if (points is { } known)
        {
            Json.WritePoints(json, name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
