namespace Jifen.Scoring.Schemes;

/// <summary>分值 of a rule: a number, a range the deciding person chooses in, or left to the branch (支部定). In hundredths, not negative.</summary>
/// <param name="Reading">the reading whose adopted value this is (见J1)</param>
public sealed record Amount(long Low, long High, bool IsLeftToBranch = false, string? Reading = null)
{
    public static readonly Amount LeftToBranch = new(0, 0, IsLeftToBranch: true);

    /// <summary>The fact carries the chosen points.</summary>
    public bool IsRange => Low != High;

    public override string ToString() =>
        IsLeftToBranch ? "支部定" : IsRange ? $"{Points.Format(Low)}~{Points.Format(High)}" : Points.Format(Low);
}

/// <summary>加 or 扣 with its amount.</summary>
/// <param name="Sign">+1 加, −1 扣</param>
public sealed record SignedAmount(int Sign, Amount Amount)
{
    public override string ToString() => (Sign < 0 ? "扣" : "加") + Amount;
}

/// <summary>What a trigger or a row leads to: an amount, or 此项不得分 when <paramref name="Amount"/> is null.</summary>
public sealed record Consequence(SignedAmount? Amount)
{
    public bool Forfeits => Amount is null;

    public override string ToString() => Amount?.ToString() ?? "此项不得分";
}

/// <summary>A bound that may differ by category (满分, 封顶, 保底). Null values: not filled in yet.</summary>
/// <param name="ByCategory">null: one value for all</param>
public sealed record Bound(Amount? Common, IReadOnlyDictionary<string, long>? ByCategory)
{
    public bool IsLeftToBranch => Common is { IsLeftToBranch: true };

    /// <returns>hundredths, or null while 支部定 is not filled</returns>
    public long? For(string? category) =>
        ByCategory is not null
            ? category is not null && ByCategory.TryGetValue(category, out var value) ? value : null
            : Common is { IsLeftToBranch: false } amount ? amount.Low : null;

    public override string ToString() =>
        ByCategory is null ? Common!.ToString() : string.Join("、", ByCategory.Select(pair => pair.Key + Points.Format(pair.Value)));
}
