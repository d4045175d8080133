using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Permissions;
using Jifen.Documents.Annexes.Rosters;
using Jifen.Store.Reads;
using Jifen.Store.Steps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jifen.Web.Pages.Members;

/// <summary>What members, posts and organizations need of the host, and their addresses that are files.</summary>
internal static class PeopleRoutes
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void AddPeople(this IServiceCollection services)
    {
        services.TryAddSingleton<SchemesInForce>();
        services.TryAddSingleton<PendingSteps>();
        services.AddSingleton<OrganizationSteps>();
        services.AddSingleton<MemberSteps>();
        services.AddSingleton<OfficeSteps>();
        services.AddSingleton<RosterImportSteps>();
        services.AddSingleton<ImportDrafts>();
    }

    public static void MapPeople(this IEndpointRouteBuilder site)
    {
        site.MapGet("/members/export", ExportAsync).WithMetadata(new NeedsAttribute(Actions.EX2PrintBranchForms.Id));
        site.MapGet("/members/template", () =>
        {
            using var stream = new MemoryStream();
            RosterSheet.WriteTemplate(stream);
            return Results.File(stream.ToArray(), Workbook, "名册（空白）.xlsx");
        }).WithMetadata(new NeedsAttribute(Actions.IM1ImportRoster.Id));
    }

    /// <summary>The roster of one branch as it is today; several branches at once are another right (EX3).</summary>
    private static async Task<IResult> ExportAsync(Guid organization, string? format, Visit visit)
    {
        var me = await visit.SignedInAsync();
        var id = new OrganizationId(organization);
        await using var scope = await visit.ReadAsync();
        if (await Organizations.OneAsync(scope, id, visit.Aborted) is not { KindOf: OrganizationKind.Branch } branch
            || !Authority.Judge(Actions.EX2PrintBranchForms, me, Target.Of(await Scopes.OfAsync(scope, id, visit.Aborted))).IsAllowed)
        {
            return Results.NotFound();
        }

        var people = (await MemberRoll.OnAsync(scope, id, visit.Today, visit.Aborted))
            .Select(row => new RosterEntry(
                row.Number,
                row.Name,
                row.BranchName,
                row.StandingOf,
                row.Category,
                row.PartyGroup,
                row.FromOn,
                PeopleText.Offices(row.Offices) is { Length: > 0 } offices ? offices : null,
                row.Floating,
                row.IsExempt))
            .ToList();
        using var stream = new MemoryStream();
        var name = $"{branch.ShortName}名册{visit.Today:yyyyMMdd}";
        if (format == "csv")
        {
            RosterSheet.WriteCsv(stream, people);
            return Results.File(stream.ToArray(), "text/csv; charset=utf-8", $"{name}.csv");
        }

        RosterSheet.WriteWorkbook(stream, people);
        return Results.File(stream.ToArray(), Workbook, $"{name}.xlsx");
    }
}
