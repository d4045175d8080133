using AngleSharp.Html.Dom;
using Jifen.Cycle.Rounds;
using Xunit;

namespace Jifen.Integration.Year;

/// <summary>What others have a part in: pledges, the masses' slips, the superior who takes the filing.</summary>
internal sealed partial class YearWalk
{
    private const int Slips = 6;

    private async Task PublishPledgesAsync()
    {
        var path = $"/pledges?year={world.Year}";
        foreach (var person in YearWorld.FullMembers)
        {
            var member = await world.AsAsync(person);
            Done(await member.SubmitAsync(await member.GetAsync(path), "form[data-action=give-pledge]", ("pledge", "按时参加学习，带好一名学生")));
        }

        var committee = await world.AsAsync(YearWorld.Committeeman);
        Done(await committee.SubmitAsync(await committee.GetAsync(path), "form[data-action=publish-pledges]"));
        await world.ConfirmAllAsync();
    }

    /// <summary>Six slips for each kind of voter, cast by somebody who is signed in nowhere, counted together.</summary>
    private async Task EvaluateAsync(string path, PlannedStep step)
    {
        var secretary = await world.AsAsync(YearWorld.Secretary);
        var page = await secretary.GetAsync($"{path}/evaluation");
        foreach (var codes in page.Document.QuerySelectorAll("form[data-action=open-evaluation] input[name$='-codes']").Cast<IHtmlInputElement>())
        {
            codes.Value = Text(Slips);
        }

        foreach (var phones in page.Document.QuerySelectorAll("form[data-action=open-evaluation] input[name$='-phones'], form[data-action=open-evaluation] input[name$='-papers']").Cast<IHtmlInputElement>())
        {
            phones.Value = "0";
        }

        var printed = Done(await secretary.SubmitAsync(page, "form[data-action=open-evaluation]"));
        var slips = printed.Document.QuerySelectorAll(".jf-slip").Select(slip => slip.GetAttribute("data-id")!).ToList();
        Assert.NotEmpty(slips);
        using var nobody = world.Site.Browser();
        foreach (var slip in slips)
        {
            var ballot = await nobody.GetAsync($"/ballot/{slip}");
            foreach (var first in ballot.Document.QuerySelectorAll("form[data-action=cast-ballot] input[type=radio]").Cast<IHtmlInputElement>().GroupBy(choice => choice.Name))
            {
                first.First().IsChecked = true;
            }

            Done(await nobody.SubmitAsync(ballot, "form[data-action=cast-ballot]"));
        }

        Done(await secretary.SubmitAsync(await secretary.GetAsync($"{path}/evaluation"), "form[data-action=close-ballots]"));
        Assert.True(await IsEndedAsync(step), (await secretary.GetAsync($"{path}/evaluation")).Text);
    }

    private async Task FileAsync(string path)
    {
        var secretary = await world.AsAsync(YearWorld.Secretary);
        var at = $"{path}/filing";
        var page = await secretary.GetAsync(at);
        if (page.Document.QuerySelector("form[data-action=submit-filing]") is not null)
        {
            Done(await secretary.SubmitAsync(page, "form[data-action=submit-filing]"));
            await world.ConfirmAllAsync();
        }

        var officer = await world.AsAsync(YearWorld.Officer);
        var filing = await officer.GetAsync($"/filings/{await world.OneAsync<Guid>("select filing_id from filing order by submitted_on desc, filing_id desc limit 1")}");
        Done(await officer.SubmitAsync(filing, "button[data-action=accept-filing]"));
    }
}
