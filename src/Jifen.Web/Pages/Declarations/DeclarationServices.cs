using Jifen.Store.Reads;
using Jifen.Store.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace Jifen.Web.Pages.Declarations;

internal static class DeclarationServices
{
    /// <summary>What the pages of declarations, reviews, feedback, pledges and self-evaluations need.</summary>
    public static void AddDeclarations(this IServiceCollection services)
    {
        services.AddSingleton<ReviewDesks>();
        services.AddSingleton(provider => provider.GetRequiredService<ReviewDesks>().SigningRecheck);
        services.AddSingleton<DeclarationSteps>();
        services.AddSingleton<Beneficiaries>();
        services.AddSingleton<ReviewSteps>();
        services.AddSingleton<FeedbackSteps>();
        services.AddSingleton<PledgeSteps>();
    }
}
