using System.Text;
using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Records;
using Jifen.Integration.World;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Store.Ledgers;
using Xunit;

namespace Jifen.Integration.AnnualResults;

/// <summary>
/// A branch of ten under a committee, by a small scheme of its own: a hundred points, five off for each time late, 20 % may be at 95 and
/// above, below 70 leads to talks, two years of it to more. The year is settled and filed; other steps it has none.
/// </summary>
internal sealed class ResultWorld : IAsyncDisposable
{
    private const string Scheme =
        """
        办法: { 编号: test-year, 名称: 测试用办法 }
        语言版本: 1
        文件版本: 1
        适用周期: { 自: 2020, 至: 至今 }
        周期: 自然年
        考评期: 季度
        记分单位: 0.5
        用语: 以上以下含本数
        条款:
          一: 基础积分满分100；迟到每次扣5
          二: 95以上不超过20%
          三: 低于70的谈心谈话；连续两年的组织处置
          四: 年终汇总，次年1月10日前备案
        事实:
          迟到: { 编号: late, 记: 次, 谁记: 记录员 }
          受处分: { 编号: punished, 记: 次, 谁记: 上级, 不记分: 转办 }
        部分:
        - 编号: base
          名称: 基础积分
          依据: 一
          起分: 满分
          满分: 100
          项目:
          - { 编号: life, 名称: 组织生活, 满分: 100, 依据: 一, 记分: [ { 编号: 基1, 每次: 迟到, 扣: 5, 依据: 一 } ] }
        总分:
        - 加: 基础积分
        等次:
        - { 等次: 优秀, 总分: 95以上, 依据: 二 }
        - { 等次: 合格, 总分: 低于95, 依据: 二 }
        结果运用:
        - { 编号: 用1, 条件: { 总分: 95以上 }, 名额: { 不超过: 20%, 范围: 支部, 取整: 舍去, 超出: 停 }, 结果: 优先推荐表彰, 效力: 优先, 依据: 二 }
        - { 编号: 用2, 条件: { 总分: 低于70 }, 结果: 支部谈心谈话、结对帮扶, 效力: 应当, 依据: 三 }
        - { 编号: 用3, 条件: { 连续两年: 用2 }, 结果: 评为不合格，按规定组织处置, 效力: 应当, 依据: 三 }
        PRAISE
        流程:
        - { 步骤: 汇总, 每: 年, 谁: 支部, 依据: 四 }
        GRADES
        - { 步骤: 备案, 每: 年, 谁: 上级党组织, 先: FILED, 期限: 次年01-10, 依据: 四 }
        解释:
        - { 编号: J1, 类: 空白, 问题: 正好95算不算, 采用: 算, 理由: 以上含本数, 状态: READING }
        """;

    private const string Praise =
        """
        - { 编号: 用4, 条件: { 等次: 优秀 }, 结果: 在支部会上表扬, 效力: 可以, 依据: 二 }
        - { 编号: 用5, 条件: { 连续两年: 用4 }, 结果: 推荐到学院表扬, 效力: 可以, 依据: 二 }

        """;

    public static readonly OrganizationId Committee = new(Id(1));
    public static readonly OrganizationId Branch = new(Id(2));
    public static readonly OrganizationId Other = new(Id(3));
    public static readonly PersonId Officer = new(Id(10));
    public static readonly PersonId Discipline = new(Id(11));
    public static readonly PersonId Secretary = new(Id(21));
    public static readonly PersonId Deputy = new(Id(22));
    public static readonly PersonId Committeeman = new(Id(23));
    public static readonly PersonId Recorder = new(Id(24));
    public static readonly PersonId Stranger = new(Id(40));

    private static readonly DateOnly First = new(2024, 1, 1);

    private ResultWorld(TestSite site, MovableClock clock) => (Site, Clock) = (site, clock);

    public TestSite Site { get; }

