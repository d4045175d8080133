namespace Jifen.Cycle.Permissions;

/// <summary>Where the round is that an action touches, in order of time. A scheme need not pass through all of them.</summary>
public enum Stage
{
    /// <summary>记录、申报</summary>
    Recording,

    /// <summary>初评、考绩 under way</summary>
    Reviewing,

    /// <summary>初评 signed, feedback to each member</summary>
    Reviewed,

    /// <summary>评绩: the masses judge (JSUL-2)</summary>
    MassEvaluation,

    /// <summary>党员大会 open, votes may be cast</summary>
    Meeting,

    /// <summary>the meeting has fixed the points</summary>
    Decided,

    /// <summary>公示, and the days after it in which one may object</summary>
    OnNotice,

    /// <summary>定分: nothing is open any more</summary>
    Settled,

    /// <summary>报送 with the superior</summary>
    Filed,
}

/// <summary>From one stage to another, both included.</summary>
public readonly record struct StageSpan(Stage First, Stage Last)
{
    public bool Covers(Stage stage) => stage >= First && stage <= Last;

    /// <summary>记录申报至初评核实</summary>
    public override string ToString() => First == Last ? First.Name() : $"{First.Name()}至{Last.Name()}";
}

/// <summary>How a stage is written in the table and said to people.</summary>
public static class StageText
{
    /// <summary>kebab-case, as stored and sent</summary>
    public static string Key(this Stage stage) => stage switch
    {
        Stage.Recording => "recording",
        Stage.Reviewing => "reviewing",
        Stage.Reviewed => "reviewed",
        Stage.MassEvaluation => "mass-evaluation",
        Stage.Meeting => "meeting",
        Stage.Decided => "decided",
        Stage.OnNotice => "on-notice",
        Stage.Settled => "settled",
        Stage.Filed => "filed",
    };

    public static string Name(this Stage stage) => stage switch
    {
        Stage.Recording => "记录申报",
        Stage.Reviewing => "初评核实",
        Stage.Reviewed => "初评反馈",
        Stage.MassEvaluation => "群众评议",
        Stage.Meeting => "党员大会",
        Stage.Decided => "大会已评定",
        Stage.OnNotice => "公示异议",
        Stage.Settled => "已定分",
        Stage.Filed => "已备案",
    };

    public static Stage? OfKey(string key) =>
        Enum.GetValues<Stage>().Where(stage => stage.Key() == key).Select(stage => (Stage?)stage).FirstOrDefault();
}
