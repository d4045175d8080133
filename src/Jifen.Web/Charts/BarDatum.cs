namespace Jifen.Web.Charts;

/// <summary>One bar: what it is of, how much, of how much.</summary>
/// <param name="Full">the full value, drawn behind; null when there is none</param>
/// <param name="Note">one short remark behind the number</param>
/// <param name="Url">where the number is explained</param>
public sealed record BarDatum(string Name, decimal Value, decimal? Full = null, string? Note = null, string? Url = null);
