namespace Jifen.Web.Components;

/// <summary>A number and what it rests on: section, item, line, fact, in as many steps as there are.</summary>
/// <param name="Text">as in 集中学习, or 9月12日主题党日迟到</param>
/// <param name="Points">as it is shown: 94.5, -0.5, +2; null where there is none</param>
/// <param name="Full">满分, shown as a bar together with <paramref name="Value"/></param>
/// <param name="Value">the same points as a number, for the bar</param>
/// <param name="Note">who recorded it, who confirmed it, which reading</param>
/// <param name="Url">where the fact stands</param>
/// <param name="ObjectUrl">where one objects to it; null: one cannot now</param>
/// <param name="Decision">the meeting that fixed it, with its votes; null while none has</param>
/// <param name="DecisionUrl">where its minutes stand</param>
/// <param name="Because">what it is made of, in the order it was counted</param>
public sealed record Reason(
    string Text, string? Points = null, decimal? Value = null, decimal? Full = null, string? Clause = null, string? ClauseUrl = null,
    string? Note = null, string? Url = null, IReadOnlyList<Reason>? Because = null, bool IsOpen = false,
    string? ObjectUrl = null, string? Decision = null, string? DecisionUrl = null);
