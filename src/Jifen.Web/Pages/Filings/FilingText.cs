using System.Text;
using Jifen.Cycle.Filings;
using Jifen.Store.Filings;
using Jifen.Web.Components;
using Jifen.Web.Pages.Records;

namespace Jifen.Web.Pages.Filings;

/// <summary>How filings are said, and how their files come in.</summary>
internal static class FilingText
{
    public static string State(FilingState? state) => state is not { } known ? "还没有报" : known switch
    {
        FilingState.Submitted => "已报，等上级办理",
        FilingState.Accepted => "上级已接收",
        FilingState.Returned => "上级退回",
        FilingState.Reopened => "重新开启，要再报",
    };

    public static Tone ToneOf(FilingState? state) => state is not { } known ? Tone.Plain : known switch
    {
        FilingState.Submitted => Tone.Active,
        FilingState.Accepted => Tone.Good,
        FilingState.Returned => Tone.Alarm,
        FilingState.Reopened => Tone.Caution,
    };

    /// <summary>The text of an uploaded file.</summary>
    /// <returns>null when none was chosen, or it is larger than any of ours</returns>
    public static async Task<string?> ReadAsync(SentForm sent, string field, CancellationToken cancel)
    {
        if (sent.Files(field) is not [{ Length: > 0 and <= FilingFile.MostBytes } file])
        {
            return null;
        }

        await using var stream = file.OpenReadStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancel);
    }
}
