using System.Globalization;
using System.Text;
using Jifen.Cycle;
using Jifen.Web.Components;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web.Pages.Records;

/// <summary>What was typed into a form, as it came; nothing when the page was only asked for.</summary>
internal sealed class SentForm(HttpRequest request)
{
    private readonly IFormCollection _form = request.HasFormContentType ? request.Form : FormCollection.Empty;

    /// <summary>Which button of a form of several was pressed.</summary>
    public const string Button = "do";

    private static readonly HashSet<string> OwnFields = new(StringComparer.Ordinal) { OperationField.Name, Button, "_handler", "__RequestVerificationToken" };

    public bool IsSent { get; } = request.HasFormContentType;

    /// <summary>Of the form that was sent; null when none was.</summary>
    public Guid? Operation => Guid.TryParse(_form[OperationField.Name], out var id) ? id : null;

    /// <summary>The form of this name was sent. It has to stand on the page again, also where its time is over: sent twice, it answers twice.</summary>
    public bool Is(string form) => _form["_handler"] == form;

    public bool Pressed(string button) => _form[Button] == button;

    /// <returns>without spaces around it; empty when nothing was sent</returns>
    public string Text(string name) => _form[name].ToString().Trim();

    public string? TextOrNull(string name) => Text(name) is { Length: > 0 } text ? text : null;

    public bool Has(string name) => _form.ContainsKey(name);

    public IReadOnlyList<string> Many(string name) => [.. _form[name].OfType<string>().Where(text => text.Length > 0)];

    /// <returns>those that are ids, each once, in the order sent</returns>
    public IReadOnlyList<Guid> Ids(string name) =>
        [.. Many(name).Select(text => Guid.TryParse(text, out var id) ? id : (Guid?)null).OfType<Guid>().Distinct()];

    public IReadOnlyList<PersonId> People(string name) => [.. Ids(name).Select(id => new PersonId(id))];

    /// <returns>null when it is no day</returns>
    public DateOnly? Day(string name) => DayOf(Text(name));

    /// <returns>null when it is no number of at most two places</returns>
    public decimal? Number(string name) => NumberOf(Text(name));

    /// <summary>Files that have a name; a field left empty sends one without.</summary>
    public IReadOnlyList<IFormFile> Files(string name) => [.. _form.Files.GetFiles(name).Where(file => file.FileName.Length > 0)];

    /// <summary>Everything that was typed, for a form that sends it on: not the token, the operation and the button.</summary>
    public IEnumerable<(string Name, string Value)> Typed(params IReadOnlyCollection<string> without) =>
        from field in _form
        where !OwnFields.Contains(field.Key) && !without.Contains(field.Key)
        from value in field.Value
        where value is { Length: > 0 }
        select (field.Key, value);

    /// <summary>2025-07-31; also 2025/7/31 and 2025年7月31日, as people type where the browser has no calendar.</summary>
    public static DateOnly? DayOf(string text) => DateOnly.TryParseExact(
        text.Normalize(NormalizationForm.FormKC), ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : null;

    /// <summary>2025-07 as the first day of that month.</summary>
    public static DateOnly? MonthOf(string? text) => DateOnly.TryParseExact(
        text?.Normalize(NormalizationForm.FormKC), ["yyyy-M", "yyyy/M", "yyyy年M月"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is > 1920 and < 2101
        ? month
        : null;

    /// <summary>Chinese keyboards write 。 for the point and full-width figures.</summary>
    public static decimal? NumberOf(string text) => decimal.TryParse(
        text.Normalize(NormalizationForm.FormKC).Replace('。', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && decimal.Round(number, 2) == number
        ? number
        : null;
}
