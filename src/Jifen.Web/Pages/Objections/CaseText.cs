using Jifen.Cycle.Objections;
using Jifen.Scoring.Schemes;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Objections;

/// <summary>Cases in words.</summary>
internal static class CaseText
{
    public static string Name(this CaseSubject about) => about switch
    {
        CaseSubject.OwnResult => "本人结果",
        CaseSubject.OthersResult => "他人结果",
        CaseSubject.Work => "积分工作",
    };

    public static string Name(this CaseState state) => state switch
    {
        CaseState.Raised => "等核实",
        CaseState.Investigated => "等答复",
        CaseState.Answered => "等党员大会通报",
        CaseState.Closed => "已办结",
    };

    public static Tone ToneOf(this CaseState state) => state switch
    {
        CaseState.Closed => Tone.Good,
        CaseState.Answered => Tone.Active,
        _ => Tone.Caution,
    };

    /// <summary>What an entry says: 9月12日 迟到（主题党日）</summary>
    public static string Of(CaseEntry entry, Scheme? scheme)
    {
        var what = entry.Type switch
        {
            "fact" or "declaration" => scheme?.FactKinds.FirstOrDefault(kind => kind.Id == entry.What)?.Name ?? entry.What,
            "attendance" => Attendances.Of(entry.What)?.Name() ?? entry.What,
            _ => entry.What,
        };
        return $"{DayText.MonthDay(entry.On)} {what}{(entry.Detail is { Length: > 0 } detail ? $"（{detail}）" : "")}{(entry.Type == "declaration" ? "，申报没有认定" : "")}";
    }
}
