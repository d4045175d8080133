namespace Jifen.Scoring.Schemes;

/// <summary>What a fact must carry (带).</summary>
[Flags]
public enum Carried
{
    None = 0,
    Level = 1,
    Content = 2,
    Amount = 4,
}

/// <summary>事实: one kind of thing that happens, as the scheme names it. Scoring knows no other.</summary>
/// <param name="Index">place in <see cref="Scheme.FactKinds"/></param>
/// <param name="Name">the document's words</param>
/// <param name="Unit">记: 次, 学时, 天, 元 …</param>
/// <param name="RecordedBy">谁记</param>
/// <param name="Every">每期: how often it is recorded; informs recorders, moves no points</param>
/// <param name="Levels">级别, with 等第 joined by · (校级·一等奖); empty when the kind has none</param>
/// <param name="MarksFrom">范围, lower end, hundredths</param>
/// <param name="MarksTo">范围, upper end, hundredths</param>
/// <param name="IsShared">多人 均分: the points of a joint fact are divided among the members it names</param>
/// <param name="Unscored">不记分: why it moves no points; null for a scored fact</param>
public sealed record FactKind(
    int Index,
    string Name,
    string Id,
    string Unit,
    string RecordedBy,
    string? Every,
    Carried Carries,
    IReadOnlyList<string> Levels,
    long MarksFrom,
    long MarksTo,
    bool IsShared,
    string? Unscored,
    Place Place)
{
    /// <summary>次, 人 and 篇 are counted in whole numbers of at least 1.</summary>
    public bool IsCounted => Unit is "次" or "人" or "篇";

    /// <summary>学时, 小时 and 分钟.</summary>
    public bool IsTime => Unit is "学时" or "小时" or "分钟";

    /// <summary>So many hours, in the unit of the fact. A 学时 is whatever the recorder counts as one; only 分钟 are another number.</summary>
    /// <param name="hours">hundredths</param>
    /// <returns>hundredths</returns>
    public long QuantityOfHours(long hours) => Unit == "分钟" ? hours * 60 : hours;

    /// <returns>1 + the place of the level, or 0 when the kind has no such level</returns>
    public int LevelIndex(string level)
    {
        for (var i = 0; i < Levels.Count; i++)
        {
            if (Levels[i] == level)
            {
                return i + 1;
            }
        }

        return 0;
    }
}
