using Jifen.Cycle;
using Jifen.Cycle.Rounds;
using Jifen.Integration.Records;
using Jifen.Integration.World;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Notices;

/// <summary>The world of records on 20 October 2025, the third quarter fixed by its meeting; what the pages of a notice are asked again and again.</summary>
internal static class NoticeWorld
{
    public const string Url = "/rounds/2025-q3/notice";

    public static async Task<RecordsWorld> DecidedAsync(Cluster cluster)
    {
        var world = await RecordsWorld.StartAsync(cluster);
        foreach (var office in new[] { Secretary, Committeeman, Officer, Recorder })
        {
            await world.Site.AccountAsync(office);
        }

        // Only somebody with a password can be asked to confirm.
        await world.OneAsync<int>("with set_up as (update account set login_name = account_id::text, normalized_name = account_id::text, password_hash = 'x' returning 1) select count(*)::int from set_up");
        using (var recorder = await world.AsAsync(Recorder))
        {
            await RecordAsync(recorder, "badge-missing", Member, "2025-09-15");
        }

        foreach (var step in new[] { "初评", "评定" })
        {
            await world.EnterAsync(new RoundStepBegun("2025-q3", step));
            await world.EnterAsync(new RoundStepEnded("2025-q3", step, null, null));
        }

        return world;
    }

    public static void MoveTo(RecordsWorld world, int month, int day, int year = 2025)
    {
        var clock = (MovableClock)world.Site.Clock;
        clock.Advance(CivilTime.At(new DateOnly(year, month, day), new TimeOnly(10, 0)) - clock.GetUtcNow());
    }

    /// <summary>Prepared by the secretary, published by one of the committee.</summary>
    public static async Task<Page> PublishAsync(RecordsWorld world, params (string Name, string Value)[] fields)
    {
        using var secretary = await world.AsAsync(Secretary);
        await secretary.SubmitAsync(await secretary.GetAsync(Url), "form[data-action=prepare-notice]", fields);
        using var committeeman = await world.AsAsync(Committeeman);
        return await committeeman.SubmitAsync(await committeeman.GetAsync(Url), "form[data-action=publish-notice]");
    }
}
