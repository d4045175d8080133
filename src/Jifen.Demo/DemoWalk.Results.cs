using Jifen.Cycle;
using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Filings;
using Jifen.Cycle.Outcomes;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Schemes;
using Jifen.Store.Reads;
using Jifen.Store.Steps;

namespace Jifen.Demo;

/// <summary>汇总、结果运用、备案: what a year comes to.</summary>
internal sealed partial class DemoWalk
{
    private const int DaysForAMeasure = 90;
    private const int DaysUntilTheOfficerAnswers = 2;

    private readonly HashSet<PlannedStep> _put = [];

    private async Task SumUpAsync(PlannedStep step, CancellationToken cancel)
    {
        var (round, secretary) = (step.Round.Key, branch.Secretary);
        var draft = await DraftAsync();
        if (round.Span != Span.Year)
        {
            await branch.TakeAsync(
                id => branch.Annual.SummarizeAsync(branch.Id, new SummarizeRound(round, step.Name, draft.Digest), secretary, id, cancel), branch.Deputy, cancel);
            return;
        }

        foreach (var quota in draft.State.Quotas)
        {
            // Those with the total at the border are all left out: nothing in the points tells them apart.
            var within = quota.Qualifying.Take(quota.Allowed).Select(one => one.Person).Except(quota.TiedAtBorder).ToList();
            var choice = new ChooseWithinQuota(
                round, step.Name, quota.What, quota.Category, within, "支部党员大会", branch.Today, "按总分从高到低，同分的都不列入", null);
            var qualifying = quota.Qualifying.Select(one => one.Person).ToList();
            PersonId[] free = [.. new[] { secretary, branch.Deputy, branch.Committee, branch.People[4].Id }.Except(qualifying), DemoWorld.Officer];
            await branch.TakeAsync(id => branch.Annual.ChooseAsync(branch.Id, choice, qualifying, free[0], id, cancel), free[^1], cancel);
        }

        var digest = draft.State.Quotas.Count == 0 ? draft.Digest : (await DraftAsync()).Digest;
        await branch.TakeAsync(id => branch.Annual.SettleAsync(branch.Id, new SettleYear(round, step.Name, digest), secretary, id, cancel), branch.Deputy, cancel);

        Task<YearDraft> DraftAsync() =>
            branch.ReadAsync(async scope => (await branch.Annual.DraftAsync(scope, branch.Id, round.Year, cancel))!, cancel);
    }

    private async Task FileAsync(PlannedStep step, CancellationToken cancel)
    {
        var isYear = step.Round.Key.Span == Span.Year;
        if (isYear && concludes)
        {
            await ConcludeAsync(step.Round.Key.Year, cancel);
        }

        _put.Add(step);
        if (isYear && filing == DemoFiling.NotSent)
        {
            return;
        }

        await branch.TakeAsync(
            id => branch.Filings.SubmitAsync(branch.Id, new SubmitFiling(step.Round.Key, step.Name), branch.Secretary, id, cancel), branch.Deputy, cancel);
        if (isYear && filing == DemoFiling.Waiting)
        {
            return;
        }

        await branch.MoveToAsync(branch.Time.AddDays(DaysUntilTheOfficerAnswers), cancel);
        var row = (await branch.ReadAsync(scope => FilingList.LastAsync(scope, branch.Id, step.Round.Key.ToString(), step.Name, cancel), cancel))!;
        var isReturned = isYear && filing == DemoFiling.Returned;
        FilingRemark[] remarks = isReturned ? [new(branch.People[^1].Id, "志愿服务时长与团委台账不一致，请核对")] : [];
        await branch.TakeAsync(
            id => branch.Filings.AnswerAsync(row, isReturned ? "个别人的佐证不全，补齐后再报" : null, remarks, DemoWorld.Officer, id, cancel), DemoWorld.Officer, cancel);
        if (!isReturned)
        {
            _put.Remove(step);
        }
    }

