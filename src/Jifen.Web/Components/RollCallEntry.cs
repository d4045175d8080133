namespace Jifen.Web.Components;

/// <summary>A name of a roll-call.</summary>
/// <param name="Id">sent as <c>attendance-{id}</c></param>
/// <param name="State">a value of the choices; null while nothing is known</param>
/// <param name="Note">扫码18:52, 已请假, 预备党员</param>
public sealed record RollCallEntry(string Id, string Name, string? State = null, string? Note = null);
