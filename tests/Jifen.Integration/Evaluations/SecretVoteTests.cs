using System.Net;
using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Evaluations;
using Jifen.Integration.Records;
using Jifen.Integration.World;
using Jifen.Store.Steps;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Jifen.Integration.Decisions.MeetingPageTests;
using static Jifen.Integration.Records.RecordsWorld;

namespace Jifen.Integration.Evaluations;

/// <summary>A secret vote on a motion: slips drawn on phones, printed, or paper; cast by nobody; counted once.</summary>
public sealed class SecretVoteTests(Cluster cluster)
{
    private static readonly PersonId[] Everybody = [Secretary, Recorder, Committeeman, Member, Second];

    [Fact]
    public async Task Slips_drawn_on_phones_are_cast_without_session_and_decide_the_motion_when_they_are_counted()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        var vote = await PutAsync(world, secretary);
        var page = await secretary.SubmitAsync(vote, "form[data-action=open-ballot]");
        var slips = await DrawAllAsync(world, vote.Path);
        Assert.Equal(5, slips.Distinct().Count());

        using var early = world.Site.Browser();
        Assert.Contains("还没有开始投票", (await early.GetAsync(slips[0])).Text, StringComparison.Ordinal);
        page = await secretary.SubmitAsync(await secretary.GetAsync(vote.Path), "form[data-action=start-balloting]");
        foreach (var (slip, choice) in slips.Zip(["赞成", "赞成", "赞成", "反对", "弃权"]))
        {
            using var nobody = world.Site.Browser();
            Assert.Contains("票已收到", (await CastAsync(nobody, slip, choice)).Text, StringComparison.Ordinal);
        }

        page = await secretary.GetAsync(vote.Path);
        Assert.DoesNotContain("赞成3", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("table"));
        page = await secretary.SubmitAsync(page, "form[data-action=close-ballots]");

