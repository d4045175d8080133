using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;

namespace Jifen.Store.Reads;

/// <summary>The people of a branch and the open days, as a form or a step needs them.</summary>
public static class RecordDesks
{
    /// <param name="day">standing, category and offices are those of this day</param>
    /// <param name="excluded">whom the person who records may not act for</param>
    public static async Task<RecordDesk> OfAsync(
        SchemesInForce schemes,
        DataScope scope,
        OrganizationId branch,
        DateOnly day,
        IReadOnlyDictionary<PersonId, Refusal>? excluded = null,
        CancellationToken cancel = default)
    {
        var since = await OpenDays.SinceAsync(schemes, scope, branch, cancel);
        var people = await RecordPeople.OfAsync(scope, branch, since, day, cancel);
        return new RecordDesk(
            people.ToDictionary(person => person.Person), scope.Today, since, excluded ?? new Dictionary<PersonId, Refusal>());
    }

    /// <summary>The same for a form: whom this person may not act for is found by the table of actions.</summary>
    public static async Task<RecordDesk> ForFormAsync(
        SchemesInForce schemes,
        DataScope scope,
        OrganizationId branch,
        DateOnly day,
        ActionRow action,
        Actor actor,
        Stage stage = Stage.Recording,
        CancellationToken cancel = default)
    {
        var desk = await OfAsync(schemes, scope, branch, day, null, cancel);
        var target = Target.Of(await Scopes.OfAsync(scope, branch, cancel), stage);
        return desk with
        {
            Excluded = Authority.JudgeEach(action, actor, target, desk.People.Keys).Excluded
                .ToDictionary(one => one.Person, one => one.Verdict.Refusal!),
        };
    }
}
