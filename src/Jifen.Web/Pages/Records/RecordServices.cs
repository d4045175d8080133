using Jifen.Store.Evidence;
using Jifen.Store.Reads;
using Jifen.Store.Steps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jifen.Web.Pages.Records;

internal static class RecordServices
{
    /// <summary>What the pages of daily records, dues and reports need.</summary>
    public static void AddRecords(this IServiceCollection services)
    {
        services.TryAddSingleton<SchemesInForce>();
        services.TryAddSingleton<LiveScores>();
        services.AddSingleton(provider => new EvidenceStore(provider.GetRequiredService<SiteSettings>().DataFolder));
        services.AddSingleton<EvidenceDrafts>();
        services.AddSingleton<EvidenceSteps>();
        services.AddSingleton<RecordSteps>();
        services.AddSingleton<DuesSteps>();
        services.AddSingleton<ThoughtReportSteps>();
    }
}
