namespace Jifen.Web.Components;

/// <summary>Something this person is to do.</summary>
/// <param name="Text">what, as in 核实3份申报</param>
/// <param name="Url">where it is done</param>
/// <param name="Due">by when; null when no clause names a day</param>
/// <param name="Clause">by which clause, as in 三（二）2</param>
/// <param name="ClauseUrl">where the clause can be read</param>
/// <param name="Note">a sentence that helps: whose, how many, what happens otherwise</param>
/// <param name="Action">the word on the button</param>
/// <param name="IsFirst">stands before everything that has more time: it is done while people still remember</param>
public sealed record Todo(
    string Text, string Url, DateOnly? Due = null, string? Clause = null, string? ClauseUrl = null, string? Note = null, string Action = "去办",
    bool IsFirst = false)
{
    /// <summary>Since when it could be done, where no clause names a day: how long it has waited is said then.</summary>
    public DateOnly? Since { get; init; }
}
