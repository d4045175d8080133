using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Documents.Annexes;
using Jifen.Store.Filings;
using Jifen.Store.Reads;
using Jifen.Store.Steps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Jifen.Web.Pages.AnnualResults;

/// <summary>What settling, using and filing the year need of the host, and their addresses that are files.</summary>
internal static class ResultRoutes
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void AddResults(this IServiceCollection services)
    {
        services.AddSingleton<AnnualSteps>();
        services.AddSingleton(provider => provider.GetRequiredService<AnnualSteps>().SettlementRecheck);
        services.AddSingleton<GradeSteps>();
        services.AddSingleton(provider => provider.GetRequiredService<GradeSteps>().DecisionRecheck);
        services.AddSingleton<OutcomeSteps>();
        services.AddSingleton(provider => provider.GetRequiredService<OutcomeSteps>().ApprovalRecheck);
        services.AddSingleton<FilingMaker>();
        services.AddSingleton<FilingSteps>();
        services.AddSingleton(provider => provider.GetRequiredService<FilingSteps>().SubmissionRecheck);
    }

    public static void MapResults(this IEndpointRouteBuilder site)
    {
        site.MapGet("/rounds/{key}/totals.xlsx", Annex4Async).WithMetadata(new NeedsAttribute(Actions.EX2PrintBranchForms.Id));
        site.MapGet("/filings/{id:guid}/package", PackageAsync).WithMetadata(new NeedsAttribute(Actions.RS1ReadProposals.Id));
        site.MapGet("/filings/receipts/{digest:regex(^[0-9a-f]{{64}}$)}", ReceiptAsync).WithMetadata(new NeedsAttribute(Actions.RS4FileResults.Id));
    }

    /// <summary>备案材料 as one file, for a superior in another installation.</summary>
    private static async Task<IResult> PackageAsync(Guid id, Visit visit)
    {
        var me = await visit.SignedInAsync();
        await using var scope = await visit.ReadAsync();
        if (await FilingList.OneAsync(scope, id, visit.Aborted) is not { } filing
            || await FilingList.PackageAsync(scope, id, visit.Aborted) is not { } text
            || FilingFile.ReadPackage(text).Package is not { } package)
        {
            return TypedResults.NotFound();
        }

        var verdict = Authority.Judge(Actions.RS1ReadProposals, me, Target.Of(await Scopes.OfAsync(scope, filing.OrganizationId, visit.Aborted)));
        var reason = await ReadLog.ReasonAsync(scope, verdict, filing.OrganizationId, visit.Now, visit.Aborted);
        if (!verdict.IsAllowedWith(reason))
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        await ReadLog.EnterAsync(scope, verdict, filing.OrganizationId, "备案材料", package.Members.Select(member => member.Person), reason, visit.Now, visit.Aborted);
        await scope.CommitAsync();
        return TypedResults.File(System.Text.Encoding.UTF8.GetBytes(text), "application/json", $"{package.Organization.Name}{package.RoundName}{filing.Step}.json");
    }

    private static async Task<IResult> ReceiptAsync(string digest, Visit visit)
    {
        await visit.SignedInAsync();
        await using var scope = await visit.ReadAsync();
        return await FilingList.ReceiptAsync(scope, digest, visit.Aborted) is { } text
            ? TypedResults.File(System.Text.Encoding.UTF8.GetBytes(text), "application/json", $"备案回执{digest[..8]}.json")
            : TypedResults.NotFound();
    }

    /// <summary>总分表 and 附件4, as the branch files them; of a settled year as it stood when it was settled.</summary>
    private static async Task<IResult> Annex4Async(string key, string? branch, Visit visit, LiveScores live)
    {
        var me = await visit.SignedInAsync();
        await using var scope = await visit.ReadAsync();
        var wanted = Guid.TryParse(branch, out var asked) ? new OrganizationId(asked) : me.Branch;
        if (RoundKey.Read(key) is not { } round || wanted is not { } id
            || await Organizations.OneAsync(scope, id, visit.Aborted) is not { } organization)
        {
            return TypedResults.NotFound();
        }

        var verdict = Authority.Judge(Actions.EX2PrintBranchForms, me, Target.Of(await Scopes.OfAsync(scope, id, visit.Aborted)));
        var reason = await ReadLog.ReasonAsync(scope, verdict, id, visit.Now, visit.Aborted);
        if (!verdict.IsAllowedWith(reason))
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        var settled = await SettledYears.OfAsync(scope, id, round.Year, visit.Aborted);
        if (await live.OfAsync(scope, id, round.Year, settled?.AsOf ?? visit.Today, visit.Aborted) is not { } year)
        {
            return TypedResults.NotFound();
        }

        var here = year.Scores.OfThoseScoredHere();
        using var stream = new MemoryStream();
        var numbers = await KnownNames.NumbersAsync(scope, here.People.Select(person => person.Person), visit.Aborted);
        // With the grades that were decided, where they were.
        var (scorer, totals) = settled is { Decided.Count: > 0 } ? here.WithGrades(settled.DecidedGrades) : (here.Scorer, here.Totals);
        TotalsWorkbook.Write(stream, scorer, totals, settled?.SettledOn ?? visit.Today, settled is not null, member => numbers.GetValueOrDefault(member, ""));
        await ReadLog.EnterAsync(scope, verdict, id, "附件4", here.People.Select(person => person.Person), reason, visit.Now, visit.Aborted);
        await scope.CommitAsync();
        return TypedResults.File(stream.ToArray(), Workbook, $"{organization.ShortName}{round}积分汇总.xlsx");
    }
}
