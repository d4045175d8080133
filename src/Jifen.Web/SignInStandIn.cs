using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Jifen.Web;

internal static class SignInStandIn
{
    public static void AddSignIn(this IServiceCollection services, SiteSettings settings) => services.AddAuthentication();

    public static void MapSignIn(this IEndpointRouteBuilder site)
    {
    }
}
