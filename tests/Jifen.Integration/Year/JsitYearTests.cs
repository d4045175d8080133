using Jifen.Integration.Records;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.Year;

/// <summary>
/// A leap year: what happened on its day counts. 何平 objects to an entry while it is on notice, the branch finds him right, the entry is put
/// right with the superior's word, and the next members' meeting is told (四5).
/// </summary>
public sealed class JsitYearTests(Cluster cluster) : DocumentYear(cluster, "jsit-2020", 2024)
{
    private string? _case;
    private Guid _entry;

    private protected override void Play(YearWorld world, YearWalk walk)
    {
        walk.Before.Add(async step =>
        {
            switch (step.FullName)
            {
                case "初评（2024年第一季度）" when await world.CountAsync("fact-recorded") == 0:
                    var recorder = await world.AsAsync(YearWorld.Recorder);
                    Assert.Contains("已登记", (await RecordsWorld.RecordAsync(recorder, "badge-missing", YearWorld.Poor, "2024-02-29")).Text, StringComparison.Ordinal);
                    Assert.Contains("已登记", (await RecordsWorld.RecordAsync(recorder, "badge-missing", YearWorld.Usual, "2024-03-11")).Text, StringComparison.Ordinal);
                    _entry = await world.OneAsync<Guid>("select entry_id from fact where person_id = @person", new { person = YearWorld.Usual.Value });
                    break;
                case "公示（2024年第二季度）":
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
                await ObjectAsync(world);
            }
        });
    }

    private protected override async Task CheckAsync(YearWorld world)
    {
        Assert.Equal(new DateOnly(2024, 2, 29), await world.OneAsync<DateOnly>("select happened_on from fact where person_id = @person", new { person = YearWorld.Poor.Value }));

        // Of 100: no hour of the 32, each 0.5 (细则1), takes all of 12; none of the four reports, each 1 (附1·思想汇报), all of 4. A badge is 0.5.
        Assert.Equal(84m, await world.SettledAsync(YearWorld.Good));
        Assert.Equal(83.5m, await world.SettledAsync(YearWorld.Poor));
        Assert.Equal(84m, await world.SettledAsync(YearWorld.Usual));
        Assert.Equal(_entry, await world.OneAsync<Guid>("select corrects from ledger_entry where kind = 'entry-reversed'"));

        // Ten working days from 22 March: 25-29 March, 1-3 April; 4-6 are 清明, Sunday the 7th is worked; 8 April.
        Assert.Equal(new DateOnly(2024, 4, 8), await world.OneAsync<DateOnly>("select answer_by from objection_case"));
        Assert.Equal(new DateOnly(2024, 6, 21), await world.OneAsync<DateOnly>("select reported_on from objection_case where upheld"));
    }

    private async Task ObjectAsync(YearWorld world)
    {
        var member = await world.AsAsync(YearWorld.Usual);
        var raised = await member.SubmitAsync(
            await member.GetAsync("/objections/new?about=own"),
            "form[data-action=raise-objection]",
            ("text", "那天戴了徽章，有合影"),
            ("to", "branch"),
            ("entry", _entry.ToString()));
        Assert.Contains("回执编号", raised.Text, StringComparison.Ordinal);
        _case = raised.Path.Split('/', '?')[2];

        // Those who signed the review do not look into it: of the committee the secretary is left.
        foreach (var signed in new[] { YearWorld.Committeeman, YearWorld.Deputy })
        {
            Assert.Null((await (await world.AsAsync(signed)).GetAsync($"/objections/{_case}")).Document.QuerySelector("form[data-action=investigate]"));
        }

        var secretary = await world.AsAsync(YearWorld.Secretary);
        await secretary.SubmitAsync(
            await secretary.GetAsync($"/objections/{_case}"), "form[data-action=investigate]", ("finding", "看了当天的合影，确实戴了徽章"));
        await secretary.SubmitAsync(
            await secretary.GetAsync($"/objections/{_case}"),
            "form[data-action=answer]",
            ("upheld", "yes"),
            ("answer", "经核实，异议成立，予以更正"),
            ($"to-{_entry}", "reverse"));
        Assert.Equal(0, await world.CountAsync("objection-answered"));
        await world.ConfirmAllAsync();
        Assert.Equal(1, await world.CountAsync("objection-answered"));
        Assert.Equal(YearWorld.Officer.Value, await world.OneAsync<Guid>("select second_by from objection_case"));
    }

    /// <summary>The meeting of the second quarter was the next one.</summary>
    private async Task TellTheMeetingAsync(YearWorld world)
    {
        if (await world.CountAsync("answer-reported") > 0)
        {
            return;
        }

        var secretary = await world.AsAsync(YearWorld.Secretary);
        var meeting = await world.OneAsync<string>("select meeting_id::text from meeting order by held_on desc limit 1");
        await secretary.SubmitAsync(await secretary.GetAsync($"/objections/{_case}"), "form[data-action=report]", ("meeting", meeting));
        await world.ConfirmAllAsync();
        Assert.Equal(1, await world.CountAsync("answer-reported"));
    }
}
