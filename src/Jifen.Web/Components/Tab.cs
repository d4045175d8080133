namespace Jifen.Web.Components;

/// <summary>One of several views of a page; each has an address of its own.</summary>
public sealed record Tab(string Text, string Url, bool IsCurrent = false, int? Count = null);
