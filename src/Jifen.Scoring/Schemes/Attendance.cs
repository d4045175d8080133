namespace Jifen.Scoring.Schemes;

/// <summary>出席: how somebody who was expected took part in a gathering.</summary>
public enum Attendance
{
    /// <summary>到会</summary>
    Present,

    /// <summary>迟到</summary>
    Late,

    /// <summary>早退</summary>
    LeftEarly,

    /// <summary>迟到又早退: never written in a scheme; what 迟到 and 早退 become, each fact once</summary>
    LateAndLeftEarly,

    /// <summary>缺席, without leave</summary>
    Absent,

    /// <summary>请假, granted</summary>
    Excused,

    /// <summary>补课: was not there and has made it up since; takes the place of 缺席 or 请假</summary>
    MadeUp,
}

public static class Attendances
{
    private static readonly string[] Names = ["到会", "迟到", "早退", "迟到又早退", "缺席", "请假", "补课"];
    private static readonly string[] Ids = ["present", "late", "left-early", "late-and-left-early", "absent", "excused", "made-up"];

    public static Attendance[] All { get; } = Enum.GetValues<Attendance>();

    /// <summary>Those a scheme writes down; the others follow from them.</summary>
    internal static IEnumerable<Attendance> Written
    {
        get
        {
            foreach (var attendance in All)
            {
                if (attendance != Attendance.LateAndLeftEarly)
                {
                    yield return attendance;
                }
            }
        }
    }

    /// <summary>The word of scheme files and of the screen.</summary>
    public static string Name(this Attendance attendance) => Names[(int)attendance];

    /// <summary>What is stored, sent and written in addresses.</summary>
    public static string Id(this Attendance attendance) => Ids[(int)attendance];

    /// <returns>the attendance of this name or id; null when there is none</returns>
    public static Attendance? Of(string nameOrId)
    {
        var at = Array.IndexOf(Names, nameOrId);
        at = at < 0 ? Array.IndexOf(Ids, nameOrId) : at;
        return at < 0 ? null : (Attendance)at;
    }

    /// <summary>Those who heard what was said, at once or later: the hours of the gathering are theirs.</summary>
    public static bool EarnsHours(this Attendance attendance) => attendance is not (Attendance.Absent or Attendance.Excused);
}
