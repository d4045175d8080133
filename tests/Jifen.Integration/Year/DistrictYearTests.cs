using Jifen.Cycle;
using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Organizations;
using Jifen.Integration.Records;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.Year;

/// <summary>One comes from the neighbouring branch in May, one goes there in August: their points go with them and stand in one branch only.</summary>
public sealed class DistrictYearTests(Cluster cluster) : DocumentYear(cluster, "district", 2025)
{
    private static readonly DateOnly Comes = new(2025, 5, 6);
    private static readonly DateOnly Goes = new(2025, 8, 4);
    private static readonly PersonId NeighboursRecorder = YearWorld.Another(41);
    private static readonly PersonId Newcomer = YearWorld.Another(42);

    private protected override void Play(YearWorld world, YearWalk walk)
    {
        // 45 is 不合格 by the points; the meeting finds that the sixty hours elsewhere were never brought in (四（二）4·测评, J13).
        var (grade, reason) = DecideGrades.FieldsOf(YearWorld.Good);
        walk.Grades.AddRange([(grade, "合格"), (reason, "参加市里抽调工作，学时没有报回支部")]);
        walk.Before.Add(async step =>
        {
            if (step.FullName == "季度审核（2025年第一季度）" && await world.CountAsync("fact-recorded") == 0)
            {
                await world.AddAsync(YearWorld.Other, [(NeighboursRecorder, "钱记录"), (Newcomer, "高转入")], Office.Recorder);
                var theirs = await world.AsAsync(NeighboursRecorder);
                Assert.Contains("已登记", (await RecordsWorld.RecordAsync(theirs, "life-late", Newcomer, "2025-02-10")).Text, StringComparison.Ordinal);
                var ours = await world.AsAsync(YearWorld.Recorder);
                Assert.Contains("已登记", (await RecordsWorld.RecordAsync(ours, "life-absent", YearWorld.Usual, "2025-02-17")).Text, StringComparison.Ordinal);
            }
        });
        walk.BeforeTimePasses.Add(async today =>
        {
            if (today >= new DateOnly(2025, 4, 1) && today < Comes)
            {
                await TransferAsync(world, Newcomer, YearWorld.Branch, Comes);
            }
            else if (today >= new DateOnly(2025, 7, 1) && today < Goes)
            {
                await TransferAsync(world, YearWorld.Usual, YearWorld.Other, Goes);
            }
        });
    }

    private protected override async Task CheckAsync(YearWorld world)
    {
        // Of 70: 32 hours short, each 0.5 (细2), take all of 15; four services short, each 3 (细6), all of 10. Late is 1, absent 3 (细3). Who
        // moves inside the committee has been on a roll for all twelve months: nothing is reduced.
        Assert.Equal(45m, await world.SettledAsync(YearWorld.Good));
        Assert.Equal(44m, await world.SettledAsync(Newcomer));
        Assert.Null(await world.SettledAsync(YearWorld.Usual));
        Assert.Equal(11, await world.OneAsync<int>("select count(*)::int from annual_result where ended_at is null"));

        Assert.Equal("不合格 合格", await world.OneAsync<string>(
            "select proposed || ' ' || grade from grade_decision where ended_at is null and person_id = @person", new { person = YearWorld.Good.Value }));
        Assert.Equal("不合格", await world.OneAsync<string>("select grade from annual_result where ended_at is null and person_id = @person", new { person = YearWorld.Good.Value }));
        Assert.DoesNotContain("用5", await world.OneAsync<string[]>(
            "select outcomes from grade_decision where ended_at is null and person_id = @person", new { person = YearWorld.Good.Value }));

        var officer = await world.AsAsync(YearWorld.Officer);
        var theirs = await officer.GetAsync($"/rounds/2025/totals?branch={YearWorld.Other}");
        Assert.Contains("42", theirs.Document.QuerySelector($"tr[data-id='{YearWorld.Usual}']")!.TextContent, StringComparison.Ordinal);
        Assert.Null(theirs.Document.QuerySelector($"tr[data-id='{Newcomer}']"));
        var ours = await officer.GetAsync($"/rounds/2025/totals?branch={YearWorld.Branch}");
        Assert.NotNull(ours.Document.QuerySelector($"tr[data-id='{Newcomer}']"));
        Assert.Null(ours.Document.QuerySelector($"tr[data-id='{YearWorld.Usual}']"));
    }

    private static async Task TransferAsync(YearWorld world, PersonId person, OrganizationId to, DateOnly on)
    {
        world.MoveTo(on);
        var officer = await world.AsAsync(YearWorld.Officer);
        await officer.SubmitAsync(
            await officer.GetAsync($"/members/{person}/change/transfer"),
            "button[data-action=change-transfer]",
            ("to", to.ToString()),
            ("on", on.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            ("ground", "介绍信"));
        await world.ConfirmAllAsync();
        Assert.Equal(to.Value, await world.OneAsync<Guid>("select organization_id from affiliation where person_id = @person and to_on is null", new { person = person.Value }));
    }
}
