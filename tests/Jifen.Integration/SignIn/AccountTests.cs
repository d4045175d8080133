using System.Net;
using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Accounts;
using Jifen.Integration.World;
using Jifen.Store.Steps;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Jifen.Integration.SignIn;

public sealed class AccountTests(Cluster cluster)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_shows_each_officer_his_own_people_and_a_member_nobody()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        using var secretary = await site.SignInAsync(college.Secretary);
        using var administrator = await site.SignInAsync(college.Administrator);
        using var member = await site.SignInAsync(college.Member);

        Assert.Equal(["傅书", "成元", "程远", "史记", "纪录"], await NamesAsync(secretary, "/accounts"), StringSetComparer.Instance);
        Assert.Equal(["傅书", "成元", "程远", "史记", "纪录", "高敏", "孟系"], await NamesAsync(administrator, "/accounts"), StringSetComparer.Instance);
        Assert.Equal(["成元"], await NamesAsync(administrator, "/accounts?search=成元"));
        Assert.Equal("/settings", (await member.GetAsync("/accounts")).Path);
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync($"/accounts/{college.OtherMember}")).Status);
    }

    [Fact]
    public async Task Alone_in_office_one_opens_an_account_and_gets_the_link_at_once()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        using var officer = await site.SignInAsync(college.Officer);

        var shown = await officer.SubmitAsync(await officer.GetAsync($"/accounts/{college.Member}"), "button[data-action=open-account]");

        Assert.Contains("只显示这一次", shown.Text, StringComparison.Ordinal);
        Assert.NotNull(shown.Document.QuerySelector("svg[role=img]"));
        Assert.Equal(0, (await officer.GetAsync($"/accounts/{college.Member}")).Document.QuerySelectorAll("[data-field=link]").Length);
    }

    [Fact]
    public async Task Where_somebody_outside_the_branch_can_confirm_the_link_waits_for_him()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Officer, "高敏");
        await site.GiveAsync(college.Administrator, "孟系");
        using var secretary = await site.SignInAsync(college.Secretary);

        var asked = await secretary.SubmitAsync(await secretary.GetAsync($"/accounts/{college.Member}"), "button[data-action=open-account]");
        Assert.Contains("另一位确认后生效", asked.Text, StringComparison.Ordinal);
        Assert.Null(asked.Document.QuerySelector("[data-action=issue-link]"));

        var confirmed = await new PendingSteps(site.Database, site.Clock).ConfirmAsync(college.Administrator, await PendingAsync(site), Cancel);
        Assert.Null(confirmed.Refusal);
        var link = LinkTests.LinkOf(await secretary.SubmitAsync(await secretary.GetAsync($"/accounts/{college.Member}"), "button[data-action=issue-link]"));
        using var browser = site.Browser();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(link)).Status);
    }

    [Fact]
    public async Task The_same_form_sent_twice_opens_one_account()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        using var officer = await site.SignInAsync(college.Officer);
        var page = await officer.GetAsync($"/accounts/{college.Member}");

        await officer.SubmitAsync(page, "button[data-action=open-account]");
        await officer.SubmitAsync(page, "button[data-action=open-account]");

        await using var connection = await site.Database.Owner.OpenConnectionAsync(Cancel);
        Assert.Equal(1, await connection.QuerySingleAsync<int>("select count(*)::int from ledger_entry where kind = 'account-opened'"));
    }

    [Fact]
    public async Task Nobody_opens_resets_or_links_his_own_account()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        await site.GiveAsync(college.Administrator, "孟系");
        var steps = site.Services.GetRequiredService<AccountSteps>();

        var reset = await steps.ResetAsync(new ResetAccount(college.Administrator, "试试"), college.Administrator, new OperationId(Guid.CreateVersion7()), Cancel);
        var (link, refusal) = await steps.IssueLinkAsync(college.Secretary, college.Secretary, Cancel);

        Assert.NotNull(reset.Refusal);
        Assert.Null(link);
        Assert.NotNull(refusal);
    }

    [Fact]
    public async Task The_recorder_and_a_member_open_no_account_whatever_they_send()
    {
        await using var site = await TestSite.StartAsync(cluster);
        var college = await College.FoundAsync(site);
        var steps = site.Services.GetRequiredService<AccountSteps>();

        foreach (var person in new[] { college.Recorder, college.OtherMember })
        {
            Assert.NotNull((await steps.OpenAsync(new OpenAccount(college.Member), person, new OperationId(Guid.CreateVersion7()), Cancel)).Refusal);
            Assert.NotNull((await steps.DisableAsync(new DisableAccount(college.Member, "x"), person, new OperationId(Guid.CreateVersion7()), Cancel)).Refusal);
            Assert.NotNull((await steps.IssueLinkAsync(college.Member, person, Cancel)).Refusal);
        }
    }

    [Theory]
    [InlineData("account")]
    [InlineData("passkey")]
    [InlineData("session")]
    [InlineData("known_device")]
    [InlineData("sign_in_attempt")]
    [InlineData("invitation")]
    public async Task The_role_of_the_site_lists_no_table_that_keeps_secrets_and_the_reader_neither(string table)
    {
        await using var database = await cluster.FreshAsync();

        foreach (var source in new[] { database.App, database.Reader })
        {
            await using var command = source.CreateCommand($"select * from {table}");
            Assert.Equal(
                PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel))).SqlState);
        }
    }

    [Fact]
    public async Task The_reader_calls_no_function_that_signs_in()
    {
        await using var database = await cluster.FreshAsync();
        await using var command = database.Reader.CreateCommand("select * from find_account('X', null, null)");

        Assert.Equal(
            PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel))).SqlState);
    }

    [Fact]
    public async Task Keys_in_the_database_are_encrypted_with_a_file_only_its_owner_reads()
    {
        await using var site = await TestSite.StartAsync(cluster);
        using var browser = site.Browser();
        await browser.GetAsync("/sign-in");

        await using var connection = await site.Database.Owner.OpenConnectionAsync(Cancel);
        var keys = (await connection.QueryAsync<string>("select xml from data_protection_key")).AsList();
        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.Contains("<sealed", key, StringComparison.Ordinal));
        Assert.All(keys, key => Assert.DoesNotContain("masterKey", key, StringComparison.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(Path.Combine(site.DataFolder, "keys")).UnixFileMode);
    }

    private static async Task<OperationId> PendingAsync(TestSite site)
    {
        await using var connection = await site.Database.Owner.OpenConnectionAsync(Cancel);
        return new OperationId(await connection.QuerySingleAsync<Guid>("select operation_id from pending_step"));
    }

    private static async Task<List<string>> NamesAsync(Browser browser, string path) =>
        [.. (await browser.GetAsync(path)).Document.QuerySelectorAll("tbody tr[data-id] th").Select(cell => cell.TextContent.Trim())];

    /// <summary>The same names in any order.</summary>
    private sealed class StringSetComparer : IEqualityComparer<IEnumerable<string>>
    {
        public static readonly StringSetComparer Instance = new();

        public bool Equals(IEnumerable<string>? x, IEnumerable<string>? y) => x!.ToHashSet(StringComparer.Ordinal).SetEquals(y!);

        public int GetHashCode(IEnumerable<string> obj) => 0;
    }
}
