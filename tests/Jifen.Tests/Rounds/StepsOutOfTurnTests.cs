using System.Globalization;
using Jifen.Cycle;
using Jifen.Cycle.Declarations;
using Jifen.Cycle.Pledges;
using Jifen.Cycle.Rounds;
using Xunit;

namespace Jifen.Tests.Rounds;

/// <summary>
/// Every command that takes a step of 流程, on every step of every scheme: in its turn it goes through, in any other stage it is refused, with
/// what is missing and who does it, and enters nothing.
/// </summary>
public sealed class StepsOutOfTurnTests
{
    private static readonly DateOnly Late = new(2026, 1, 20);
    private static readonly DateOnly Began = new(2026, 1, 5);
    private static readonly DateOnly Done = new(2026, 1, 6);

    public static TheoryData<string> Ids() => new(World.SchemeIds);

    [Fact]
    public void No_command_that_asks_whose_turn_it_is_is_left_out()
    {
        var asking = CycleDocument.Commands().Where(command => CycleDocument.MadeBy(command).Contains(typeof(BeforeAdoption))).Select(command => command.Name);

        Assert.Equal(asking.Order(StringComparer.Ordinal), StepAttempt.All.Select(attempt => attempt.Command.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_command_has_a_step_in_some_scheme_and_every_step_of_a_scheme_a_command()
    {
        var steps = World.SchemeIds.SelectMany(id => YearPlanTests.PlanOf(id, 2025).Steps).ToList();

        Assert.All(StepAttempt.All, attempt => Assert.Contains(steps, step => attempt.Takes(step)));
        Assert.All(steps, step => Assert.Contains(StepAttempt.All, attempt => attempt.Takes(step)));
    }

    [Theory, MemberData(nameof(Ids))]
    public void In_its_turn_every_command_goes_through(string id)
    {
        foreach (var (plan, step, attempt) in Attempts(id))
        {
            var hasToBegin = attempt.Phase == Phase.Ends && step.Step.HasBeginning();
            var ruling = attempt.Ask(Board(plan, [.. EndedBefore(plan, step), .. hasToBegin ? [Mark(step, ended: false)] : Array.Empty<StepMark>()]), step);

            Assert.True(!ruling.IsRefused && ruling.Happenings.Count > 0, $"{attempt.Command.Name} {step.FullName}: {ruling.Refusal?.Message}");
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Before_what_it_rests_on_is_done_it_is_refused_with_each_step_that_is_missing_and_who_takes_it(string id)
    {
        foreach (var (plan, step, attempt) in Attempts(id).Where(one => one.Attempt.Phase != Phase.Writes))
        {
            var resting = step.After.Where(before => !before.Step.IsWindow()).ToList();
            foreach (var missing in resting)
            {
                Refused<NotItsTurn>(attempt, step, Board(plan, [.. EndedBefore(plan, step).Where(mark => !IsOf(mark, missing))]), [missing.FullName, missing.By]);
            }

            if (resting.Count > 0)
            {
                Refused<NotItsTurn>(attempt, step, Board(plan, []), [.. resting.SelectMany(missing => new[] { missing.FullName, missing.By })]);
            }
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Before_its_day_it_is_refused_with_the_day(string id)
    {
        foreach (var (plan, step, attempt) in Attempts(id).Where(one => one.Attempt.Command != typeof(SubmitDeclaration)))
        {
            // What is declared has happened: before its day there is nothing to declare.
            var day = step.Earliest.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);
            Refused<TooEarly>(attempt, step, Board(plan, EndedBefore(plan, step), step.Earliest.AddDays(-1)), [day]);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void What_has_begun_does_not_begin_twice_and_what_has_not_begun_does_not_end(string id)
    {
        foreach (var (plan, step, attempt) in Attempts(id).Where(one => one.Step.Step.HasBeginning()))
        {
            if (attempt.Phase == Phase.Begins)
            {
                Refused<AlreadyBegun>(attempt, step, Board(plan, [.. EndedBefore(plan, step), Mark(step, ended: false)]), ["2026年1月5日"]);
            }
            else if (attempt.Phase == Phase.Ends)
            {
                Refused<NotBegun>(attempt, step, Board(plan, EndedBefore(plan, step)), [step.By]);
            }
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void After_its_end_it_is_refused_with_the_day_it_ended(string id)
    {
        foreach (var (plan, step, attempt) in Attempts(id))
        {
            if (attempt.Phase == Phase.Writes)
            {
                // A window has no end of its own: the step that rests on it begins.
                var board = Board(plan, [Mark(plan.RestingOn(step).First(), ended: false)]);
                var ruling = attempt.Ask(board, step);
                Assert.True(ruling.Refusal is WrittenTooLate or DeclaredTooLate, $"{attempt.Command.Name} {step.FullName}: {ruling.Refusal}");
                Assert.Empty(ruling.Happenings);
                continue;
            }

            Refused<AlreadyEnded>(attempt, step, Board(plan, [.. EndedBefore(plan, step), Mark(step, ended: true)]), ["2026年1月6日"]);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void In_a_round_that_was_over_before_the_branch_had_the_scheme_nothing_is_taken(string id)
    {
        foreach (var (plan, step, attempt) in Attempts(id))
        {
            Refused<BeforeAdoption>(attempt, step, new YearBoard(plan, [], step.Round.Last.AddDays(1), Late), []);
        }
    }

    private static IEnumerable<(YearPlan Plan, PlannedStep Step, StepAttempt Attempt)> Attempts(string id)
    {
        var plan = YearPlanTests.PlanOf(id, 2025);
        return from step in plan.Steps from attempt in StepAttempt.All where attempt.Takes(step) select (plan, step, attempt);
    }

    private static void Refused<T>(StepAttempt attempt, PlannedStep step, YearBoard board, IEnumerable<string> says)
        where T : Refusal
    {
        var ruling = attempt.Ask(board, step);
        Assert.True(ruling.Refusal is T, $"{attempt.Command.Name} {step.FullName}: {typeof(T).Name} expected, {ruling.Refusal?.ToString() ?? "gone through"}");
        Assert.Empty(ruling.Happenings);
        Assert.All(says, word => Assert.Contains(word, ruling.Refusal!.Message, StringComparison.Ordinal));
    }

    /// <summary>Everything that comes before a step, directly or by others, is done.</summary>
    private static List<StepMark> EndedBefore(YearPlan plan, PlannedStep step)
    {
        var before = new HashSet<PlannedStep>();
        var waiting = new Queue<PlannedStep>(step.After);
        while (waiting.TryDequeue(out var one))
        {
            if (before.Add(one))
            {
                one.After.ToList().ForEach(waiting.Enqueue);
            }
        }

        return [.. plan.Steps.Where(one => before.Contains(one) && !one.Step.IsWindow()).Select(one => Mark(one, ended: true))];
    }

    private static bool IsOf(StepMark mark, PlannedStep step) => mark.Round == step.Round.Key && mark.Step == step.Name;

    private static StepMark Mark(PlannedStep step, bool ended) => new(step.Round.Key, step.Name, Began, default, ended ? Done : null, default, default, null, null);

    private static YearBoard Board(YearPlan plan, IEnumerable<StepMark> marks, DateOnly? today = null) => new(plan, marks, null, today ?? Late);
}
