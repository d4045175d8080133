using Jifen.Cycle;
using Jifen.Integration.Gatherings;
using Jifen.Store.Ledgers;
using Xunit;

namespace Jifen.Integration.Points;

/// <summary>Entries in the books of the branch, as its recorder would have written them at that instant.</summary>
internal static class PointsWorld
{
    private const string Roll = "form[data-action=take-roll]";

    public static Task EnterAsync(this BranchWorld world, OrganizationId stream, DateTimeOffset at, params IReadOnlyList<Happening> happenings) => Ledger.AppendAsync(
        world.Site.Database.Owner,
        stream,
        new EntryMaker(BranchWorld.Recorder, "recorder", new OperationId(Guid.CreateVersion7()), at),
        happenings,
        TestContext.Current.CancellationToken);

    /// <summary>Today's party day with its roll: these late, the others there.</summary>
    /// <returns>its address</returns>
    public static async Task<string> HeldAsync(this BranchWorld world, params IReadOnlyList<PersonId> late)
    {
        var meeting = await world.MeetingAsync();
        using var recorder = await world.SignInAsync(BranchWorld.Recorder);
        await recorder.SubmitAsync(
            await recorder.GetAsync($"{meeting}/roll"), Roll, [.. late.Select(person => ($"a-{person}", "late"))]);
        return meeting;
    }

    /// <summary>The number a person reads beside 现在, 总分 or 我的积分.</summary>
    public static string TotalOn(World.Page page) =>
        page.Document.QuerySelector("[data-field=total] .jf-stat-value")?.ChildNodes[0].TextContent.Trim() ?? throw new InvalidOperationException(page.Text);
}
