using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Web.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jifen.Web;

/// <summary>
/// Holds every request against the action its endpoint names. Whether somebody may act on this organization and this person is judged again
/// where the step is taken; here stands who is let in at all.
/// </summary>
internal sealed class ActionGate(RequestDelegate next)
{
    /// <summary>Comes with the pages, for scripts we do not have; named by nobody, so the gate shuts it.</summary>
    private const string OfTheFramework = "Blazor Opaque Redirection";

    public async Task InvokeAsync(HttpContext context, Visit visit)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null || endpoint.Metadata.GetMetadata<OpenToAllAttribute>() is not null)
        {
            await next(context);
            return;
        }

        if (endpoint.Metadata.GetMetadata<NeedsAttribute>() is not { } needs)
        {
            await ErrorPages.ShowAsync(context, StatusCodes.Status404NotFound, "没有这一页。请从首页再找。");
            return;
        }

        // Demanded of every endpoint before the program starts.
        var action = ActionTable.Find(needs.Action)!;
        var actor = await visit.ActorAsync();
        if (actor is null)
        {
            // Some pages are for the public too; signed in or not, they are the same.
            if (Authority.MayEver(action, null, Scope.Installation))
            {
                await next(context);
                return;
            }

            if (ApiProblem.IsApi(context.Request))
            {
                await ErrorPages.ShowAsync(context, StatusCodes.Status401Unauthorized, "没有登录，或登录已经过期。请先在网页上登录。");
                return;
            }

            SendToSignIn(context);
            return;
        }

        if (!IsLetIn(action, actor))
        {
            await ErrorPages.ShowAsync(context, StatusCodes.Status403Forbidden, new NotLetIn(action).Message);
            return;
        }

        await next(context);
    }

    /// <exception cref="InvalidOperationException">an endpoint names no action, or one that is not in the table</exception>
    public static void DemandActions(IEndpointRouteBuilder site)
    {
        var nameless = EndpointsOf(site)
            .Where(endpoint => endpoint.DisplayName != OfTheFramework && endpoint.Metadata.GetMetadata<OpenToAllAttribute>() is null
                && (endpoint.Metadata.GetMetadata<NeedsAttribute>() is not { } needs || ActionTable.Find(needs.Action) is null))
            .Select(endpoint => endpoint.DisplayName)
            .ToList();
        if (nameless.Count > 0)
        {
            throw new InvalidOperationException($"endpoints without an action of the table: {string.Join("; ", nameless)}");
        }
    }

    /// <summary>Every endpoint that can be asked for.</summary>
    public static IEnumerable<RouteEndpoint> EndpointsOf(IEndpointRouteBuilder site) =>
        site.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    /// <summary>Some organization in which this person could take the action: the own branch, or where an office is held.</summary>
    internal static bool IsLetIn(ActionRow action, Actor actor)
    {
        if (Authority.MayEver(action, actor, Scope.Installation))
        {
            return true;
        }

        // Offices look down: what is below an officer's organization is judged with that organization above it.
        return actor.Posts.Any(post =>
                Authority.MayEver(action, actor, new Scope(post.Organization, post.Kind, [], null, []))
                || Authority.MayEver(action, actor, new Scope(default, Cycle.Organizations.OrganizationKind.Branch, [post.Organization], null, [])))
            || (actor.Branch is { } branch
                && Authority.MayEver(action, actor, new Scope(branch, Cycle.Organizations.OrganizationKind.Branch, [], null, [])));
    }

    private static void SendToSignIn(HttpContext context)
    {
        var request = context.Request;
        // A form that was sent without a session: the page comes again after signing in, what was typed is in the browser's draft.
        var back = HttpMethods.IsGet(request.Method) ? $"{request.Path}{request.QueryString}" : $"{request.Path}";
        context.Response.Redirect($"/sign-in?return={Uri.EscapeDataString(back)}");
    }
}

/// <summary>The page is for other offices.</summary>
public sealed record NotLetIn(ActionRow Action) : Refusal(
    // What an office keeps one from, no further office helps to.
    IsForMembersWithoutOffice(Action)
        ? $"“{Action.Name}”由本支部不担任职务的党员办：书记、支委、考评小组成员、记录员都不能办。"
        : $"“{Action.Name}”不在您现在的职务之内。如果职务刚有变动，请让书记或组织员在“任职”里登记。",
    Action.Clause)
{
    private static bool IsForMembersWithoutOffice(ActionRow action) => !action[Role.Member].IsDenied
        && action[Role.Recorder].IsDenied && action[Role.Evaluator].IsDenied && action[Role.Committee].IsDenied && action[Role.Secretary].IsDenied;
}
