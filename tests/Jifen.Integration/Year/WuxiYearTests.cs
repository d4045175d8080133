using Jifen.Integration.Records;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.Year;

/// <summary>
/// The notice of the third quarter goes out on the eve of the National Day; 周可欣 turns past the branch to the superior, who finds against him.
/// </summary>
public sealed class WuxiYearTests(Cluster cluster) : DocumentYear(cluster, "wuxi-2020", 2025)
{
    private const string ThirdNotice = "公示（2025年第三季度）";
    private string? _case;

    private protected override void Play(YearWorld world, YearWalk walk)
    {
        walk.Before.Add(async step =>
        {
            switch (step.FullName)
            {
                case "初评（2025年第一季度）" when await world.CountAsync("fact-recorded") == 0:
                    var recorder = await world.AsAsync(YearWorld.Recorder);
                    Assert.Contains("已登记", (await RecordsWorld.RecordAsync(recorder, "life-late", YearWorld.Poor, "2025-03-03")).Text, StringComparison.Ordinal);
                    break;
                case ThirdNotice when world.Today < new DateOnly(2025, 9, 29):
                    world.MoveTo(new DateOnly(2025, 9, 29));
                    break;
                case "公示（2025年第二季度）" when await world.CountAsync("answer-reported") == 0:
                    await TellTheMeetingAsync(world);
                    break;
                default:
                    break;
            }
        });
        walk.BeforeTimePasses.Add(async _ =>
        {
            if (_case is null && await world.CountAsync("notice-published") == 1)
            {
                await AppealAsync(world);
            }
        });
    }

    private protected override async Task CheckAsync(YearWorld world)
    {
        // Five working days from the day after 29 September: the 30th; 1-8 October are the holiday; 9 and 10; Saturday the 11th is worked; Monday 13.
        // Five more to object: 14-17 and 20.
        var noticed = await world.OneAsync<(DateOnly First, DateOnly Last, DateOnly Until)>(
            "select first_on, last_on, object_until from notice where round = '2025-q3'");
        Assert.Equal((new DateOnly(2025, 9, 30), new DateOnly(2025, 10, 13), new DateOnly(2025, 10, 20)), noticed);
        Assert.Equal(new DateOnly(2025, 10, 21), await world.OneAsync<DateOnly>("select ended_on from round_step where round = '2025-q3' and step = '公示'"));

        // Of 100: no hour of the 32, each 0.5 (细则1), takes all of 12; four reports short, each 1.5 (细则5), all of 4; late once is 1 (细则3).
        Assert.Equal(84m, await world.SettledAsync(YearWorld.Good));
        Assert.Equal(83m, await world.SettledAsync(YearWorld.Poor));

        Assert.Equal(YearWorld.Committee.Value, await world.OneAsync<Guid>("select handled_by from objection_case where is_appeal and not upheld"));
        Assert.Equal(0, await world.CountAsync("entry-reversed"));
        Assert.Equal(new DateOnly(2025, 6, 21), await world.OneAsync<DateOnly>("select reported_on from objection_case"));
    }

    private async Task AppealAsync(YearWorld world)
    {
        var entry = await world.OneAsync<Guid>("select entry_id from fact");
        var member = await world.AsAsync(YearWorld.Poor);
        var lodged = await member.SubmitAsync(
            await member.GetAsync("/objections/new?about=own"),
            "form[data-action=raise-objection]",
            ("text", "那天堵车，不该算迟到"),
            ("to", "superior"),
            ("entry", entry.ToString()));
        Assert.Contains("申诉〔2025〕1号", lodged.Text, StringComparison.Ordinal);
        _case = lodged.Path.Split('/', '?')[2];

        var officer = await world.AsAsync(YearWorld.Officer);
        await officer.SubmitAsync(
            await officer.GetAsync($"/objections/{_case}"),
            "form[data-action=answer]",
            ("finding", "签到表上确是迟到，事先没有请假"),
            ("upheld", "no"),
            ("answer", "经核实，登记无误，申诉不成立"));
        Assert.Equal(0, await world.CountAsync("appeal-answered"));
        await world.ConfirmAllAsync();
        Assert.Equal(YearWorld.SecondOfficer.Value, await world.OneAsync<Guid>("select second_by from objection_case where answered_on is not null"));
    }

    /// <summary>The meeting of the second quarter was the next one.</summary>
    private async Task TellTheMeetingAsync(YearWorld world)
    {
        var secretary = await world.AsAsync(YearWorld.Secretary);
        var meeting = await world.OneAsync<string>("select meeting_id::text from meeting order by held_on desc limit 1");
        await secretary.SubmitAsync(await secretary.GetAsync($"/objections/{_case}"), "form[data-action=report]", ("meeting", meeting));
        await world.ConfirmAllAsync();
        Assert.Equal(1, await world.CountAsync("answer-reported"));
    }
}
