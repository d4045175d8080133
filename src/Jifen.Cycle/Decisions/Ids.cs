namespace Jifen.Cycle.Decisions;

/// <summary>One meeting: of the members, or of the committee where the scheme lets it decide.</summary>
public readonly record struct MeetingId(Guid Value) : IId<MeetingId>
{
    public static MeetingId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>议题</summary>
public readonly record struct MotionId(Guid Value) : IId<MotionId>
{
    public static MotionId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
