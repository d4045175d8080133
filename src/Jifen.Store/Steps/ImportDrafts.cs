using Jifen.Cycle;

namespace Jifen.Store.Steps;

/// <summary>What somebody uploaded and has not confirmed yet. Own drafts only; gone after a day.</summary>
public sealed record ImportDraft
{
    public required Guid DraftId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required string FileName { get; init; }

    /// <summary>as the page that uploads writes it</summary>
    public required string Content { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Keeps uploads between preview and confirmation, so that what is confirmed is what was seen.</summary>
public sealed class ImportDrafts(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    public async Task<Guid> KeepAsync(PersonId owner, OrganizationId organization, string fileName, string content, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var draft = Guid.CreateVersion7(now);
        await using var scope = await DataScope.OpenAsync(database.App, owner, CivilTime.DayOf(now), cancel);
        await scope.ExecuteAsync(
            """
            select forget_expired_drafts(@now);
            insert into import_draft (draft_id, owner_id, organization_id, file_name, content, created_at, expires_at)
            values (@draft, @owner, @organization, @fileName, @content, @now, @expires)
            """,
            new { draft, owner, organization, fileName, content, now, expires = now + Life },
            cancel);
        await scope.CommitAsync();
        return draft;
    }

    /// <returns>null when there is none, it is not this person's, or its day is over</returns>
    public static Task<ImportDraft?> FindAsync(DataScope scope, Guid draft, DateTimeOffset now, CancellationToken cancel = default) =>
        scope.OneAsync<ImportDraft>(
            "select draft_id, organization_id, file_name, content, expires_at from import_draft where draft_id = @draft and expires_at > @now",
            new { draft, now },
            cancel);

    public async Task ReplaceAsync(PersonId owner, Guid draft, string content, CancellationToken cancel = default)
    {
        await using var scope = await DataScope.OpenAsync(database.App, owner, CivilTime.DayOf(clock.GetUtcNow()), cancel);
        await scope.ExecuteAsync("update import_draft set content = @content where draft_id = @draft", new { draft, content }, cancel);
        await scope.CommitAsync();
    }

    public async Task ForgetAsync(PersonId owner, Guid draft, CancellationToken cancel = default)
    {
        await using var scope = await DataScope.OpenAsync(database.App, owner, CivilTime.DayOf(clock.GetUtcNow()), cancel);
        await scope.ExecuteAsync("delete from import_draft where draft_id = @draft", new { draft }, cancel);
        await scope.CommitAsync();
    }
}
