namespace Jifen.Tests.Naive;

/// <summary>A person of the branch as the roll shows them for the whole cycle.</summary>
internal sealed record NaiveMember(
    string Id, string Branch, string Standing, string? Category, string? Office, DateOnly? From, DateOnly? To, bool Exempt);

/// <summary>A confirmed fact; a joint fact has been expanded to one per member, each with the number of sharers.</summary>
internal sealed record NaiveFact(
    string Id, string Member, DateOnly Date, string Fact, decimal Quantity, string? Level, string? Content, decimal? Amount, int Sharers);

/// <summary>The settled sheet of the year before.</summary>
internal sealed record NaivePrevious(decimal Total, IReadOnlySet<string> Outcomes, decimal? Running);

/// <summary>A fact that is handed to another procedure (2.8 转办).</summary>
internal sealed record NaiveReferral(string FactId, string To);

/// <summary>What the oracle says about one member.</summary>
internal sealed record NaiveResult(string Member)
{
    /// <summary>False for the exempt and for those not one day on the roll (4.7): everything else is then blank.</summary>
    public bool HasScorecard { get; init; }

    /// <summary>Section id → points, the rounds composed (4.5).</summary>
    public IReadOnlyDictionary<string, decimal> Sections { get; init; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>Item id → points, the rounds composed in the same way as the sections.</summary>
    public IReadOnlyDictionary<string, decimal> Items { get; init; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    public decimal Total { get; init; }

    /// <summary>Null for a member outside the ranking (定义·排名·不含) or without a scorecard.</summary>
    public int? Rank { get; init; }

    public string Grade { get; init; } = "";

    /// <summary>Ids of 结果运用 in file order.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    public decimal? Running { get; init; }

    /// <summary>Every rule of the scheme → the sum of its lines with its own 限额 and 整改, over all rounds.</summary>
    public IReadOnlyDictionary<string, decimal> RuleSums { get; init; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>Ids of 提示 that hold, in file order.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    public IReadOnlyList<NaiveReferral> Referrals { get; init; } = [];

    /// <summary>Quotas exceeded by a group this member belongs to: “用3:停”, “优秀:提示”.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];
}