    public MovableClock Clock { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>党员1 to 党员6</summary>
    public static PersonId Member(int number) => new(Id(30 + number));

    /// <param name="day">on which it is; 10 in the morning</param>
    /// <param name="isTentative">the scheme's one reading is 暂行</param>
    /// <param name="decidesGrades">the scheme has a meeting decide the grades before the filing</param>
    public static async Task<ResultWorld> StartAsync(Cluster cluster, string day = "2026-01-05", bool isTentative = false, bool decidesGrades = false)
    {
        var clock = new MovableClock(CivilTime.At(Day(day), new TimeOnly(10, 0)));
        var world = new ResultWorld(await TestSite.StartAsync(cluster, clock), clock);
        await world.FoundAsync(isTentative ? "暂行" : "确认, 决定人: 学院党委会, 日期: 2024-01-01", decidesGrades);
        return world;
    }

    public Task<Browser> AsAsync(PersonId person) => Site.SignInAsync(person);

    /// <summary>Late so many times in a year, on the first of its months.</summary>
    public Task LateAsync(PersonId person, int times, int year = 2025) => EnterAsync(
        Branch,
        CivilTime.At(new DateOnly(year, 6, 30), new TimeOnly(9, 0)),
        [.. Enumerable.Range(0, times).Select(n => new Happening(
            new FactRecorded("late", null, null, null, null, [], FactState.Counts), person, new DateOnly(year, 1 + (n % 6), 1 + (n / 6)), "签到表"))]);

    /// <summary>Everybody at 90, save two at 100 and one at 65: nothing stands in the way of settling.</summary>
    public async Task OrdinaryYearAsync(int year = 2025)
    {
        foreach (var person in new[] { Secretary, Deputy, Committeeman, Recorder, Member(3), Member(4), Member(5) })
        {
            await LateAsync(person, 2, year);
        }

        await LateAsync(Member(6), 7, year);
    }

    public Task EnterAsync(OrganizationId stream, DateTimeOffset at, params IReadOnlyList<Happening> happenings) => Ledger.AppendAsync(
        Site.Database.Owner, stream, new EntryMaker(Recorder, "recorder", new OperationId(Guid.CreateVersion7()), at), happenings, Cancel);

    /// <summary>The secretary settles, a committee member confirms.</summary>
    public async Task SettleAsync(int year = 2025)
    {
        using var secretary = await AsAsync(Secretary);
        var asked = await secretary.SubmitAsync(await secretary.GetAsync($"/rounds/{year}/totals"), "form[data-action=settle-year]");
        Assert.Contains("等第二个人确认", asked.Text, StringComparison.Ordinal);
        await ConfirmAsync(Committeeman);
    }

    /// <summary>Confirms the one step that waits, or the one whose summary has these words.</summary>
    public async Task<Page> ConfirmAsync(PersonId second, string words = "")
    {
        using var browser = await AsAsync(second);
        var page = await browser.GetAsync("/confirmations");
        var waiting = page.Document.QuerySelectorAll(".jf-waiting").First(one => one.QuerySelector("button[value=confirm]") is not null
            && one.QuerySelector("[data-field=summary]")!.TextContent.Contains(words, StringComparison.Ordinal));
        return await browser.SubmitAsync(page, $".jf-waiting[data-id='{waiting.GetAttribute("data-id")}'] button[value=confirm]");
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? with = null)
    {
        await using var connection = await Site.Database.Owner.OpenConnectionAsync(Cancel);
        return (await connection.QueryAsync<T>(sql, with)).AsList();
    }

    public async Task<int> CountAsync(string kind) => (await QueryAsync<int>("select count(*)::int from ledger_entry where kind = @kind", new { kind }))[0];

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    private static Guid Id(int number) => new(number, 0x7000, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, (byte)number]);

    private async Task FoundAsync(string reading, bool decidesGrades)
    {
        var text = Scheme.Replace("READING", reading, StringComparison.Ordinal)
            .Replace("PRAISE\n", decidesGrades ? Praise : "\n", StringComparison.Ordinal)
            .Replace("GRADES\n", decidesGrades ? "- { 步骤: 定等次, 每: 年, 谁: 党员大会, 先: 汇总, 依据: 四 }\n" : "\n", StringComparison.Ordinal)
            .Replace("FILED", decidesGrades ? "定等次" : "汇总", StringComparison.Ordinal);
        var loaded = SchemeLoader.Load(new SchemeSource("test-year.scheme.yaml", Encoding.UTF8.GetBytes(text)), null);
        var scheme = loaded.Value ?? throw new InvalidOperationException(string.Join('\n', loaded.Problems));
        (PersonId Person, string Name, OrganizationId Where, Office? Office)[] people =
        [
            (Officer, "胡组织", Committee, Office.OrganizationOfficer), (Discipline, "曹纪检", Committee, Office.DisciplineOfficer),
            (Secretary, "沈书记", Branch, Office.Secretary), (Deputy, "傅副书记", Branch, Office.DeputySecretary),
            (Committeeman, "孟支委", Branch, Office.CommitteeMember), (Recorder, "陈记录", Branch, Office.Recorder),
            .. Enumerable.Range(1, 6).Select(n => (Member(n), $"党员{n}", Branch, (Office?)null)),
            (Stranger, "顾外人", Other, Office.Secretary),
        ];
        var began = CivilTime.At(new DateOnly(2024, 1, 2), new TimeOnly(9, 0));
        await using (var connection = await Site.Database.Owner.OpenConnectionAsync(Cancel))
        {
            await connection.ExecuteAsync(
                "insert into person (person_id, number, name, registered_at) values (@id, @number, @Name, @began)",
                people.Select((one, i) => new { id = one.Person.Value, number = $"N{i:000}", one.Name, began }));
            await connection.ExecuteAsync(
                "insert into scheme_version (fingerprint, scheme_id, scheme_name, scheme_text, kept_at) values (@Fingerprint, @Id, @Name, @text, @began)",
                new { scheme.Fingerprint, scheme.Id, scheme.Name, text, began });
        }

        await EnterAsync(
            Committee,
            began,
            new Happening(new OrganizationFounded(Committee, null, OrganizationKind.PartyCommittee, "云川学院党委", "学院党委", false), On: First),
            new Happening(new OrganizationFounded(Branch, Committee, OrganizationKind.Branch, "软件教工支部", "软件支部", true), On: First),
            new Happening(new OrganizationFounded(Other, Committee, OrganizationKind.Branch, "机电教工支部", "机电支部", true), On: First),
            new Happening(new SchemeAdopted(2024, scheme.Id, scheme.Fingerprint), On: First));
        foreach (var where in people.GroupBy(one => one.Where))
        {
            await EnterAsync(where.Key, began, [
                .. where.Where(one => one.Where != Committee).Select(one => new Happening(new MemberAdmitted(Arrival.OnRoll, Standing.Full, null, null, null), one.Person, First)),
                .. where.Where(one => one.Office is not null).Select(one => new Happening(
                    new OfficeAssigned(new OfficeTermId(Guid.CreateVersion7()), one.Office!.Value, null, false), one.Person, First)),
            ]);
        }

        foreach (var (person, _, _, _) in people)
        {
            // Who can be asked for a second signature has an account.
            await Site.AccountAsync(person);
        }

        await QueryAsync<int>("update account set password_hash = 'none', login_name = person_id::text, normalized_name = upper(person_id::text), credentials_set_at = now() returning 1");
    }
}
