using Jifen.Cycle;
using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Rounds;

/// <summary>Which step was opened again, when, by whom and why, in words.</summary>
internal static class ReopeningText
{
    /// <returns>“年度汇总”于2026年1月12日重新开启（沈书记提出，胡组织同意）：登记有误</returns>
    public static string Of(Reopening reopening, IReadOnlyDictionary<PersonId, string> names) =>
        $"“{reopening.RootStep}”于{DayText.Full(reopening.HappenedOn)}重新开启（{Who(reopening, names)}）：{reopening.Reason}";

    private static string Who(Reopening reopening, IReadOnlyDictionary<PersonId, string> names) => string.Join(
        "，",
        new[] { $"{NameOf(reopening.RecordedBy, names)}提出", reopening.SecondBy is { } second ? $"{NameOf(second, names)}同意" : null }.OfType<string>());

    // An officer above the branch may be out of a member's sight.
    private static string NameOf(PersonId person, IReadOnlyDictionary<PersonId, string> names) => names.GetValueOrDefault(person, "上级");
}
