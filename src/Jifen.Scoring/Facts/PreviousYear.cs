namespace Jifen.Scoring.Facts;

/// <summary>A member's settled result of the year before.</summary>
/// <param name="Outcomes">编号 of the 结果运用 that held</param>
/// <param name="Running">滚存 of the 累计账户, where the scheme has one</param>
public sealed record PreviousResult(string Member, Points Total, IReadOnlyList<string> Outcomes, Points? Running = null);

/// <summary>The settled results of the year before, by member.</summary>
public sealed class PreviousYear(IEnumerable<PreviousResult> results)
{
    public static readonly PreviousYear None = new([]);

    private readonly Dictionary<string, PreviousResult> _byMember =
        results.ToDictionary(result => result.Member, StringComparer.Ordinal);

    public int Count => _byMember.Count;

    public PreviousResult? Of(string member) => _byMember.GetValueOrDefault(member);
}
