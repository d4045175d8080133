using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Organizations;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Studies;

/// <summary>Nobody stands below a branch to whom it could publish.</summary>
public sealed record NobodyBelow() : Refusal("学习教育安排由党委、党总支向下发布。支部自己的学习，请直接安排一次活动。", "STUD");

/// <summary>A number is used once a year.</summary>
public sealed record NumberIsTaken(int Year, int Number, int Next)
    : Refusal($"{Year}年第{Number}期已经发布过。下一期是第{Next}期；发布的安排不能改，要调整就另发一期。", "STUD");

/// <summary>发布学习教育安排: for all branches below.</summary>
public sealed record PublishStudyIssue(
    Guid Issue, int Year, int Number, string Title, string Organizer, string? Requirements, IReadOnlyList<StudyItem> Items)
{
    public const int MostItems = 60;

    public const int LongestText = 2000;

    /// <param name="taken">the numbers published in that year</param>
    public Ruling Decide(OrganizationKind kind, IReadOnlyCollection<int> taken)
    {
        if (kind is OrganizationKind.Branch or OrganizationKind.PartyGroup)
        {
            return new NobodyBelow();
        }

        if (Faults() is { Count: > 0 } faults)
        {
            return new FieldsAreWrong(faults);
        }

        return taken.Contains(Number)
            ? new NumberIsTaken(Year, Number, taken.Max() + 1)
            : new Happening(
                new StudyIssuePublished(
                    Issue,
                    Year,
                    Number,
                    Title.Trim(),
                    Organizer.Trim(),
                    Requirements,
                    // The order of the schedule is that of its days.
                    [.. Items.OrderBy(item => item.HeldOn)]),
                SourceKey: $"study-issue/{Year}/{Number}");
    }

    /// <summary>What is missing or wrong, by field; <c>items</c> for the table.</summary>
    public IReadOnlyList<FieldFault> Faults()
    {
        var faults = new List<FieldFault>();
        Unless(Year >= Scheme.FirstDayOfTheWorld.Year && Year <= Scheme.LastDayOfTheWorld.Year, "year", "年份不对");
        Unless(Number is >= 1 and <= 999, "number", "期号从1开始");
        Unless(!string.IsNullOrWhiteSpace(Title) && Title.Length <= GatheringPlan.LongestText, "title", $"请填写名称，不超过{GatheringPlan.LongestText}个字");
        Unless(
            !string.IsNullOrWhiteSpace(Organizer) && Organizer.Length <= GatheringPlan.LongestText,
            "organizer",
            $"请填写主办，不超过{GatheringPlan.LongestText}个字");
        Unless((Requirements?.Length ?? 0) <= LongestText, "requirements", $"要求不超过{LongestText}个字");
        Unless(Items.Count > 0, "items", "还没有学习内容，至少写一项");
        Unless(Items.Count <= MostItems, "items", $"一期不超过{MostItems}项，请分期发布");
        foreach (var (item, line) in Items.Select((item, index) => (item, index + 1)))
        {
            Unless(!string.IsNullOrWhiteSpace(item.Theme) && item.Theme.Length <= GatheringPlan.LongestText, "items", $"第{line}项没有主题，或超过{GatheringPlan.LongestText}个字");
            // A term's schedule may run into the next year.
            Unless(item.HeldOn.Year == Year || item.HeldOn.Year == Year + 1, "items", $"第{line}项的日期{item.HeldOn:yyyy-MM-dd}不在{Year}年或次年");
            Unless(item.Hours is null or (> 0 and <= 99), "items", $"第{line}项的学时要大于0、不超过99");
            Unless(item.Week is null or (>= 1 and <= 60), "items", $"第{line}项的周次不对");
            Unless(
                new[] { item.Purpose, item.Readings, item.Topic }.All(text => (text?.Length ?? 0) <= LongestText),
                "items",
                $"第{line}项的文字太长，每栏不超过{LongestText}个字");
        }

        return faults;

        void Unless(bool isRight, string field, string message)
        {
            if (!isRight)
            {
                faults.Add(new FieldFault(field, message));
            }
        }
    }
}
