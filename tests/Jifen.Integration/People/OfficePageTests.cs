using System.Net;
using Jifen.Cycle;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.People;

public sealed class OfficePageTests(Cluster cluster)
{
    [Fact]
    public async Task An_appointment_counts_when_somebody_from_outside_the_branch_has_confirmed_it()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var secretary = await world.AsAsync(world.College.Secretary);
        using var deputy = await world.AsAsync(world.College.Deputy);
        using var officer = await world.AsSignatoryAsync(world.College.Officer);

        var waits = await AppointAsync(secretary, world.College.Branch, world.College.Member, "committee-member");
        Assert.Contains("等第二人确认", waits.Text, StringComparison.Ordinal);
        var inside = await deputy.GetAsync("/confirmations");
        Assert.Null(inside.Document.QuerySelector("[data-action=confirm-step]"));
        var outside = await officer.GetAsync("/confirmations");
        Assert.Contains("任命成元为支委", outside.Text, StringComparison.Ordinal);
        await officer.SubmitAsync(outside, "button[data-action=confirm-step]");

        Assert.Contains("成元", (await secretary.GetAsync("/offices")).Text, StringComparison.Ordinal);
        Assert.Equal(
            world.College.Officer.Value,
            await world.OneAsync<Guid>("select second_by from ledger_entry where kind = 'office-assigned' and person_id = @id", new { id = world.College.Member.Value }));
    }

    [Fact]
    public async Task Nobody_appoints_himself_and_nobody_confirms_what_concerns_him()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var officer = await world.AsAsync(world.College.Officer);
        using var second = await world.AsSignatoryAsync(world.SecondOfficer);
        using var auditor = await world.AsSignatoryAsync(world.Auditor);

        var own = await AppointAsync(officer, world.College.Committee, world.College.Officer, "leading-group-member");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, own.Status);
        Assert.Contains("须回避", own.Text, StringComparison.Ordinal);

        await EndAsync(world, officer, world.SecondOfficer);
        var asked = await second.GetAsync("/confirmations");
        Assert.Null(asked.Document.QuerySelector("[data-action=confirm-step]"));
        Assert.NotNull((await auditor.GetAsync("/confirmations")).Document.QuerySelector("[data-action=confirm-step]"));
    }

    [Fact]
    public async Task A_step_is_refused_with_a_reason_or_withdrawn_and_then_nothing_happens()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var secretary = await world.AsAsync(world.College.Secretary);
        using var officer = await world.AsSignatoryAsync(world.College.Officer);
        await AppointAsync(secretary, world.College.Branch, world.College.Member, "committee-member");

        var nameless = await officer.SubmitAsync(await officer.GetAsync("/confirmations"), "button[data-action=refuse-step]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nameless.Status);
        var refused = await officer.SubmitAsync(nameless, "button[data-action=refuse-step]", ("reason", "人选未经支部大会"));
        Assert.Contains("已退回", refused.Text, StringComparison.Ordinal);
        Assert.Contains("人选未经支部大会", (await secretary.GetAsync("/confirmations")).Text, StringComparison.Ordinal);

        await AppointAsync(secretary, world.College.Branch, world.College.OtherMember, "committee-member");
        var stale = await officer.GetAsync("/confirmations");
        var withdrawn = await secretary.SubmitAsync(await secretary.GetAsync("/confirmations"), "button[data-action=withdraw-step]");
        Assert.Contains("已撤回", withdrawn.Text, StringComparison.Ordinal);
        var late = await officer.SubmitAsync(stale, "button[data-action=confirm-step]");
        Assert.Contains("已经处理过", late.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.OneAsync<int>(
            "select count(*)::int from office_term where person_id in (@one, @other)", new { one = world.College.Member.Value, other = world.College.OtherMember.Value }));
    }

    [Fact]
    public async Task A_handover_ends_one_term_and_begins_the_next_in_one_step_and_lists_what_is_open()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var officer = await world.AsAsync(world.College.Officer);
        using var recorder = await world.AsAsync(world.College.Recorder);
        var term = await TermAsync(world, world.College.Recorder);

        var page = await officer.GetAsync($"/offices/{term}/handover");
        Assert.Contains("还没有办完的事", page.Text, StringComparison.Ordinal);
        var done = await officer.SubmitAsync(page, "button[data-action=succeed-officer]", ("person", world.College.Member.ToString()), ("on", "2025-07-01"));

        Assert.Contains("已交接", done.Text, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2025, 6, 30), await world.OneAsync<DateOnly>("select to_on from office_term where office_term_id = @term", new { term }));
        Assert.Equal(
            new DateOnly(2025, 7, 1), await world.OneAsync<DateOnly>("select from_on from office_term where person_id = @id", new { id = world.College.Member.Value }));
        Assert.Equal(HttpStatusCode.OK, (await recorder.GetAsync($"/offices/{term}/handover")).Status);
        using var other = await world.AsAsync(world.College.OtherMember);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"/offices/{term}/handover")).Status);
    }

    [Fact]
    public async Task A_representative_of_the_masses_is_named_who_is_on_no_roll()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var officer = await world.AsAsync(world.College.Officer);

        var done = await officer.SubmitAsync(
            await officer.GetAsync($"/offices/new?organization={world.College.Branch}&office=mass-representative"),
            "button[data-action=appoint-officer]",
            ("name", "群一"));

        Assert.Contains("已任命", done.Text, StringComparison.Ordinal);
        Assert.Contains("群一", done.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_without_secretary_or_recorder_shows_the_vacancy_and_a_member_appoints_nobody()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var stranger = await world.AsAsync(world.Stranger);
        using var member = await world.AsAsync(world.StrangeMember);

        Assert.Contains("空缺", (await stranger.GetAsync("/offices")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync($"/offices/new?organization={world.SecondBranch}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/offices/new?organization={world.College.Branch}")).Status);
    }

    private static async Task<Page> AppointAsync(Browser browser, OrganizationId organization, PersonId person, string office) => await browser.SubmitAsync(
        await browser.GetAsync($"/offices/new?organization={organization}"),
        "button[data-action=appoint-officer]",
        ("office", office),
        ("person", person.ToString()),
        ("on", "2025-06-10"));

    private static async Task EndAsync(PeopleWorld world, Browser browser, PersonId person) => Assert.Contains(
        "等第二人确认",
        (await browser.SubmitAsync(
            await browser.GetAsync($"/offices/{await TermAsync(world, person)}/end"), "button[data-action=end-office]", ("on", "2025-06-30"), ("reason", "调离"))).Text,
        StringComparison.Ordinal);

    private static Task<Guid> TermAsync(PeopleWorld world, PersonId person) =>
        world.OneAsync<Guid>("select office_term_id from office_term where person_id = @id", new { id = person.Value });
}
