using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web.Pages.Members;

/// <summary>What was typed into the form that was sent, as it came: a refused form gives all of it back.</summary>
internal readonly struct SentForm(HttpRequest request)
{
    private readonly HttpRequest _request = request;

    public bool IsSent => _request.HasFormContentType;

    /// <returns>what was sent, trimmed; otherwise what stood there before; null instead of nothing</returns>
    public string? Text(string name, string? before = null)
    {
        var text = IsSent ? _request.Form[name].ToString().Trim() : before;
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <returns>null when it is no day</returns>
    public DateOnly? Day(string name) =>
        DateOnly.TryParseExact(Text(name) ?? "", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>For the field: the day sent, or the one proposed.</summary>
    public DateOnly? Day(string name, DateOnly? before) => IsSent ? Day(name) : before;

    public Guid? Id(string name) => Guid.TryParse(Text(name), out var id) ? id : null;

    public T? Word<T>(string name)
        where T : struct, Enum => Cycle.Words.Read<T>(Text(name) ?? "");

    public bool IsTicked(string name) => Text(name) is not null;

    public IFormFile? File(string name) => IsSent ? _request.Form.Files.GetFile(name) : null;
}
