using System.Net;
using Jifen.Integration.World;
using Xunit;

namespace Jifen.Integration.People;

public sealed class RosterImportPageTests(Cluster cluster)
{
    private const string Heads = "编号,姓名,身份,到支部日期\n";

    [Fact]
    public async Task Errors_are_shown_by_cell_and_nothing_is_saved()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var secretary = await world.AsAsync(world.College.Secretary);

        var preview = await PeopleWorld.UploadAsync(secretary, "/members/import", $"{Heads}1,章一,正式党员,2025-03-01\n2,章二,党员干部,\n3,,预备党员,去年\n");

        Assert.Equal(
            ["第3行第3列", "第4行第2列", "第4行第4列"], preview.Document.QuerySelectorAll("[data-error] [data-field=place]").Select(cell => cell.TextContent));
        Assert.Contains("党员干部", preview.Text, StringComparison.Ordinal);
        Assert.Null(preview.Document.QuerySelector("[data-action=confirm-import]"));
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from person where name like '章%'"));
    }

    [Fact]
    public async Task A_confirmed_import_makes_members_and_the_same_file_again_changes_nothing()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var officer = await world.AsAsync(world.College.Officer);
        var page = $"/members/import?organization={world.College.Branch}";
        const string File = $"{Heads}001,章一,正式党员,2025-03-01\n002,章二,预备党员,\n";

        var preview = await PeopleWorld.UploadAsync(officer, page, File, ("asOf", "2025-06-01"));
        Assert.Equal("2", preview.Document.QuerySelector("[data-field=new] .jf-stat-value")!.FirstChild!.TextContent);
        var done = await officer.SubmitAsync(preview, "button[data-action=confirm-import]");

        Assert.Contains("名册已导入", done.Text, StringComparison.Ordinal);
        Assert.Contains("章一", done.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["章一 001 2025-03-01 full", "章二 002 2025-06-01 probationary"],
            await world.SeenByAsync<string>(
                world.College.Officer,
                """
                select p.name || ' ' || p.number || ' ' || a.from_on || ' ' || m.value from person p
                join affiliation a using (person_id) join member_period m on m.person_id = p.person_id and m.aspect = 'standing'
                where p.number like '00%' order by p.number
                """));
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from ledger_entry where body like '%章%'"));
        var entries = await world.OneAsync<int>("select count(*)::int from ledger_entry");

        var again = await PeopleWorld.UploadAsync(officer, page, File, ("asOf", "2025-06-01"));

        Assert.Contains("文件与名册一致", again.Text, StringComparison.Ordinal);
        Assert.Equal(["unchanged", "unchanged"], again.Document.QuerySelectorAll("[data-outcome]").Select(row => row.GetAttribute("data-outcome")));
        Assert.Equal(entries, await world.OneAsync<int>("select count(*)::int from ledger_entry"));
    }

    [Fact]
    public async Task A_whole_college_goes_into_many_branches_in_one_step_when_the_second_person_agrees()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var officer = await world.AsAsync(world.College.Officer);
        using var second = await world.AsSignatoryAsync(world.SecondOfficer);
        var preview = await PeopleWorld.UploadAsync(
            officer, $"/members/import?organization={world.College.Committee}", "编号,姓名,支部,身份\n1,章一,第一党支部,正式党员\n2,章二,第二党支部,正式党员\n");

        var waits = await officer.SubmitAsync(preview, "button[data-action=confirm-import]");
        Assert.Contains("等第二人确认", waits.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("章一", waits.Text, StringComparison.Ordinal);

        var asked = await second.GetAsync("/confirmations");
        Assert.Equal(
            ["章一：原在册，列入名册，正式党员，2025-06-15，第一党支部，依据：名册导入", "章二：原在册，列入名册，正式党员，2025-06-15，第二党支部，依据：名册导入"],
            asked.Document.QuerySelectorAll("[data-field=details] li").Select(line => line.TextContent).Order(StringComparer.Ordinal));
        var confirmed = await second.SubmitAsync(asked, "button[data-action=confirm-step]");

        Assert.Contains("已确认", confirmed.Text, StringComparison.Ordinal);
        Assert.Equal(
            [("章一", world.College.Branch.Value), ("章二", world.SecondBranch.Value)],
            await world.SeenByAsync<(string, Guid)>(
                world.SecondOfficer, "select p.name, a.organization_id from person p join affiliation a using (person_id) where p.number in ('1', '2') order by p.number"));
        Assert.Equal(1, await world.OneAsync<int>("select count(distinct operation_id)::int from ledger_entry where kind = 'member-admitted' and second_by is not null"));
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from pending_name"));
    }

    [Fact]
    public async Task A_column_under_a_strange_head_is_assigned_by_hand()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var officer = await world.AsAsync(world.College.Officer);
        var guessed = await PeopleWorld.UploadAsync(officer, $"/members/import?organization={world.College.Branch}", "谁,身份,身份证号\n章一,正式党员,1\n");
        Assert.NotEmpty(guessed.Document.QuerySelectorAll("[data-error]"));
        Assert.DoesNotContain("身份证号", guessed.Document.QuerySelector("select[name=number]")!.TextContent, StringComparison.Ordinal);

        var mapped = await officer.SubmitAsync(guessed, "button[data-action=map-columns]", ("name", "0"));

        Assert.Empty(mapped.Document.QuerySelectorAll("[data-error]"));
        Assert.Equal(["new"], mapped.Document.QuerySelectorAll("[data-outcome]").Select(row => row.GetAttribute("data-outcome")));
    }

    [Fact]
    public async Task What_changed_between_preview_and_confirmation_is_shown_again()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var officer = await world.AsAsync(world.College.Officer);
        var page = $"/members/import?organization={world.College.Branch}";
        var preview = await PeopleWorld.UploadAsync(officer, page, $"{Heads}1,章一,正式党员,\n");
        var other = await PeopleWorld.UploadAsync(officer, page, $"{Heads}1,章一,预备党员,\n");
        await officer.SubmitAsync(other, "button[data-action=confirm-import]");

        var refused = await officer.SubmitAsync(preview, "button[data-action=confirm-import]");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("预览之后名册有了变化", refused.Text, StringComparison.Ordinal);
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from person where number = '1'"));
    }

    [Fact]
    public async Task An_upload_is_its_owners_and_a_member_imports_nothing()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var officer = await world.AsAsync(world.College.Officer);
        using var second = await world.AsAsync(world.SecondOfficer);
        using var member = await world.AsAsync(world.College.Member);
        var preview = await PeopleWorld.UploadAsync(officer, $"/members/import?organization={world.College.Branch}", $"{Heads}1,章一,正式党员,\n");

        Assert.Equal(HttpStatusCode.NotFound, (await second.GetAsync(preview.Path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync(preview.Path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/members/import")).Status);
    }

    [Fact]
    public async Task A_secretary_imports_into_no_other_branch()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var secretary = await world.AsAsync(world.College.Secretary);

        Assert.Equal(HttpStatusCode.Forbidden, (await secretary.GetAsync($"/members/import?organization={world.SecondBranch}")).Status);
        var preview = await PeopleWorld.UploadAsync(secretary, "/members/import", "编号,姓名,支部,身份\n1,章一,第二党支部,正式党员\n");
        Assert.Single(preview.Document.QuerySelectorAll("[data-error]"));
    }

    [Fact]
    public async Task The_exported_roster_is_imported_again_without_a_change()
    {
        await using var world = await PeopleWorld.StartAsync(cluster);
        using var secretary = await world.AsAsync(world.College.Secretary);
        using var member = await world.AsAsync(world.College.Member);
        var csv = await secretary.Http.GetStringAsync($"/members/export?organization={world.College.Branch}&format=csv", TestContext.Current.CancellationToken);

        var preview = await PeopleWorld.UploadAsync(secretary, "/members/import", csv);

        Assert.Equal(5, preview.Document.QuerySelectorAll("[data-outcome=unchanged]").Length);
        Assert.Equal(HttpStatusCode.NotFound, (await secretary.Http.GetAsync($"/members/export?organization={world.SecondBranch}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.Http.GetAsync($"/members/export?organization={world.College.Branch}", TestContext.Current.CancellationToken)).StatusCode);
    }
}
