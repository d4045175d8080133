using System.Net;
using Jifen.Integration.Records;
using Jifen.Integration.World;
using Xunit;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Rounds;

/// <summary>年初定项目: drafted by the branch, discussed by its members, frozen for the year.</summary>
public sealed class RefinementPageTests(Cluster cluster)
{
    private const string Draft = "/schemes/refinements/draft?year=2026";

    [Fact]
    public async Task A_draft_is_checked_line_by_line_beside_the_text_and_a_faulty_one_is_kept_and_not_put_forward()
    {
        await using var world = await StartAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        var form = await secretary.GetAsync(Draft);
        var text = TextOf(form);
        Assert.Contains("细化: jsit-2020", text, StringComparison.Ordinal);

        var back = await SaveAsync(secretary, form, text.Replace("扣: 0.5", "扣: 零点五", StringComparison.Ordinal));

        Assert.Contains("处要改", back.Text, StringComparison.Ordinal);
        Assert.Contains("细则 第", back.Document.QuerySelector("[data-field=faults]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("零点五", TextOf(back), StringComparison.Ordinal);
        Assert.Null(back.Document.QuerySelector("[data-action=propose-refinement]"));
        Assert.Equal(0, await world.CountAsync("refinement-proposed"));
    }

    [Fact]
    public async Task Who_saves_over_somebody_elses_work_is_told_and_loses_nothing()
    {
        await using var world = await StartAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        using var committee = await world.AsAsync(Committeeman);
        var (hers, his) = (await secretary.GetAsync(Draft), await committee.GetAsync(Draft));
        await SaveAsync(secretary, hers, TextOf(hers) + "# 书记改的\n");

        var refused = await SaveAsync(committee, his, TextOf(his) + "# 支委改的\n");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("别人已经改过这份草稿", refused.Text, StringComparison.Ordinal);
        Assert.Contains("# 支委改的", TextOf(refused), StringComparison.Ordinal);
        Assert.Contains("# 书记改的", TextOf(await committee.GetAsync(Draft)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_the_draft_through_second_person_and_meeting_into_force_for_the_next_year_only()
    {
        await using var world = await StartAsync(cluster);
        var proposal = await ProposedAsync(world, "扣: 1");
        using var secretary = await world.AsAsync(Secretary);
        var before = await world.OneAsync<string>("select max(fingerprint) from scheme_adoption");

        var page = await secretary.GetAsync(proposal);
        var few = await VoteAsync(secretary, page, present: 2, votes: 2);
        Assert.Contains("应到5人，至少要到3人才能表决", few.Text, StringComparison.Ordinal);
        var odd = await VoteAsync(secretary, page, present: 3, votes: 4);
        Assert.Contains("票数对不上", odd.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("refinement-discussed"));

        var passed = await VoteAsync(secretary, page, present: 5, votes: 4);

        Assert.Contains("起采用", passed.Text, StringComparison.Ordinal);
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from scheme_adoption where organization_id = @Branch and year = 2026", new { Branch }));
        Assert.Equal(before, await world.OneAsync<string>("select fingerprint from scheme_adoption where year = 2024"));
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from round_step where round = '2026' and step = '定项目' and ended_on is not null"));
        await VoteAsync(secretary, page, present: 5, votes: 4);
        Assert.Equal(1, await world.CountAsync("refinement-discussed"));
    }

    [Fact]
    public async Task A_refinement_the_meeting_does_not_pass_goes_back_with_the_count()
    {
        await using var world = await StartAsync(cluster);
        var proposal = await ProposedAsync(world, "扣: 1.5");
        using var secretary = await world.AsAsync(Secretary);

        var failed = await VoteAsync(secretary, await secretary.GetAsync(proposal), present: 4, votes: 2);

        Assert.Contains("没有通过：应到5人，赞成2票", failed.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from scheme_adoption where year = 2026"));
    }

    [Fact]
    public async Task Once_a_round_has_been_reviewed_the_year_keeps_its_rules()
    {
        await using var world = await StartAsync(cluster);
        await world.EndAsync("2025-q3", "初评");
        using var secretary = await world.AsAsync(Secretary);
        var form = await secretary.GetAsync("/schemes/refinements/draft?year=2025");
        var saved = await SaveAsync(secretary, form, TextOf(form).Replace("扣: 0.5", "扣: 1", StringComparison.Ordinal));

        var refused = await secretary.SubmitAsync(saved, "button[data-action=propose-refinement]");

        Assert.Contains("年中不能换办法或改细则", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("refinement-proposed"));
    }

    [Fact]
    public async Task Trying_it_on_last_years_facts_shows_who_would_change_and_changes_nothing()
    {
        await using var world = await StartAsync(cluster);
        using var recorder = await world.AsAsync(Recorder);
        using var secretary = await world.AsAsync(Secretary);
        await RecordAsync(recorder, "meeting-absent", Member, "2025-10-15");
        var form = await secretary.GetAsync(Draft);
        await SaveAsync(secretary, form, TextOf(form).Replace("会1, 扣: 2", "会1, 扣: 3", StringComparison.Ordinal));
        var entries = await world.OneAsync<int>("select count(*)::int from ledger_entry");

        var trial = await secretary.GetAsync("/schemes/refinements/trial?year=2026");

        Assert.NotNull(trial.Document.QuerySelector($"tr[data-id='{Member}']"));
        Assert.Contains("1人会变", trial.Text, StringComparison.Ordinal);
        Assert.Equal(entries, await world.OneAsync<int>("select count(*)::int from ledger_entry"));
        Assert.Equal(HttpStatusCode.Forbidden, (await recorder.GetAsync("/schemes/refinements/draft?year=2026")).Status);
    }

    private static string TextOf(Page page) => page.Document.QuerySelector("textarea[name=text]")!.TextContent;

    private static Task<Page> SaveAsync(Browser browser, Page page, string text) => browser.SubmitAsync(page, "button[data-action=save-draft]", ("text", text));

    private static Task<Page> VoteAsync(Browser browser, Page page, int present, int votes) => browser.SubmitAsync(
        page,
        "form[data-action=discuss-refinement]",
        ("meeting", "2025年第四次党员大会"),
        ("on", "2025-10-20"),
        ("present", $"{present}"),
        ("for", $"{votes}"),
        ("operation", Guid.CreateVersion7().ToString()));

    /// <summary>Put forward by the secretary, confirmed by the committee.</summary>
    internal static async Task<string> ProposedAsync(RecordsWorld world, string filled)
    {
        using var secretary = await world.AsAsync(Secretary);
        using var committee = await world.WithPasswordAsync(Committeeman);
        var form = await secretary.GetAsync(Draft);
        var saved = await SaveAsync(secretary, form, TextOf(form).Replace("扣: 0.5", filled, StringComparison.Ordinal));
        Assert.Contains("没有错", saved.Text, StringComparison.Ordinal);
        var waits = await secretary.SubmitAsync(saved, "button[data-action=propose-refinement]");
        Assert.True(waits.Text.Contains("等另一人确认", StringComparison.Ordinal), waits.Text);
        await committee.SubmitAsync(await committee.GetAsync("/confirmations"), "button[data-action=confirm-step]");
        var fingerprint = await world.OneAsync<string>("select fingerprint from refinement");
        return $"/schemes/refinements/2026/{fingerprint}";
    }
}
