namespace Jifen.Demo;

/// <summary>Stands at the moment of what a branch is doing: a step is entered with the time at which it was taken.</summary>
internal sealed class BranchClock(DateTimeOffset began) : TimeProvider
{
    public DateTimeOffset Now { get; private set; } = began;

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();

    public void MoveTo(DateTimeOffset moment) => Now = moment;
}
