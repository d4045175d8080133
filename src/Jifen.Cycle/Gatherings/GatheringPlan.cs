using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Gatherings;

/// <summary>What a gathering is: everything that is planned or changed in one form.</summary>
/// <param name="Hours">study hours it counts for; null: none</param>
/// <param name="PartyGroup">held by one Party group only</param>
/// <param name="LateAfterMinutes">迟到 from so many minutes after the start</param>
public sealed record GatheringPlan(
    GatheringKind Kind,
    string Title,
    DateTimeOffset StartsAt,
    DateTimeOffset? EndsAt,
    string Place,
    decimal? Hours,
    string? PartyGroup,
    string? Host,
    Guid? StudyItem,
    int LateAfterMinutes = GatheringPlan.UsualLateAfterMinutes)
{
    /// <summary>What is proposed where nobody chose: the documents name no tolerance.</summary>
    public const int UsualLateAfterMinutes = 5;

    public const int LongestText = 100;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>Nobody plans further ahead: such a date is a slip of the pen.</summary>
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromDays(730);

    /// <summary>What is missing or wrong, by field; empty when it can be entered.</summary>
    public IReadOnlyList<FieldFault> FaultsOn(DateTimeOffset now)
    {
        var faults = new List<FieldFault>();
        Text("title", Title, "名称");
        Text("place", Place, "地点");
        Unless(CivilTime.DayOf(StartsAt) >= Scheme.FirstDayOfTheWorld, "day", "日期不对，请重新选");
        Unless(StartsAt <= now + FurthestAhead, "day", "日期在两年以后，请检查年份");
        Unless(EndsAt is null || EndsAt > StartsAt, "ends", "结束时间要在开始之后");
        Unless(EndsAt is null || EndsAt <= StartsAt + Longest, "ends", "一次活动不超过31天，请分成几次");
        Unless(Hours is null or (> 0 and <= 99), "hours", "学时要大于0、不超过99；不计学时就空着");
        Unless(Hours is null || decimal.Round(Hours.Value, 2) == Hours, "hours", "学时最多两位小数");
        Unless(Kind != GatheringKind.GroupMeeting || PartyGroup is not null, "group", "党小组会要选是哪个党小组");
        Unless(LateAfterMinutes is >= 0 and <= 120, "late", "迟到从开始后0到120分钟起算");
        return faults;

        void Text(string field, string value, string name)
        {
            Unless(!string.IsNullOrWhiteSpace(value), field, $"请填写{name}");
            Unless(value.Length <= LongestText, field, $"{name}不超过{LongestText}个字");
        }

        void Unless(bool isRight, string field, string message)
        {
            if (!isRight)
            {
                faults.Add(new FieldFault(field, message));
            }
        }
    }
}

/// <summary>What is wrong with one field of a form.</summary>
/// <param name="Field">its name in the form</param>
/// <param name="Message">Chinese: what to put right</param>
public sealed record FieldFault(string Field, string Message);

/// <summary>The form has missing or wrong fields.</summary>
public sealed record FieldsAreWrong(IReadOnlyList<FieldFault> Faults)
    : Refusal($"有{Faults.Count}处要改：{string.Join("；", Faults.Select(fault => fault.Message))}。");
