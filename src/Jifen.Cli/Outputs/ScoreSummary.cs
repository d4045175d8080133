using Jifen.Cli.Inputs;
using Jifen.Scoring;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cli.Outputs;

/// <summary>What a run came to: a line for the person, an object for a program.</summary>
internal static class ScoreSummary
{
    private const int NamesInALine = 12;

    /// <summary>A quota that more people meet than it allows.</summary>
    public static string Say(Finding finding, BranchYear year)
    {
        var members = finding.Members.Select(index => year.Roster.Members[index].Name).ToList();
        var names = string.Join("、", members.Take(NamesInALine)) + (members.Count > NamesInALine ? "等" : "");
        var where = year.Roster.Branches[finding.Branch] + (finding.Category is { } category ? $"（{category}）" : "");
        var then = finding.Excess == QuotaExcess.Stop ? "选定以前不可定分。改法：请支部选定" : "只作提醒。改法：请支部核对";
        return $"{where} 名额：{finding.Text}至多{finding.Allowed}人，够条件的{members.Count}人（{names}）〔{string.Join("；", finding.Clauses)}〕，{then}";
    }

    public static string LastLine(BranchYear year, Totals totals, string output, string? sheets)
    {
        var without = totals.Count - totals.ScorecardCount;
        var cycle = year.Scorer.Plan.Calendar.Cycle;
        var outside = year.Scorer.Facts.CountOutside(cycle);
        return $"{year.Scheme.Name} {year.Year}年：{year.Roster.Branches.Count}个支部，{totals.Count}人"
            + (without > 0 ? $"（{without}人免予或不在册，没有得分单）" : "")
            + $"，{year.Scorer.Facts.Count - outside}条事实计入"
            + (outside > 0 ? $"（另有{outside}条日期不在本年度，不计）" : "")
            + (output == "-" ? "" : $"。总分表：{output}")
            + (sheets is null or "-" ? "" : $"；得分单：{sheets}");
    }

    public static void Write(Stream to, BranchYear year, Totals totals, string output, string? sheets) => Json.Write(to, json =>
    {
        var scheme = year.Scheme;
        json.WriteStartObject("scheme");
        json.WriteString("id", scheme.Id);
        json.WriteString("name", scheme.Name);
        json.WriteString("fingerprint", scheme.Fingerprint);
        json.WriteString("refinement", scheme.Refinement?.Id);
        json.WriteEndObject();
        json.WriteNumber("year", year.Year);
        json.WriteNumber("branches", year.Roster.Branches.Count);
        json.WriteNumber("members", totals.Count);
        json.WriteNumber("scorecards", totals.ScorecardCount);
        json.WriteNumber("facts", year.Scorer.Facts.Count);
        json.WriteNumber("openSlots", scheme.Slots.Count);
        json.WriteNumber("tentativeReadings", scheme.TentativeReadings.Count());
        json.WriteString("out", output);
        json.WriteString("sheets", sheets);
        Json.WriteProblems(json, year.Warnings);
        json.WriteStartArray("findings");
        foreach (var finding in totals.Findings)
        {
            json.WriteStartObject();
            json.WriteString("branch", year.Roster.Branches[finding.Branch]);
            json.WriteString("category", finding.Category);
            json.WriteString("what", finding.What);
            json.WriteString("text", finding.Text);
            json.WriteNumber("allowed", finding.Allowed);
            Json.WriteStrings(json, "members", finding.Members.Select(index => year.Roster.Members[index].Id));
            json.WriteBoolean("stops", finding.Excess == QuotaExcess.Stop);
            Json.WriteStrings(json, "clauses", finding.Clauses);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static void WriteRefusal(Stream to, IReadOnlyList<Problem> problems) => Json.Write(to, json => Json.WriteProblems(json, problems));
}
