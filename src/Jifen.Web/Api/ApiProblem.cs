using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jifen.Web.Api;

/// <summary>Why a program got nothing: the same words people read, as problem+json.</summary>
internal static class ApiProblem
{
    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    public static ProblemHttpResult Of(int status, string message, string? clause = null) =>
        TypedResults.Problem(message, statusCode: status, extensions: clause is null ? null : new Dictionary<string, object?>(StringComparer.Ordinal) { ["clause"] = clause });

    public static Task ShowAsync(HttpContext context, int status, string message) => Of(status, message).ExecuteAsync(context);
}
