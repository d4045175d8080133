namespace Jifen.Web.Components;

/// <summary>A step of a round.</summary>
/// <param name="Text">申报, 支委初评, 党员大会评定 …</param>
/// <param name="When">the day it was taken, or is due, as text</param>
/// <param name="Who">who takes it</param>
public sealed record TrailStep(
    string Text, TrailState State, string? When = null, string? Who = null, string? Clause = null, string? ClauseUrl = null, string? Url = null);

public enum TrailState
{
    Done,
    Current,
    Ahead,

    /// <summary>not needed this time: no objection was raised</summary>
    Skipped,
}
