using Jifen.Cli;
using Jifen.Integration.LocalPostgres;
using Jifen.Store;
using Xunit;

namespace Jifen.Integration.Records;

/// <summary>import dues and import facts, on a data folder of their own.</summary>
public sealed class ImportVerbTests
{
    // N001 keeps the records of the branch, N003 and N004 are plain members.
    private const string Dues = "编号,姓名,月份,应缴,实缴,缴纳日期\nN003,李文博,2026-10,12,12,2026-10-12\nN004,周可欣,2026-10,9,0,\n";

    private const string Facts =
        "编号,党员,日期,事实,数量,级别,内容,分值,状态\nF1,N003；N004,2026-10-12,未佩戴标识,,,,,\nF2,N003,2026-10-13,党内表彰,,学校,优秀党员,,确认\nF3,N004,2026-10-13,未佩戴标识,,,,,待定\n";

    [Fact]
    public async Task Dues_are_checked_entered_and_not_doubled()
    {
        using var place = new ClusterPlace();
        await using var data = await FoundAsync(place);

        Assert.Equal((ExitCode.Done, "2行都对：要登记2行，已登记过0行。没有入账。\n"), data.Run("dues", Dues, "--dry-run"));
        Assert.Equal((ExitCode.Done, "登记了2行党费，已登记过0行。\n"), data.Run("dues", Dues));
        Assert.Equal((ExitCode.Done, "2行都对：要登记0行，已登记过2行。没有入账。\n"), data.Run("dues", Dues));

        var (code, words) = data.Run("dues", Dues + "N009,没有人,2026-10,9,9,2026-10-12\n");
        Assert.Equal(ExitCode.InputAtFault, code);
        Assert.Contains("第4行 错误：名册里没有编号“N009”", words, StringComparison.Ordinal);
        Assert.Equal(2, await data.CountAsync("dues-recorded"));
    }

    [Fact]
    public async Task Facts_are_entered_once_by_their_number_and_wait_where_the_scheme_says_so()
    {
        using var place = new ClusterPlace();
        await using var data = await FoundAsync(place);

        Assert.Equal((ExitCode.Done, "3条都对。没有入账。\n"), data.Run("facts", Facts, "--dry-run"));
        Assert.Equal((ExitCode.Done, "3条事实：登记了4条，其余以前导入过。\n"), data.Run("facts", Facts));
        Assert.Equal((ExitCode.Done, "3条事实：登记了0条，其余以前导入过。\n"), data.Run("facts", Facts));
        Assert.Equal(4, await data.CountAsync("fact-recorded"));
        Assert.Equal(2, await data.PendingAsync());

        var (code, words) = data.Run("facts", Facts + "F4,N003,2026-10-13,点赞,,,,,\n");
        Assert.Equal(ExitCode.InputAtFault, code);
        Assert.Contains("第5行", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_imports_needs_the_office_and_leaves_his_own_out()
    {
        using var place = new ClusterPlace();
        await using var data = await FoundAsync(place);

        Assert.Equal(ExitCode.CannotRun, data.Run("dues", Dues, "--by", "N003").Code);
        Assert.Contains("没有“登记党费”的职务", data.Run("dues", Dues, "--by", "N003").Words, StringComparison.Ordinal);
        Assert.Contains("没有编号或登录名为“N999”的人", data.Run("dues", Dues, "--by", "N999").Words, StringComparison.Ordinal);
        Assert.Contains("没有叫“化工支部”的党组织", data.Run("dues", Dues, "--organization", "化工支部").Words, StringComparison.Ordinal);

        var (code, words) = data.Run("dues", Dues + "N001,陈记录,2026-10,9,9,2026-10-12\n");
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("陈记录的没有导入", words, StringComparison.Ordinal);
        Assert.Equal(2, await data.CountAsync("dues-recorded"));
    }

    private static async Task<Data> FoundAsync(ClusterPlace place)
    {
        var folder = Path.GetDirectoryName(place.Folder)!;
        var database = await Database.OpenAsync(new LocalDatabaseOptions { DataFolder = folder }, TestContext.Current.CancellationToken);
        await database.MigrateAsync(TestContext.Current.CancellationToken);
        await RecordsWorld.FoundAsync(database);
        return new Data(database, folder);
    }

    private sealed class Data(Database database, string folder) : IAsyncDisposable
    {
        public (int Code, string Words) Run(string verb, string table, params string[] more)
        {
            var file = Path.Combine(folder, $"{verb}.csv");
            File.WriteAllText(file, table);
            List<string> words = ["import", verb, file, "--data", folder];
            if (!more.Contains("--organization"))
            {
                words.AddRange(["--organization", "软件支部"]);
            }

            if (!more.Contains("--by"))
            {
                words.AddRange(["--by", "N001"]);
            }

            using var output = new MemoryStream();
            using var error = new StringWriter();
            var code = Program.Run([.. words, .. more], output, error);
            return (code, error.ToString());
        }

        public async Task<int> CountAsync(string kind) => await OneAsync($"select count(*)::int from ledger_entry where kind = '{kind}'");

        public async Task<int> PendingAsync() => await OneAsync("select count(*)::int from fact where state = 'pending'");

        public ValueTask DisposeAsync() => database.DisposeAsync();

        private async Task<int> OneAsync(string sql)
        {
            await using var command = database.Owner.CreateCommand(sql);
            return (int)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }
    }
}
