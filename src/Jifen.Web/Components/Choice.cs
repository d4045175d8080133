namespace Jifen.Web.Components;

/// <summary>One of several: an entry of a select, a radio button.</summary>
/// <param name="Value">what is sent</param>
/// <param name="Text">what is read</param>
/// <param name="Hint">a few words below the text; radio buttons only</param>
/// <param name="Heading">entries with the same heading stand together; selects only</param>
public sealed record Choice(string Value, string Text, string? Hint = null, string? Heading = null, bool IsDisabled = false);
