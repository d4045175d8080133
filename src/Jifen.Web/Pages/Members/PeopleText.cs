using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Scoring.Facts;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Members;

/// <summary>Words of members and posts as the pages say them.</summary>
internal static class PeopleText
{
    public static string Of(Aspect aspect) => aspect switch
    {
        Aspect.Standing => "身份",
        Aspect.Category => "类别",
        Aspect.PartyGroup => "党小组",
        Aspect.Floating => "外出流动",
        Aspect.Exemption => "免予积分",
    };

    /// <summary>A kept value as people read it.</summary>
    public static string Value(Aspect aspect, string value) => aspect switch
    {
        Aspect.Standing => Member.StandingName(Words.Known<Standing>(value)),
        Aspect.Exemption => "免予积分",
        _ => value,
    };

    public static string Of(Arrival arrived) => arrived switch
    {
        Arrival.OnRoll => "原在册",
        Arrival.Admitted => "新发展",
        Arrival.TransferredIn => "转入",
    };

    public static string Of(Departure left) => left switch
    {
        Departure.TransferredOut => "转出",
        Departure.Moved => "转到系统内另一支部",
        Departure.Left => "离开名册",
    };

    public static string Of(ExemptionCase why) => why switch
    {
        ExemptionCase.Away => "本年度内连续离开本市",
        ExemptionCase.OldOrIll => "年老体弱、卧床或长期病休",
        ExemptionCase.NewlyArrived => "新发展或从市外转入不满半年",
        ExemptionCase.Other => "其他特殊情况",
    };

    /// <summary>2025-03-01 至 2025-06-30；2025-03-01 起</summary>
    public static string Term(DateOnly from, DateOnly? to) => TermText.Of(from, to);

    public static Tone ToneOf(Standing? standing) => standing switch
    {
        Standing.Full => Tone.Plain,
        Standing.Probationary => Tone.Active,
        _ => Tone.Faded,
    };

    /// <summary>书记、代理副书记</summary>
    public static string Offices(IEnumerable<string> words) => string.Join('、', words.Select(word => Words.Known<Office>(word).Name()));

    public static string Name(OfficeTermRow term) => $"{(term.IsActing ? "代理" : "")}{term.OfficeOf.Name()}";

    public static Choice[] Standings { get; } =
        [.. Enum.GetValues<Standing>().Select(standing => new Choice(Words.Of(standing), Member.StandingName(standing)))];
}
