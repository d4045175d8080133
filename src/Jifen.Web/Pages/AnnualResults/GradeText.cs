using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.AnnualResults;

/// <summary>A decided grade in words.</summary>
internal static class GradeText
{
    /// <summary>Who decided when, and why otherwise than the points propose.</summary>
    public static string Ground(this DecidedGrade one) =>
        $"{DayText.Full(one.DecidedOn)}，{one.Body}定{(one.IsOther ? $"；照分算出的是{one.Proposed}，理由：{one.Reason}" : "")}";
}
