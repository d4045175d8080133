using Jifen.Store.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace Jifen.Web.Pages.Notices;

internal static class NoticeServices
{
    /// <summary>What the pages of notices, objections, exemptions and the calendar need.</summary>
    public static void AddNotices(this IServiceCollection services)
    {
        services.AddSingleton<CalendarSteps>();
        services.AddSingleton<NoticeSteps>();
        services.AddSingleton<CaseSteps>();
        services.AddSingleton<ExemptionSteps>();
    }
}
