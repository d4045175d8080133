using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web.SignIn;

/// <summary>A form's token, demanded also where no field of the form is read.</summary>
internal static class FormToken
{
    public static RouteHandlerBuilder RequireFormToken(this RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new Demanded())
        .AddEndpointFilter(async (invocation, next) =>
            invocation.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }
                ? await next(invocation)
                : throw new AntiforgeryValidationException("the form carries no token"));

    private sealed class Demanded : IAntiforgeryMetadata
    {
        public bool RequiresValidation => true;
    }
}
