using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.AnnualResults;

/// <summary>名额超出时的取舍: who is within the quota, by which meeting, why, and how a tie at its border was settled.</summary>
/// <param name="People">those within it; nobody is a choice too</param>
/// <param name="On">the day of the meeting</param>
public sealed record ChooseWithinQuota(
    RoundKey Round, string Step, string What, string? Category, IReadOnlyList<PersonId> People, string Body, DateOnly On, string Reason, string? TieRule)
{
    /// <param name="quota">as it is exceeded now; null when it is not</param>
    /// <param name="names">of those who meet it, for the messages</param>
    public Ruling Decide(YearBoard board, ExceededQuota? quota, Func<PersonId, string> names)
    {
        if (board.Plan.Find(Round, Step) is not { } step)
        {
            return new NoSuchRoundStep(Step);
        }

        if (board.StateOf(step) == StepState.Ended)
        {
            return new AlreadyEnded(step, board.MarkOf(step)!.EndedOn!.Value);
        }

        if (quota is null)
        {
            return new QuotaIsNotExceeded();
        }

        var people = People.Distinct().ToList();
        if (people.Find(person => quota.Qualifying.All(one => one.Person != person)) is { Value: var stranger } && stranger != Guid.Empty)
        {
            return new NotAmongThoseWhoQualify();
        }

        if (people.Count > quota.Allowed)
        {
            return new MoreThanTheQuota(quota.Text, quota.Allowed, people.Count);
        }

        var faults = new[]
        {
            WrittenText.Fault("body", "由谁定的", Body, WrittenText.LongestTitle, "如“支部党员大会”"),
            WrittenText.ReasonFault(Reason),
            On > board.Today ? new RowFault(RowFault.WholeForm, Fields.On, "开会的日子还没到") : null,
            IsTieSplit(quota, people) && WrittenText.OrNull(TieRule) is null
                ? new RowFault(RowFault.WholeForm, "tie-rule", $"{string.Join("、", quota.TiedAtBorder.Select(names))}同分，只取其中几人，要写明同分怎么定")
                : null,
        }.OfType<RowFault>().ToList();
        return faults.Count > 0
            ? new InputIsWrong(faults)
            : new Happening(
                new QuotaChosen(Round.Year, What, Category, people, Reason.Trim(), WrittenText.OrNull(TieRule), Body.Trim()),
                On: On,
                Ground: Body.Trim(),
                Clause: quota.Clauses is [var clause, ..] ? clause : null);
    }

    /// <summary>Of those with one total at the border some are in and some are not.</summary>
    private static bool IsTieSplit(ExceededQuota quota, List<PersonId> people) =>
        quota.TiedAtBorder is { Count: > 0 } tied && tied.Any(people.Contains) && !tied.All(people.Contains);
}

/// <summary>撤回取舍, before the year is settled.</summary>
public sealed record WithdrawQuotaChoice(RoundKey Round, string Step, string What, string? Category, string Reason)
{
    /// <param name="isChosen">there is such a choice</param>
    public Ruling Decide(YearBoard board, bool isChosen)
    {
        if (board.Plan.Find(Round, Step) is not { } step)
        {
            return new NoSuchRoundStep(Step);
        }

        if (board.StateOf(step) == StepState.Ended)
        {
            return new AlreadyEnded(step, board.MarkOf(step)!.EndedOn!.Value);
        }

        if (!isChosen)
        {
            return new QuotaIsNotExceeded();
        }

        return WrittenText.ReasonFault(Reason) is { } fault
            ? new InputIsWrong([fault])
            : new Happening(new QuotaChoiceWithdrawn(Round.Year, What, Category, Reason.Trim()), On: board.Today, Ground: Reason.Trim());
    }
}
