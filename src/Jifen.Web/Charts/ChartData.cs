namespace Jifen.Web.Charts;

/// <summary>One bar: what it is of, how much, of how much.</summary>
/// <param name="Full">the full value, drawn behind; null when there is none</param>
/// <param name="Note">one short remark behind the number</param>
/// <param name="Url">where the number is explained</param>
public sealed record BarDatum(string Name, decimal Value, decimal? Full = null, string? Note = null, string? Url = null);

/// <summary>One row of a stacked bar: parts in the order of the chart's part names.</summary>
public sealed record StackRow(string Name, IReadOnlyList<decimal> Parts, string? Url = null);

/// <summary>One line: a value to each label of the chart; null where there is none, the line has a gap there.</summary>
public sealed record LineSeries(string Name, IReadOnlyList<decimal?> Values);

/// <summary>One axis of a radar: how much of how much.</summary>
public sealed record RadarAxis(string Name, decimal Value, decimal Full);

/// <summary>One step of a distribution: how many have at least From and less than the next step's From.</summary>
/// <param name="Name">what stands below it, as in 90–94</param>
public sealed record DistributionBin(string Name, decimal From, int Count);
