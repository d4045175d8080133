using Jifen.Cycle;
using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>定等次: writing down what evaluation and meeting made of the grades the points propose.</summary>
public sealed class GradeSteps(StepRunner steps, YearBoards boards, LiveScores live)
{
    /// <summary>定等次 of the whole branch, by two people.</summary>
    public Task<StepResult> DecideAsync(OrganizationId branch, DecideGrades command, PersonId by, OperationId operation, CancellationToken cancel = default) => steps.TakeAsync(
        new Step(by, Actions.GD1DecideGrades, branch, operation, command, $"{command.Round.Year}年度定等次：{command.Grades.Count}人，{command.Body}")
        {
            Concerned = command.Concerned,
            IsOneCase = true,
            FindStage = scope => boards.StageOfAsync(scope, branch, command.Round, cancel),
        },
        async context => await boards.BoardAsync(context.Scope, branch, command.Round, cancel) is { } board
            ? command.Decide(board, await BenchAsync(context.Scope, branch, command.Round.Year, cancel))
            : new NoSuchRoundStep(command.Step),
        cancel);

    /// <inheritdoc cref="BenchAsync(DataScope, OrganizationId, SettledYear, CancellationToken)"/>
    public async Task<GradeBench?> BenchAsync(DataScope scope, OrganizationId branch, int year, CancellationToken cancel = default) =>
        await SettledYears.OfAsync(scope, branch, year, cancel) is { } settled ? await BenchAsync(scope, branch, settled, cancel) : null;

    /// <summary>What grades are decided on today.</summary>
    /// <returns>null: the year is not settled, or no scheme is in force</returns>
    public async Task<GradeBench?> BenchAsync(DataScope scope, OrganizationId branch, SettledYear settled, CancellationToken cancel = default)
    {
        if (await live.OfAsync(scope, branch, settled.Year, settled.AsOf, cancel) is not { Scores: var scores })
        {
            return null;
        }

        return new GradeBench(settled.Table, settled.Digest, await OpenCases.CountAsync(scope, branch, settled.Year, cancel))
        {
            GradesOf = person => scores.PersonOf(person) is { } known ? [.. scores.Plan.Scheme.Grades.Where(grade => grade.AppliesTo(known.Member.Category)).Select(grade => grade.Name).Distinct()] : [],
            NameOf = person => scores.PersonOf(person)?.Member.Name ?? "（不在册）",
            WorkOut = grades =>
            {
                var (scorer, totals) = scores.WithGrades(grades);
                return (AnnualTable.Of(scores, scorer, totals), ExceededQuota.Of(scores, totals));
            },
        };
    }

    /// <summary>
    /// Between the two signatures the year may have been opened again, an objection raised, or the grades decided.
    /// </summary>
    public Recheck DecisionRecheck => new(Actions.GD1DecideGrades, async (scope, branch, happenings, cancel) =>
    {
        if (happenings.Select(one => one.Event).OfType<RoundStepEnded>().LastOrDefault() is not { } asked)
        {
            return null;
        }

        var round = RoundKey.Known(asked.Round);
        if (await boards.BoardAsync(scope, branch, round, cancel) is not { } board || await BenchAsync(scope, branch, round.Year, cancel) is not { } bench)
        {
            return new YearIsNotSettled(round.Year);
        }

        var decided = happenings.Where(one => one.Event is GradeDecided).Select(one => (Person: one.About!.Value, Grade: (GradeDecided)one.Event, one.On)).ToList();
        var again = new DecideGrades(
            round, asked.Step, decided.Select(one => one.Grade.Body).FirstOrDefault() ?? "", decided.Select(one => one.On).FirstOrDefault() ?? scope.Today,
            [.. decided.Select(one => new GradeChosen(one.Person, one.Grade.Grade, one.Grade.Reason))], asked.Digest ?? "").Decide(board, bench);
        return again.Refusal
            ?? (again.Happenings.Select(one => one.Event).OfType<GradeDecided>().Select(Compared).SequenceEqual(decided.Select(one => Compared(one.Grade))) ? null : new StateHasChanged());
    });

    // A record compares a list by what it is, not by what it holds.
    private static string Compared(GradeDecided one) => $"{one.Proposed} {one.Grade} {string.Join(';', one.Outcomes)} {one.Reason}";
}
