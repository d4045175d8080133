using Jifen.Cycle;
using Jifen.Cycle.Scorecards;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Points;

/// <summary>还差什么 as things to do: from the rules 不足 of the scheme and the dues, each until when, by which clause.</summary>
internal static class Missing
{
    public static IReadOnlyList<Todo> Of(LiveYear year, PersonId person)
    {
        var scheme = year.Scores.Plan.Scheme;
        bool IsReport(Shortage shortage) => scheme.DailyRecords.ThoughtReport.Any(index => scheme.FactKinds[index].Id == shortage.Kind.Id);
        var todos = Shortage.Of(year.Scores, person).Where(shortage => !shortage.IsMet).Select(shortage => new Todo(
            $"{shortage.Kind.Name}还差{shortage.Of(shortage.Missing)}",
            IsReport(shortage) ? "/me/reports" : "/me/gatherings",
            shortage.Until,
            string.Join("；", shortage.Rule.Head.Clauses),
            ClauseLink.Of(scheme.Fingerprint, shortage.Rule.Head.Clauses[0]),
            Say(shortage),
            IsReport(shortage) ? "去交" : "看安排")).ToList();
        var clauses = scheme.DailyRecords.Dues?.Clauses ?? [];
        todos.AddRange(OwedDues.Of(year.Scores, person).Select(owed => new Todo(
            $"交{owed.Dues.Month.Month}月党费{owed.Missing:0.##}元",
            "/me/history",
            DuesMonth.LastDay(owed.Dues.Month),
            clauses.Count == 0 ? null : string.Join("；", clauses),
            clauses.Count == 0 ? null : ClauseLink.Of(scheme.Fingerprint, clauses[0]),
            owed.Standing switch
            {
                DuesStanding.Open => "月底以前交，算按时",
                DuesStanding.TooLittle or DuesStanding.LateAndTooLittle => $"应交{owed.Dues.Due:0.##}元，只交了{owed.Dues.Paid:0.##}元",
                _ => "这个月已经过了，还没有交",
            },
            "看记录")));
        return todos;
    }

    private static string Say(Shortage shortage)
    {
        var said = $"应达{shortage.Of(shortage.Required)}，已有{shortage.Of(shortage.Had)}";
        if (shortage.Costs < Scoring.Points.Zero)
        {
            said += $"；现在少{-shortage.Costs}分，补上就有";
        }

        return shortage.IsBehind ? $"{said}。按进度到今天应有{shortage.Of(shortage.ByNow)}" : said;
    }
}
