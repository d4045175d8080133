namespace Jifen.Cycle.Evaluations;

/// <summary>票箱: one secret vote.</summary>
public readonly record struct BallotBoxId(Guid Value) : IId<BallotBoxId>
{
    public static BallotBoxId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
