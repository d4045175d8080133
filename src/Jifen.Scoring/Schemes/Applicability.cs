using Jifen.Scoring.Facts;

namespace Jifen.Scoring.Schemes;

/// <summary>Who a section, item, rule or condition is for: 类别, 身份, 任职. An empty list means all.</summary>
public sealed record Applicability(
    IReadOnlyList<string> Categories, Standing[] Standings, IReadOnlyList<string> Offices)
{
    public static readonly Applicability Everyone = new([], [], []);

    public bool IsEveryone => Categories.Count == 0 && Standings.Length == 0 && Offices.Count == 0;

    public bool Covers(Profile profile) =>
        (Categories.Count == 0 || (profile.Category is { } category && Categories.Contains(category)))
        && (Standings.Length == 0 || Array.IndexOf(Standings, profile.Standing) >= 0)
        && (Offices.Count == 0 || profile.Offices.Any(Offices.Contains));

    /// <summary>Whether some person may fall under both.</summary>
    public bool Overlaps(Applicability other) =>
        Meet(Categories, other.Categories) && Meet(Standings, other.Standings) && Meet(Offices, other.Offices);

    public override string ToString() => string.Join(
        "，",
        new[] { string.Join("、", Categories), string.Join("、", Standings.Select(Member.StandingName)), string.Join("、", Offices) }
            .Where(words => words.Length > 0));

    private static bool Meet<T>(IReadOnlyList<T> left, IReadOnlyList<T> right) =>
        left.Count == 0 || right.Count == 0 || left.Any(right.Contains);
}

/// <summary>What of a person decides which rules apply.</summary>
public sealed record Profile(string? Category, Standing Standing, IReadOnlyList<string> Offices)
{
    private static readonly char[] Separators = ['；', ';', '、', '，', ','];

    public static Profile Of(Member member) => new(
        member.Category,
        member.Standing,
        member.Office?.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []);

    public bool Equals(Profile? other) =>
        other is not null && Category == other.Category && Standing == other.Standing && Offices.SequenceEqual(other.Offices);

    public override int GetHashCode() => HashCode.Combine(Category, Standing, Offices.Count);
}
