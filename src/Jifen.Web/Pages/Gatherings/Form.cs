using System.Globalization;
using Jifen.Cycle;
using Jifen.Web.Components;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web.Pages.Gatherings;

/// <summary>What was typed into a form, as it came.</summary>
internal static class Form
{
    /// <summary>The operation id of a form that was sent; null when none was.</summary>
    public static Guid? OperationOf(HttpRequest request) =>
        request.HasFormContentType && Guid.TryParse(request.Form[OperationField.Name], out var id) ? id : null;

    /// <returns>trimmed; empty when nothing was sent</returns>
    public static string Text(HttpRequest request, string name) => request.HasFormContentType ? request.Form[name].ToString().Trim() : "";

    public static string? TextOrNull(HttpRequest request, string name) => Text(request, name) is { Length: > 0 } text ? text : null;

    /// <returns>null when it is no day</returns>
    public static DateOnly? Day(HttpRequest request, string name) =>
        DateOnly.TryParseExact(Text(request, name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <returns>null when it is no time of day</returns>
    public static TimeOnly? Time(HttpRequest request, string name) =>
        TimeOnly.TryParseExact(Text(request, name), ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>Chinese keyboards write 。 for the point and full-width figures.</summary>
    public static decimal? Number(HttpRequest request, string name) =>
        decimal.TryParse(
            Text(request, name).Normalize(System.Text.NormalizationForm.FormKC).Replace('。', '.'),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number)
            ? number
            : null;

    /// <returns>those that are ids, each once, in the order sent</returns>
    public static IReadOnlyList<PersonId> People(HttpRequest request, string name) =>
        !request.HasFormContentType ? [] : [.. request.Form[name]
            .Select(text => Guid.TryParse(text, out var id) ? new PersonId(id) : (PersonId?)null)
            .OfType<PersonId>()
            .Distinct()];
}
