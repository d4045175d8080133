using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Integration.World;
using Jifen.Scoring.Facts;
using Jifen.Store;
using Jifen.Store.Ledgers;
using Npgsql;
using Xunit;

namespace Jifen.Integration.Ledgers;

/// <summary>The ledger on a real database: chained, numbered, never changed; and what is changed all the same is found.</summary>
public sealed class LedgerTests(Cluster cluster)
{
    private static readonly OrganizationId Branch = new(Guid.Parse("01890000-0000-7000-8000-000000000001"));
    private static readonly PersonId Somebody = new(Guid.Parse("01890000-0000-7000-8000-000000000002"));
    private static readonly DateTimeOffset Morning = CivilTime.At(new DateOnly(2025, 3, 1), new TimeOnly(9, 0));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_are_numbered_without_gaps_and_each_links_to_the_one_before()
    {
        await using var database = await FoundedAsync();
        var found = await VerifyAsync(database);
        Assert.Empty(found.Alterations);
        Assert.Equal(4, found.Entries);
        Assert.Equal(4, Assert.Single(found.Heads).Seq);
    }

    [Theory]
    [InlineData("update ledger_entry set ground = 'x'")]
    [InlineData("delete from ledger_entry")]
    [InlineData("truncate ledger_entry cascade")]
    public async Task Nobody_changes_an_entry_not_even_the_owner_of_the_table(string sql)
    {
        await using var database = await FoundedAsync();
        await using var command = database.Owner.CreateCommand(sql);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Stop));
        Assert.Contains("append-only", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_apps_role_has_no_right_to_change_what_the_ledger_made()
    {
        await using var database = await FoundedAsync();
        foreach (var sql in new[] { "update affiliation set to_on = null", "delete from organization", "insert into view_table values ('x')", "update ledger_entry set seq = 1" })
        {
            await using var command = database.App.CreateCommand(sql);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Stop));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    [Theory]
    [InlineData("update ledger_entry set body = replace(body, 'full', 'activist') where kind = 'member-admitted'", "entry", 4)]
    [InlineData("update ledger_entry set happened_on = happened_on + 1 where seq = 2", "entry", 2)]
    [InlineData("update ledger_entry set office = 'secretary' where seq = 3", "entry", 3)]
    [InlineData("update ledger_entry set recorded_at = recorded_at + interval '1 microsecond' where seq = 1", "entry", 1)]
    [InlineData("update ledger_entry set nonce = '\\x00000000000000000000000000000000' where seq = 2", "entry", 2)]
    [InlineData("delete from ledger_entry where seq = 2", "gap", 2)]
    public async Task An_alteration_by_somebody_with_every_right_is_found_where_it_was_made(string sql, string what, long seq)
    {
        await using var database = await FoundedAsync();
        await AlterAsync(database, sql);
        var alteration = Assert.Single((await VerifyAsync(database)).Alterations);
        Assert.Equal((what, (long?)seq), (alteration.What, alteration.Seq));
    }

    [Fact]
    public async Task Two_entries_that_change_places_are_found_even_with_the_hashes_of_their_new_places()
    {
        await using var database = await FoundedAsync();
        await AlterAsync(
            database,
            """
            update ledger_entry set seq = seq + 100 where seq in (2, 3);
            update ledger_entry set seq = case seq when 102 then 3 else 2 end where seq > 100
            """);
        Assert.Equal(2, Assert.Single((await VerifyAsync(database)).Alterations).Seq);
    }

    [Fact]
    public async Task A_name_changed_beside_the_ledger_is_found()
    {
        await using var database = await FoundedAsync();
        await AlterAsync(database, "update person set name = '别人'");
        Assert.Equal("person", Assert.Single((await VerifyAsync(database)).Alterations).What);
    }

    [Fact]
    public async Task A_view_changed_behind_the_ledger_is_found_and_rebuilding_mends_it()
    {
        await using var database = await FoundedAsync();
        await AlterAsync(database, "update office_term set office = 'secretary'");
        var found = await VerifyAsync(database, withViews: true);
        Assert.Contains(found.Alterations, one => one.What == "view" && one.Message.Contains("office_term", StringComparison.Ordinal));
        await using var rebuild = database.Owner.CreateCommand("select rebuild_views()");
        Assert.Equal(4L, await rebuild.ExecuteScalarAsync(Stop));
        Assert.Empty((await VerifyAsync(database, withViews: true)).Alterations);
    }

    [Fact]
    public async Task The_same_source_is_entered_once()
    {
        await using var database = await FoundedAsync();
        var again = await WriteAsync(database, new Happening(new PersonRegistered(Somebody, "x"), Somebody, SourceKey: "person"));
        Assert.Empty(again);
        Assert.Equal(4, (await VerifyAsync(database)).Entries);
    }

    [Fact]
    public async Task Fifty_at_once_come_one_after_the_other_without_a_gap()
    {
        await using var database = await FoundedAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(n => WriteAsync(
            database, new Happening(new CategoryChanged($"类别{n}"), Somebody, new DateOnly(2025, 4, 1)))));
        var found = await VerifyAsync(database, withViews: true);
        Assert.Empty(found.Alterations);
        Assert.Equal(54, Assert.Single(found.Heads).Seq);
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_sees_a_row()
    {
        await using var database = await FoundedAsync();
        await using var scope = await DataScope.OpenAsync(database.App, null, new DateOnly(2025, 5, 1), Stop);
        foreach (var table in new[] { "ledger_entry", "person", "affiliation", "member_period", "attendance", "fact", "dues", "operation", "evidence" })
        {
            Assert.Equal(0, await scope.OneAsync<long>($"select count(*) from {table}", cancel: Stop));
        }
    }

    [Fact]
    public async Task Nothing_remains_of_a_transaction_that_was_not_committed()
    {
        await using var database = await FoundedAsync();
        await using (var connection = await database.Owner.OpenConnectionAsync(Stop))
        {
            await using var transaction = await connection.BeginTransactionAsync(Stop);
            await Ledger.TakeAsync(connection, [Branch], Stop);
            await Ledger.AppendAsync(connection, Branch, Maker(), [new Happening(new CategoryChanged("x"), Somebody)], Stop);
        }

        Assert.Equal(4, (await VerifyAsync(database, withViews: true)).Entries);
    }

    private async Task<Database> FoundedAsync()
    {
        var database = await cluster.FreshAsync();
        await using (var connection = await database.Owner.OpenConnectionAsync(Stop))
        {
            await connection.ExecuteAsync(
                "insert into person (person_id, name, registered_at) values (@id, '李书记', @Morning)", new { id = Somebody.Value, Morning });
        }

        await WriteAsync(
            database,
            new Happening(new OrganizationFounded(Branch, null, OrganizationKind.Branch, "信息系第一支部", "一支部", true)),
            new Happening(new PersonRegistered(Somebody, NameDigest.Of(Somebody, "李书记")), Somebody, SourceKey: "person"),
            new Happening(new OfficeAssigned(new OfficeTermId(Guid.CreateVersion7(Morning)), Office.Recorder, null, false), Somebody),
            new Happening(new MemberAdmitted(Arrival.OnRoll, Standing.Full, null, null, null), Somebody));
        return database;
    }

    private static EntryMaker Maker() => new(Somebody, "organization-officer", new OperationId(Guid.CreateVersion7(Morning)), Morning);

    private static async Task<IReadOnlyList<EntryPlace>> WriteAsync(Database database, params IReadOnlyList<Happening> happenings)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await Ledger.TakeAsync(connection, [Branch], Stop);
        var places = await Ledger.AppendAsync(connection, Branch, Maker(), happenings, Stop);
        await transaction.CommitAsync(Stop);
        return places;
    }

    // As somebody would who owns the machine: triggers, constraints and foreign keys out of the way.
    private async Task AlterAsync(Database database, string sql)
    {
        await using var superuser = new NpgsqlConnection(cluster.Superuser(new NpgsqlConnectionStringBuilder(database.Owner.ConnectionString).Database!));
        await superuser.OpenAsync(Stop);
        await superuser.ExecuteAsync(
            """
            do $$
            declare one record;
            begin
                -- A unique constraint takes the foreign keys that rest on it along: "if exists", in whatever order they come.
                for one in select conname from pg_constraint where conrelid = 'ledger_entry'::regclass and contype in ('f', 'c', 'u') loop
                    execute format('alter table ledger_entry drop constraint if exists %I cascade', one.conname);
                end loop;
            end $$;
            """);
        await superuser.ExecuteAsync($"set session_replication_role = replica; {sql}");
    }

    private static Task<Verification> VerifyAsync(Database database, bool withViews = false) =>
        new LedgerVerifier(database, Path.GetTempPath()).RunAsync(withViews, cancel: Stop);
}
