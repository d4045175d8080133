using System.Globalization;
using Jifen.Cycle;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web.SignIn;

/// <summary>What a refusal is over HTTP.</summary>
internal static class Statuses
{
    public static int Of(Refusal refusal) => refusal switch
    {
        TooManyGuesses => StatusCodes.Status429TooManyRequests,
        PasswordsAreQueuing => StatusCodes.Status503ServiceUnavailable,
        AccountIsDisabled => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>Says so to the browser, before the page is rendered.</summary>
    public static void Refuse(this HttpResponse response, Refusal refusal)
    {
        response.StatusCode = Of(refusal);
        if (refusal is PasswordsAreQueuing)
        {
            response.Headers.RetryAfter = GateIsFullException.TryAgainAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }
    }
}
