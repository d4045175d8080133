using Jifen.Store.Reads;
using Jifen.Web.Components;

namespace Jifen.Web.Pages.Schemes;

/// <summary>How far a refinement has come, in words.</summary>
internal static class RefinementState
{
    public static string Of(RefinementRow row) => row switch
    {
        { InForceOn: { } on } => $"{DayText.Full(on)}起采用",
        { ReturnedBecause: { } because } => $"退回：{because}",
        { MetOn: not null } => "大会已通过，等上级审核",
        _ => "等大会讨论",
    };
}
