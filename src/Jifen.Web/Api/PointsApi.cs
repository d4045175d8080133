using System.Globalization;
using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Scorecards;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Pages.Points;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web.Api;

/// <summary>Points for programs: what the pages show, judged and logged as there.</summary>
internal static class PointsApi
{
    public static async Task<IResult> OwnAsync(Visit visit, LiveScores live, string? on)
    {
        if (DayOf(visit, on) is not { } day)
        {
            return NoSuchDay(on!);
        }

        var me = await visit.SignedInAsync();
        await using var scope = await visit.ReadAsync();
        if (me.Branch is not { } branch || await Organizations.OneAsync(scope, branch, visit.Aborted) is not { } organization
            || await live.OnAsync(scope, branch, day, visit.Aborted) is not { } year || year.Scores.PersonOf(me.Person) is not { } person)
        {
            return ApiProblem.Of(StatusCodes.Status404NotFound, "这一天您不在任何支部，或者还没有采用积分办法。");
        }

        var where = await Scopes.OfAsync(scope, branch, visit.Aborted);
        if (Authority.Judge(Actions.RC5ReadOwnPoints, me, Target.About(me.Person, where)).Refusal is { } refusal)
        {
            return ApiProblem.Of(StatusCodes.Status403Forbidden, refusal.Message, refusal.Clause);
        }

        var card = year.Scores.CardOf(me.Person);
        return TypedResults.Ok(new OwnPoints(
            branch.Value,
            organization.Name,
            year.InForce.Year,
            day,
            year.InForce.Scheme.Id,
            year.InForce.Fingerprint,
            PointsOf(year, person, showsItems: true, showsTotal: true),
            card.Rank > 0 ? card.Rank : null,
            card.Rank > 0 ? card.RankedPeople : null));
    }

    public static async Task<IResult> OfBranchAsync(Visit visit, LiveScores live, Guid branch, string? on, string? reason)
    {
        if (DayOf(visit, on) is not { } day)
        {
            return NoSuchDay(on!);
        }

        var id = new OrganizationId(branch);
        var me = await visit.SignedInAsync();
        await using var scope = await visit.ReadAsync();
        if (await Organizations.OneAsync(scope, id, visit.Aborted) is not { } organization)
        {
            return ApiProblem.Of(StatusCodes.Status404NotFound, new NoSuchPage().Message);
        }

        var target = Target.Of(await Scopes.OfAsync(scope, id, visit.Aborted));
        var items = Authority.Judge(Actions.RC6ReadOthersPoints, me, target);
        if (items.Refusal is { } refusal)
        {
            return ApiProblem.Of(StatusCodes.Status403Forbidden, refusal.Message, refusal.Clause);
        }

        var proposals = Authority.Judge(Actions.RS1ReadProposals, me, target);
        var stated = await StatedAsync(visit, scope, items, id, reason);
        if (items.IsWithout(stated))
        {
            return ApiProblem.Of(StatusCodes.Status403Forbidden, "看下级支部每个人的积分要说明理由，理由会留痕。请在地址里写 reason=理由。");
        }

        if (await live.OnAsync(scope, id, day, visit.Aborted) is not { } year)
        {
            return ApiProblem.Of(StatusCodes.Status404NotFound, "这一天还没有采用积分办法。");
        }

        var people = year.Scores.People.Where(person => person.Presence == Presence.OnRoll).ToList();
        var showsTotal = proposals.IsAllowedWith(reason: null);
        await ReadLog.EnterAsync(scope, items, id, "积分表（接口）", people.Select(person => person.Person), stated, visit.Now, visit.Aborted);
        await scope.CommitAsync();
        return TypedResults.Ok(new BranchPoints(
            branch,
            organization.Name,
            year.InForce.Year,
            day,
            year.InForce.Scheme.Id,
            year.InForce.Fingerprint,
            people.ConvertAll(person => PointsOf(year, person, showsItems: true, showsTotal))));
    }

    private static async Task<string?> StatedAsync(Visit visit, DataScope scope, Verdict verdict, OrganizationId branch, string? reason)
    {
        if (verdict.IsWithout(reason: null) && !string.IsNullOrWhiteSpace(reason))
        {
            var said = reason.Trim();
            await ReadLog.StateReasonAsync(scope, branch, said.Length > PointsRoutes.LongestReason ? said[..PointsRoutes.LongestReason] : said, visit.Now, visit.Aborted);
        }

        return await ReadLog.ReasonAsync(scope, verdict, branch, visit.Now, visit.Aborted);
    }

    private static PersonPoints PointsOf(LiveYear year, ScoredPerson person, bool showsItems, bool showsTotal)
    {
        var card = year.Scores.CardOf(person.Person);
        return new PersonPoints(
            person.Person.Value,
            person.Member.Name,
            showsItems && card.HasScorecard
                ? year.InForce.Scheme.Sections.Select(section => new SectionPoints(
                    section.Id, section.Name, card.Sections.FirstOrDefault(one => one.Id == section.Id)?.Points.ToString() ?? "0")).ToList()
                : [],
            showsTotal && card.HasScorecard ? card.Total.ToString() : null,
            showsTotal && card.HasScorecard ? card.Grade : null);
    }

    private static DateOnly? DayOf(Visit visit, string? on) => on is null ? visit.Today
        : DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day <= visit.Today ? day : null;

    private static IResult NoSuchDay(string on) => ApiProblem.Of(StatusCodes.Status400BadRequest, $"on 要写今天或以前的一天，如 2026-06-28；写的是“{on}”。");
}
