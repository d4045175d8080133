namespace Jifen.Web.Components;

/// <summary>What a badge or a number means. The text says it as well: colour is never the only sign.</summary>
public enum Tone
{
    /// <summary>a state like any other</summary>
    Plain,

    /// <summary>running now: 进行中, 公示中</summary>
    Active,

    /// <summary>done, accepted, passed</summary>
    Good,

    /// <summary>needs a look: 待核实, 黄色预警</summary>
    Caution,

    /// <summary>what matters most: 逾期, 红色预警, 退回</summary>
    Alarm,

    /// <summary>over, no longer counted: 已撤销</summary>
    Faded,
}

internal static class Tones
{
    public static string ClassName(this Tone tone) => tone switch
    {
        Tone.Plain => "jf-plain",
        Tone.Active => "jf-active",
        Tone.Good => "jf-good",
        Tone.Caution => "jf-caution",
        Tone.Alarm => "jf-alarm",
        Tone.Faded => "jf-faded",
    };
}