    /// <summary>定等次: as the points propose, but for one whom the meeting puts a grade higher.</summary>
    private async Task DecideGradesAsync(PlannedStep step, CancellationToken cancel)
    {
        var year = step.Round.Key.Year;
        var bench = (await branch.ReadAsync(scope => branch.Grades.BenchAsync(scope, branch.Id, year, cancel), cancel))!;
        var graded = bench.Settled.Lines.Where(line => line.Grade is not null).ToList();
        var raised = graded
            .Where(line => line.Person != branch.Secretary && line.Person != branch.Deputy && bench.GradesOf(line.Person)[0] != line.Grade)
            .OrderByDescending(line => line.Total).ThenBy(line => line.Person.Value)
            .FirstOrDefault();
        GradeChosen Chosen(AnnualLine line)
        {
            var grades = bench.GradesOf(line.Person).ToList();
            return line == raised
                ? new GradeChosen(line.Person, grades[grades.IndexOf(line.Grade!) - 1], "评议时多数同志评在上一等，平时带头作用明显")
                : new GradeChosen(line.Person, line.Grade!, null);
        }

        var command = new DecideGrades(step.Round.Key, step.Name, "支部党员大会", branch.Today, [.. graded.Select(Chosen)], bench.Digest);
        await branch.TakeAsync(id => branch.Grades.DecideAsync(branch.Id, command, branch.Secretary, id, cancel), branch.Deputy, cancel);
    }

    /// <summary>What follows for whom: one consequence approved and carried out, one not taken, one still with the officer.</summary>
    private async Task ConcludeAsync(int year, CancellationToken cancel)
    {
        var settled = (await branch.ReadAsync(scope => SettledYears.OfAsync(scope, branch.Id, year, cancel), cancel))!;
        var scheme = (await branch.ReadAsync(scope => branch.Boards.OfAsync(scope, branch.Id, year, cancel), cancel))!.InForce.Scheme;
        var measures = scheme.Outcomes.ToDictionary(outcome => outcome.Id, outcome => MeasureText.NamedIn(outcome.Result), StringComparer.Ordinal);
        // Who is to be helped comes first, then from the lowest total up.
        var held = settled.Table.Lines
            .Where(line => settled.OutcomesOf(line).Count > 0)
            .Select(line => (line.Person, line.Total, Outcome: settled.OutcomesOf(line).MaxBy(outcome => measures[outcome].Count)!))
            .OrderByDescending(one => measures[one.Outcome].Count > 0).ThenBy(one => one.Total).ThenBy(one => one.Person.Value)
            .ToList();
        var chosen = held.Take(2).Concat(held.TakeLast(1)).DistinctBy(one => one.Person).ToList();
        for (var i = 0; i < chosen.Count; i++)
        {
            var (about, _, outcome) = chosen[i];
            var by = about == branch.Secretary ? branch.Deputy : branch.Secretary;
            // Two years running needs a year before that was settled: then it is not taken, with that reason.
            if (i == 1 || await ProposeAsync(true, "大会讨论通过，按办法采纳") is LastYearIsNotSettled)
            {
                await ProposeAsync(false, "大会讨论后认为情况特殊，今年不采纳");
            }
            else if (i == 0)
            {
                await branch.TakeAsync(
                    id => branch.Outcomes.AnswerAsync(branch.Id, new AnswerOutcome(year, true, null), [new(about, outcome)], DemoWorld.Officer, id, cancel), DemoWorld.Officer, cancel);
                if (measures[outcome] is [var kind, ..])
                {
                    await HelpAsync(new BeginMeasure(branch.NextId(), kind, branch.Today.AddDays(DaysForAMeasure), by, year, outcome), about, by, cancel);
                }
            }

            async Task<Refusal?> ProposeAsync(bool isTaken, string reason)
            {
                var alternative = scheme.Outcomes.First(one => one.Id == outcome).Alternatives.Cast<string?>().FirstOrDefault();
                var command = new ProposeOutcome(year, isTaken, "支部党员大会", branch.Today, reason, alternative);
                var refusal = await branch.TryAsync(id => branch.Outcomes.ProposeAsync(branch.Id, command, [new(about, outcome)], by, id, cancel), branch.Committee, cancel);
                return refusal is null or LastYearIsNotSettled ? refusal : throw new InvalidOperationException($"{branch.Organization.Name}: {refusal.Message}");
            }
        }
    }

    private async Task HelpAsync(BeginMeasure begin, PersonId about, PersonId by, CancellationToken cancel)
    {
        await branch.TakeAsync(id => branch.Outcomes.BeginMeasureAsync(branch.Id, begin, about, by, id, cancel), branch.Committee, cancel);
        var record = new RecordMeasure(begin.Measure, "在支部办公室谈话，本人谈了困难，表示按时参加活动", branch.Today);
        await branch.TakeAsync(id => branch.Outcomes.RecordMeasureAsync(branch.Id, record, about, null, by, id, cancel), branch.Committee, cancel);
    }
}
