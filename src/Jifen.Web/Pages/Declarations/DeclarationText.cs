using Jifen.Cycle.Declarations;
using Jifen.Scoring.Schemes;
using Jifen.Store.Reads;
using Jifen.Web.Components;
using Jifen.Web.Pages.Records;

namespace Jifen.Web.Pages.Declarations;

/// <summary>Declarations in words.</summary>
internal static class DeclarationText
{
    public static string Name(this DeclarationState state) => state switch
    {
        DeclarationState.Submitted => "等核实",
        DeclarationState.Withdrawn => "已撤回",
        DeclarationState.Returned => "退回补充",
        DeclarationState.Replaced => "已补充重交",
        DeclarationState.Accepted => "已认定",
        DeclarationState.Rejected => "不认定",
    };

    public static Tone ToneOf(this DeclarationState state) => state switch
    {
        DeclarationState.Submitted => Tone.Active,
        DeclarationState.Returned => Tone.Alarm,
        DeclarationState.Accepted => Tone.Good,
        DeclarationState.Rejected => Tone.Caution,
        _ => Tone.Faded,
    };

    /// <summary>党内表彰，学校，优秀共产党员</summary>
    public static string What(DeclarationRow row, IReadOnlyDictionary<string, FactKind> kinds)
    {
        var kind = kinds.GetValueOrDefault(row.Kind);
        var detail = Detail(row, kind);
        return detail.Length == 0 ? kind?.Name ?? row.Kind : $"{kind?.Name ?? row.Kind}，{detail}";
    }

    public static string Detail(DeclarationRow row, FactKind? kind) =>
        RecordText.Fact(kind, row.Quantity ?? 1, row.Level, row.Content, null)
        + (row.Points is { } points ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(row.Level is null && row.Content is null ? "" : "，")}建议{points:0.##}分") : "");

    /// <summary>学校，5月3日，第二支部 … of what may be the same matter.</summary>
    public static string Known(KnownMatter known) =>
        $"{known.Name}，{DayText.Full(known.On)}{(known.Level is null ? "" : $"，{known.Level}")}{(known.Content is null ? "" : $"，{known.Content}")}（{(known.Entry is null ? "已申报，等核实" : "已登记")}）";
}
