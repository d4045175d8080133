namespace Jifen.Web.Components;

/// <summary>What the layout shows around a page: who is here, on whose behalf, and where one can go. Cascaded by the host.</summary>
public sealed record PageFrame
{
    public static readonly PageFrame Empty = new();

    /// <summary>所在党组织, as in 信息系第一支部</summary>
    public string Organization { get; init; } = "";

    /// <summary>null before sign-in</summary>
    public string? Person { get; init; }

    /// <summary>任职, as in 书记; null for a member without one</summary>
    public string? Post { get; init; }

    /// <summary>The pages of this person. On a phone the first four stand in the bar at the bottom, the rest under 更多.</summary>
    public IReadOnlyList<MenuItem> Menu { get; init; } = [];

    /// <summary>What hangs under one's own name: own data, change of post.</summary>
    public IReadOnlyList<MenuItem> PersonMenu { get; init; } = [];

    /// <summary>The path of this request: the menu item with the longest matching address is the current one.</summary>
    public string Path { get; init; } = "/";

    /// <summary>大字: from the cookie <c>type</c></summary>
    public bool IsLargeType { get; init; }

    /// <summary>A line above everything, as in 演示数据，人名地名均为虚构</summary>
    public string? Banner { get; init; }

    public string SignOutUrl { get; init; } = "/sign-out";

    public string HelpUrl { get; init; } = "/help";

    /// <summary>What stands at the foot, as the version.</summary>
    public string? Edition { get; init; }

    internal MenuItem? Current => Menu.Concat(PersonMenu).Where(item => item.Covers(Path)).MaxBy(item => item.Url.Length);
}

/// <summary>A page one can go to.</summary>
/// <param name="Text">two to four characters, so that it fits below a thumb</param>
/// <param name="Icon">a name of <see cref="Icon"/>; used in the bar at the bottom of a phone</param>
/// <param name="Count">how much waits there; nothing is shown for null and 0</param>
public sealed record MenuItem(string Text, string Url, string Icon = "page", int? Count = null)
{
    internal bool Covers(string path) =>
        string.Equals(path, Url, StringComparison.Ordinal)
        || (Url.Length > 1 && path.StartsWith(Url, StringComparison.Ordinal) && path[Url.Length] == '/');
}

/// <summary>A link with a text: crumbs, actions, places.</summary>
public sealed record Link(string Text, string Url);
