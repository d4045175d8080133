using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Jifen.Cycle;
using Jifen.Cycle.Notices;
using Jifen.Store.Ledgers;

namespace Jifen.Store.Reads;

/// <summary>A notice with what it shows.</summary>
/// <param name="Token">its address on the web, where it is opened to it</param>
public sealed record NoticeSheet(Notice Notice, NoticeContent Content, string Token);

/// <summary>A notice as outsiders read it.</summary>
public sealed record PublicNotice(
    NoticeId NoticeId, OrganizationId Organization, NoticeContent Content, DateOnly FirstOn, DateOnly? LastOn, DateOnly? ObjectUntil, bool IsReplaced);

/// <summary>Public notices of a branch.</summary>
public static class BranchNotices
{
    private const string Columns =
        """
        n.notice_id, n.organization_id, n.round, n.step, n.exemption, n.digest, n.replaces, n.prepared_by, n.published_on, n.first_on, n.last_on, n.object_until,
        n.open_to_web, n.replaced_by
        """;

    public static async Task<Notice?> OneAsync(DataScope scope, NoticeId notice, OrganizationId branch, CancellationToken cancel = default) =>
        (await scope.OneAsync<NoticeRecord>(
            $"select {Columns} from notice n where n.notice_id = @notice and n.organization_id = @branch", new { notice, branch }, cancel))?.ToNotice();

    /// <summary>Every notice of a step, drafts and replaced ones too, the latest first.</summary>
    /// <param name="exemption">of the application it is about; null: points of a round</param>
    public static async Task<IReadOnlyList<Notice>> OfStepAsync(
        DataScope scope, OrganizationId branch, string round, string step, ExemptionId? exemption = null, CancellationToken cancel = default) =>
        [.. (await scope.QueryAsync<NoticeRecord>(
            $"""
            select {Columns} from notice n join ledger_entry e using (entry_id)
            where n.organization_id = @branch and n.round = @round and n.step = @step and n.exemption is not distinct from @exemption
            order by n.published_on nulls first, e.seq desc
            """,
            new { branch, round, step, exemption = exemption?.Value },
            cancel)).Reverse().Select(row => row.ToNotice()).OrderBy(notice => notice.IsPublished).ThenBy(notice => notice.ReplacedBy is not null)];

    /// <summary>What stands in a branch now, published and not replaced, on which one may object today; the soonest over first.</summary>
    public static async Task<IReadOnlyList<Notice>> StandingAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        [.. (await scope.QueryAsync<NoticeRecord>(
            $"""
            select {Columns} from notice n
            where n.organization_id = @branch and n.published_on is not null and n.replaced_by is null and coalesce(n.object_until, n.last_on) >= @Today
            order by n.object_until
            """,
            new { branch, scope.Today },
            cancel)).Select(row => row.ToNotice())];

    /// <summary>What was prepared for a step of a round and nobody has published: of each step the last draft, unless a notice went out after it.</summary>
    public static async Task<IReadOnlyList<Notice>> DraftsAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        [.. (await scope.QueryAsync<NoticeRecord>(
            $"""
            select distinct on (n.round, n.step) {Columns} from notice n join ledger_entry e using (entry_id)
            where n.organization_id = @branch and n.exemption is null
            order by n.round, n.step, e.seq desc
            """,
            new { branch },
            cancel)).Where(row => row.PublishedOn is null).Select(row => row.ToNotice())];

    public static async Task<NoticeSheet?> SheetAsync(DataScope scope, Notice notice, CancellationToken cancel = default)
    {
        var page = await scope.OneAsync<PageRow>("select content, token from notice_page where notice_id = @Id", new { notice.Id }, cancel);
        return page is null ? null : new NoticeSheet(notice, Read(page.Content), page.Token);
    }

    /// <returns>null: no such address, not opened, or over</returns>
    public static async Task<PublicNotice?> PublicAsync(DataScope scope, string token, CancellationToken cancel = default)
    {
        var row = await scope.OneAsync<PublicRow>(
            "select notice_id, organization_id, content, first_on, last_on, object_until, is_replaced from public_notice(@token, @Today)", new { token, scope.Today }, cancel);
        return row is null
            ? null
            : new PublicNotice(row.NoticeId, row.OrganizationId, Read(row.Content), row.FirstOn, row.LastOn, row.ObjectUntil, row.IsReplaced);
    }

    /// <summary>Unanswered objections and appeals, of everybody.</summary>
    public static Task<int> OpenCasesAsync(DataScope scope, OrganizationId branch, string round, NoticeId? notice = null, CancellationToken cancel = default) =>
        scope.OneAsync<int>("select open_cases(@branch, @round, @notice)", new { branch, round, notice = notice?.Value }, cancel);

    /// <summary>As it is kept and digested.</summary>
    public static (string Text, string Digest) Write(NoticeContent content)
    {
        var text = CanonicalJson.OfValue(content);
        return (text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    private static NoticeContent Read(string content) => JsonSerializer.Deserialize<NoticeContent>(content, CanonicalJson.Options)!;

    private sealed record PageRow
    {
        public required string Content { get; init; }

        public required string Token { get; init; }
    }

    private sealed record PublicRow
    {
        public required NoticeId NoticeId { get; init; }

        public required OrganizationId OrganizationId { get; init; }

        public required string Content { get; init; }

        public required DateOnly FirstOn { get; init; }

        public DateOnly? LastOn { get; init; }

        public DateOnly? ObjectUntil { get; init; }

        public required bool IsReplaced { get; init; }
    }

    private sealed record NoticeRecord
    {
        public required NoticeId NoticeId { get; init; }

        public required OrganizationId OrganizationId { get; init; }

        public required string Round { get; init; }

        public required string Step { get; init; }

        public ExemptionId? Exemption { get; init; }

        public required string Digest { get; init; }

        public NoticeId? Replaces { get; init; }

        public required PersonId PreparedBy { get; init; }

        public DateOnly? PublishedOn { get; init; }

        public DateOnly? FirstOn { get; init; }

        public DateOnly? LastOn { get; init; }

        public DateOnly? ObjectUntil { get; init; }

        public required bool OpenToWeb { get; init; }

        public NoticeId? ReplacedBy { get; init; }

        public Notice ToNotice() => new(
            NoticeId, Round, Step, Digest, PreparedBy, Replaces, Exemption, PublishedOn, FirstOn, LastOn, ObjectUntil, OpenToWeb, ReplacedBy);
    }
}