        Assert.Equal(["3", "1", "1"], page.Document.QuerySelectorAll("tr[data-id=motion] td").Select(cell => cell.TextContent));
        Assert.Equal("passed", (await secretary.GetAsync(Meeting)).Document.QuerySelector("[data-kind=other]")!.GetAttribute("data-state"));
        Assert.Equal(
            await world.OneAsync<string>("select encode(sha256(string_agg(slot || ' ' || voter || ' ' || choices || e'\\n', '' order by (slot || ' ' || voter) collate \"C\")::bytea), 'hex') from ballot"),
            await world.OneAsync<string>("select digest from ballot_box"));
    }

    [Fact]
    public async Task One_slip_is_one_ballot_however_often_and_from_wherever_it_is_sent_and_none_comes_after_the_close()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        var vote = await PutAsync(world, secretary);
        await secretary.SubmitAsync(vote, "form[data-action=open-ballot]", ("member-phones", "0"), ("member-codes", "5"));
        var slips = await PrintedAsync(world, secretary);
        using var nobody = world.Site.Browser();
        using var another = world.Site.Browser();
        var (first, second) = (await nobody.GetAsync(slips[0]), await another.GetAsync(slips[0]));

        var answers = await Task.WhenAll(Send(nobody, first, "赞成"), Send(another, second, "反对"), Send(nobody, first, "赞成"));
        Assert.Single(answers, answer => answer.Text.Contains("票已收到", StringComparison.Ordinal));
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from ballot"));
        Assert.Equal(HttpStatusCode.Gone, (await nobody.GetAsync(slips[0])).Status);
        Assert.Equal(HttpStatusCode.Gone, (await nobody.GetAsync("/ballot/2345-6789")).Status);

        var late = await nobody.GetAsync(slips[1]);
        await secretary.SubmitAsync(await secretary.GetAsync(vote.Path), "form[data-action=close-ballots]");
        Assert.DoesNotContain("票已收到", (await Send(nobody, late, "赞成")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await world.OneAsync<int>("select count(*)::int from ballot"));
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from ballot_slip"));
    }

    [Fact]
    public async Task Who_casts_while_the_box_is_being_counted_is_in_the_count_or_is_told_that_he_is_not()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        var vote = await PutAsync(world, secretary);
        await secretary.SubmitAsync(vote, "form[data-action=open-ballot]", ("member-phones", "0"), ("member-codes", "5"));
        var slips = await PrintedAsync(world, secretary);
        var page = await secretary.GetAsync(vote.Path);
        var urn = world.Site.Services.GetRequiredService<BallotUrn>();

        var casts = slips.Select(slip => urn.CastAsync(CodeOf(slip), new CastVote(new Dictionary<string, string> { ["motion"] = "赞成" }, null))).ToList();
        await secretary.SubmitAsync(page, "form[data-action=close-ballots]");
        var taken = (await Task.WhenAll(casts)).Count(refusal => refusal is null);

        Assert.Equal(taken, await world.OneAsync<int>("select received from ballot_box"));
        Assert.Equal(taken, await world.OneAsync<int>("select count(*)::int from ballot"));
    }

    [Fact]
    public async Task Nothing_of_the_ballot_tables_leads_to_a_person_by_column_transaction_time_or_order()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        var vote = await PutAsync(world, secretary);
        await secretary.SubmitAsync(vote, "form[data-action=open-ballot]");
        var slips = await DrawAllAsync(world, vote.Path);
        await secretary.SubmitAsync(await secretary.GetAsync(vote.Path), "form[data-action=start-balloting]");
        var sessions = await world.OneAsync<string>("select string_agg(last_seen_at::text || xmin, ',' order by session_id) from session");
        // Long enough that any other page would note when the session was last used.
        ((MovableClock)world.Site.Clock).Advance(TimeSpan.FromMinutes(20));
        foreach (var slip in slips)
        {
            // Signed in, and yet nobody.
            Assert.DoesNotContain("沈书记", (await secretary.GetAsync(slip)).Text, StringComparison.Ordinal);
            await CastAsync(secretary, slip, "赞成");
        }

        // Columns: slot, box, kind of voter, what was ticked; a digest of a code; no key to anything.
        Assert.Equal("box_id choices slot voter", await world.OneAsync<string>("select string_agg(attname, ' ' order by attname) from pg_attribute where attrelid = 'ballot'::regclass and attnum > 0"));
        Assert.Equal("box_id slip_hash voter", await world.OneAsync<string>("select string_agg(attname, ' ' order by attname) from pg_attribute where attrelid = 'ballot_slip'::regclass and attnum > 0"));
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from pg_constraint where contype = 'f' and conrelid in ('ballot'::regclass, 'ballot_slip'::regclass)"));
        // Random, not made of the time.
        Assert.Equal("4", await world.OneAsync<string>("select string_agg(distinct substr(slot::text, 15, 1), '') from ballot"));

        // Transactions: what casts touches nothing besides, not even the session of the browser it comes from.
        Assert.Equal(sessions, await world.OneAsync<string>("select string_agg(last_seen_at::text || xmin, ',' order by session_id) from session"));
        var tables = await world.OneAsync<string>("select string_agg(relname, ' ') from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'ballot'");
        foreach (var table in tables.Split(' '))
        {
            Assert.Equal(0, await world.OneAsync<int>($"select count(*)::int from {table} t where t.xmin::text in (select b.xmin::text from ballot b)"));
        }

        await secretary.GetAsync("/");
        Assert.NotEqual(sessions, await world.OneAsync<string>("select string_agg(last_seen_at::text || xmin, ',' order by session_id) from session"));

        // After the count one transaction wrote them all, in the order of what they say, and that transaction did not touch the roll.
        await secretary.SubmitAsync(await secretary.GetAsync(vote.Path), "form[data-action=close-ballots]");
        Assert.Equal(1, await world.OneAsync<int>("select count(distinct xmin::text)::int from ballot"));
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from meeting_person where xmin::text in (select xmin::text from ballot)"));
        // Nothing says who drew a slip: the roll is as it was called.
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from ledger_entry where kind like 'ballot%' and person_id is not null"));
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from read_log"));
    }

    [Fact]
    public async Task The_order_in_which_ballots_lie_tells_nothing_of_the_order_in_which_they_came()
    {
        await using var world = await ReviewedAsync(cluster);
        var box = Guid.CreateVersion7();
        var codes = Enumerable.Range(0, 40).Select(at => $"CODE{at:000}{Guid.CreateVersion7():N}").ToList();
        await using var connection = await world.Site.Database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("select set_config('jifen.person', @person, false)", new { person = Secretary.ToString() });
        await connection.ExecuteAsync("select hand_out_slips(@box, @hashes, 'member')", new { box, hashes = codes.Select(BallotSteps.HashOf).ToArray() });
        await connection.ExecuteAsync(
            """
            insert into ballot_box (box_id, organization_id, kind, round, subjects, choices, slips, table_rows, asks_opinions, state, opened_on, opened_by, entry_id)
            values (@box, @branch, 'motion', '2025-q3', '{motion}', '{赞成,反对,弃权}', '[]', '[]', true, 'open', '2025-10-20', @box, @box)
            """,
            new { box, branch = Branch.Value });
        var urn = world.Site.Services.GetRequiredService<BallotUrn>();
        var marks = codes.ConvertAll(_ => Guid.CreateVersion7().ToString("N"));
        for (var at = 0; at < codes.Count; at++)
        {
            Assert.Null(await urn.CastAsync(codes[at], new CastVote(new Dictionary<string, string> { ["motion"] = "赞成" }, marks[at]), TestContext.Current.CancellationToken));
        }

        foreach (var order in new[] { "slot", "ctid" })
        {
            await connection.ExecuteAsync("select count(*) from take_ballots(@box)", new { box });
            var lying = (await connection.QueryAsync<string>($"select choices::jsonb ->> 'opinion' from ballot where box_id = @box order by {order}", new { box })).ToList();
            Assert.InRange(Math.Abs(Correlation(lying.ConvertAll(marks.IndexOf))), 0, 0.6);
        }
    }

    [Fact]
    public async Task Paper_counts_only_when_two_tellers_who_hold_no_office_found_the_same()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        using var one = await world.WithPasswordAsync(Member);
        var vote = await PutAsync(world, secretary);
        // Told before any paper is out, and refused while nobody could count it.
        Assert.Contains("有1名：李文博", vote.Document.QuerySelector("[data-field=tellers-of-paper]")!.TextContent, StringComparison.Ordinal);
        var tooFew = await secretary.SubmitAsync(vote, "form[data-action=open-ballot]", ("member-phones", "0"), ("member-papers", "5"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooFew.Status);
        Assert.Contains("先在“账号”里给周可欣开通账号", tooFew.Text, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("ballot-box-opened"));
        using var two = await world.WithPasswordAsync(Second);
        vote = await secretary.GetAsync(vote.Path);
        Assert.Contains("有2名：李文博、周可欣", vote.Document.QuerySelector("[data-field=tellers-of-paper]")!.TextContent, StringComparison.Ordinal);
        await secretary.SubmitAsync(vote, "form[data-action=open-ballot]", ("member-phones", "0"), ("member-papers", "5"));
        var papers = $"/ballots/{await world.OneAsync<Guid>("select box_id from ballot_box")}/papers";
        Assert.Equal(HttpStatusCode.Forbidden, (await secretary.GetAsync(papers)).Status);
        using var recorder = await world.AsAsync(Recorder);
        var kept = await recorder.GetAsync(papers);
        Assert.Equal(HttpStatusCode.Forbidden, kept.Status);
        Assert.Contains("由本支部不担任职务的党员办：书记、支委、考评小组成员、记录员都不能办", kept.Text, StringComparison.Ordinal);

        var saved = await CountAsync(one, papers, 5, 4, 1, 0);
        Assert.Equal(["5", "4", "1", "0"], Typed(saved));
        Assert.Contains("李文博", saved.Document.QuerySelector("[role=note]:has([data-field=saved])")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("另一名监票人还要点一遍", saved.Text, StringComparison.Ordinal);
        var alone = await secretary.SubmitAsync(await secretary.GetAsync(vote.Path), "form[data-action=close-ballots]");
        Assert.Contains("两名监票人", alone.Text, StringComparison.Ordinal);
        Assert.All((await two.GetAsync(papers)).Document.QuerySelectorAll("input.jf-count"), field => Assert.Equal("", field.GetAttribute("value") ?? ""));
        // Both are in: which line is to be counted again, and not what the other found.
        var other = await CountAsync(two, papers, 5, 5, 0, 0);
        Assert.Equal(["5", "5", "0", "0"], Typed(other));
        Assert.Contains("点的不一样：本议题", other.Text, StringComparison.Ordinal);
        Assert.Equal(["5", "4", "1", "0"], Typed(await one.GetAsync(papers)));
        Assert.Contains("两名监票人", (await secretary.SubmitAsync(await secretary.GetAsync(vote.Path), "form[data-action=close-ballots]")).Text, StringComparison.Ordinal);
        var refused = await CountAsync(two, papers, 5, 5, 1, 0);
        Assert.Contains("“推荐先进党员人选”合起来6票，收回的纸质票只有5张，对不上", refused.Text, StringComparison.Ordinal);
        Assert.Equal(["5", "5", "1", "0"], Typed(refused));
        Assert.Contains("点的一样，可以收票、计票了", (await CountAsync(two, papers, 5, 4, 1, 0)).Text, StringComparison.Ordinal);
        var page = await secretary.SubmitAsync(await secretary.GetAsync(vote.Path), "form[data-action=close-ballots]");

        Assert.Equal(["4", "1", "0"], page.Document.QuerySelectorAll("tr[data-id=motion] td").Select(cell => cell.TextContent));
        Assert.Contains("监票人：", page.Text, StringComparison.Ordinal);

        static IEnumerable<string> Typed(Page of) => of.Document.QuerySelectorAll("[name=papers-member], input.jf-count").Select(field => field.GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task Blank_ballots_are_as_many_as_were_given_all_alike_and_bear_nothing_that_tells_one_from_another()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        using var member = await world.WithPasswordAsync(Member);
        using var second = await world.WithPasswordAsync(Second);
        var vote = await PutAsync(world, secretary, Committeeman);
        var page = await secretary.SubmitAsync(vote, "form[data-action=open-ballot]", ("member-phones", "2"), ("member-papers", "3"));

        var printed = await secretary.GetAsync(page.Document.QuerySelector("a[data-action=print-blanks]")!.GetAttribute("href")!);

        var blanks = printed.Document.QuerySelectorAll("article.jf-blank");
        Assert.Equal(3, blanks.Length);
        Assert.Single(blanks.Select(blank => blank.OuterHtml).Distinct());
        Assert.Contains("推荐先进党员人选（孟支委）", blanks[0].TextContent, StringComparison.Ordinal);
        Assert.Equal(["议题", "赞成", "反对", "弃权"], blanks[0].QuerySelectorAll("thead th").Select(cell => cell.TextContent));
        Assert.DoesNotContain(blanks[0].TextContent, char.IsAsciiDigit);
        Assert.Empty(blanks[0].QuerySelectorAll("svg, a, [data-id]"));
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync(printed.Path)).Status);
        // Both slips for phones are drawn: nobody else is offered one, and who has one sees it again.
        foreach (var drawing in new[] { member, second })
        {
            await drawing.SubmitAsync(await drawing.GetAsync(vote.Path), "form[data-action=draw-slip]");
        }

        Assert.Contains("再看我领的那张票", (await member.GetAsync(vote.Path)).Document.QuerySelector("form[data-action=draw-slip]")!.TextContent, StringComparison.Ordinal);
        using var without = await world.AsAsync(Recorder);
        var late = await without.GetAsync(vote.Path);
        Assert.Null(late.Document.QuerySelector("form[data-action=draw-slip]"));
        Assert.Contains("请向主持人要纸质票", late.Document.QuerySelector("[data-field=none-left]")!.TextContent, StringComparison.Ordinal);

        await secretary.SubmitAsync(await secretary.GetAsync(vote.Path), "form[data-action=annul-ballots]", ("reason", "换成全部手机投票"));
        Assert.Empty((await secretary.GetAsync(printed.Path)).Document.QuerySelectorAll("article.jf-blank"));
    }

    [Fact]
    public async Task Slips_have_to_be_as_many_as_those_who_vote_and_a_teller_does_not_count_his_own_case()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        using var member = await world.WithPasswordAsync(Member);
        using var second = await world.WithPasswordAsync(Second);
        // Not the recorder any more: besides the one it is about there are two without office.
        await world.DoAsync("update office_term set to_on = '2025-10-01' where person_id = @person", new { person = Recorder.Value });
        using var third = await world.WithPasswordAsync(Recorder);
        var vote = await PutAsync(world, secretary, Member);
        Assert.Contains("有2名：陈记录、周可欣", vote.Document.QuerySelector("[data-field=tellers-of-paper]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("一共发6张票，到会能表决的5人", (await secretary.SubmitAsync(vote, "form[data-action=open-ballot]", ("member-codes", "1"))).Text, StringComparison.Ordinal);
        await secretary.SubmitAsync(await secretary.GetAsync(vote.Path), "form[data-action=open-ballot]", ("member-phones", "0"), ("member-papers", "5"));

        var refused = await CountAsync(member, $"/ballots/{await world.OneAsync<Guid>("select box_id from ballot_box")}/papers", 5, 4, 1, 0);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(0, await world.OneAsync<int>("select count(*)::int from paper_count"));
    }

    [Fact]
    public async Task Of_fewer_than_five_ballots_only_the_outcome_is_told_and_a_lost_box_is_annulled_and_voted_anew()
    {
        await using var world = await ReviewedAsync(cluster);
        using var secretary = await world.AsAsync(Secretary);
        var vote = await PutAsync(world, secretary);
        await secretary.SubmitAsync(vote, "form[data-action=open-ballot]", ("member-phones", "0"), ("member-codes", "5"));
        await CastAsync(secretary, (await PrintedAsync(world, secretary))[0], "反对");
        // The program stops: the slips that were not printed are gone, and nobody can say whose they were.
        await world.Site.RestartAsync();
        Assert.Contains("作废重投", (await secretary.GetAsync($"/ballots/{await world.OneAsync<Guid>("select box_id from ballot_box")}/slips")).Text, StringComparison.Ordinal);
        await secretary.SubmitAsync(await secretary.GetAsync(vote.Path), "form[data-action=annul-ballots]", ("reason", "选票没有打印好"));
        Assert.Equal(0, await world.OneAsync<int>("select (select count(*) from ballot)::int + (select count(*) from ballot_slip)::int"));

        await secretary.SubmitAsync(await secretary.GetAsync(vote.Path), "form[data-action=open-ballot]", ("member-phones", "0"), ("member-codes", "5"));
        foreach (var slip in (await PrintedAsync(world, secretary)).Take(4))
        {
            await CastAsync(secretary, slip, "赞成");
        }

        var page = await secretary.SubmitAsync(await secretary.GetAsync(vote.Path), "form[data-action=close-ballots]");
        Assert.NotNull(page.Document.QuerySelector("[data-field=withheld]"));
        Assert.Contains("票数少于五张，不公布分项", (await secretary.GetAsync(Meeting)).Text, StringComparison.Ordinal);
        Assert.True(await world.OneAsync<bool>("select state = 'passed' and in_favour is null from motion"));
        Assert.Equal("[]", await world.OneAsync<string>("select tallies::text from ballot_box where state = 'closed'"));
    }

    [Fact]
    public async Task The_program_s_own_role_reads_no_ballot_no_slip_and_no_teller_s_count()
    {
        await using var world = await ReviewedAsync(cluster);
        foreach (var table in new[] { "ballot", "ballot_slip", "paper_count" })
        {
            foreach (var role in new[] { "jifen_app", "jifen_reader" })
            {
                Assert.False(await world.OneAsync<bool>("select has_table_privilege(@role, @table, 'select') or has_any_column_privilege(@role, @table, 'select')", new { role, table }));
            }
        }
    }

    private static async Task<Page> PutAsync(RecordsWorld world, Browser secretary, params PersonId[] concerned)
    {
        var page = await CallAsync(secretary, await OpenAsync(secretary), Everybody);
        page = await secretary.SubmitAsync(
            page, "form[data-action=put-motion]", [("kind", "other"), ("title", "推荐先进党员人选"), .. concerned.Select(person => ("concerned", person.ToString()))]);
        Assert.Equal(1, await world.CountAsync("motion-put"));
        return await secretary.GetAsync(page.Document.QuerySelector("a[data-action=secret-vote]")!.GetAttribute("href")!);
    }

    private static async Task<List<string>> DrawAllAsync(RecordsWorld world, string path)
    {
        var slips = new List<string>();
        foreach (var person in Everybody)
        {
            using var browser = await world.AsAsync(person);
            var page = await browser.SubmitAsync(await browser.GetAsync(path), "form[data-action=draw-slip]");
            slips.Add(page.Document.QuerySelector("[data-field=slip]")!.GetAttribute("href")!);
            // Asked again before the vote begins one gets the same, not a second.
            Assert.Equal(slips[^1], (await browser.SubmitAsync(page, "form[data-action=draw-slip]")).Document.QuerySelector("[data-field=slip]")!.GetAttribute("href"));
        }

        return slips;
    }

    internal static async Task<List<string>> PrintedAsync(RecordsWorld world, Browser by)
    {
        var box = await world.OneAsync<Guid>("select box_id from ballot_box where state in ('open', 'handing-out')");
        var page = await by.GetAsync($"/ballots/{box}/slips");
        return [.. page.Document.QuerySelectorAll(".jf-slip").Select(slip => $"/ballot/{slip.GetAttribute("data-id")}")];
    }

    private static async Task<Page> CastAsync(Browser browser, string slip, string choice) => await Send(browser, await browser.GetAsync(slip), choice);

    private static Task<Page> Send(Browser browser, Page page, string choice) => browser.SubmitAsync(page, "form[data-action=cast-ballot]", ("s0", choice));

    private static async Task<Page> CountAsync(Browser teller, string path, int papers, params int[] counts) => await teller.SubmitAsync(
        await teller.GetAsync(path),
        "form[data-action=count-papers]",
        [("papers-member", $"{papers}"), .. counts.Select((count, at) => ($"member-motion-{at}", $"{count}"))]);

    private static string CodeOf(string slip) => slip["/ballot/".Length..];

    private static double Correlation(List<int> ranks)
    {
        var n = ranks.Count;
        return 1 - (6.0 * ranks.Select((rank, at) => Math.Pow(rank - at, 2)).Sum() / (n * ((double)n * n - 1)));
    }
}
