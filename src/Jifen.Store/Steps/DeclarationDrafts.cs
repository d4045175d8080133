using System.Text.Json;
using Jifen.Cycle;
using Jifen.Store.Evidence;

namespace Jifen.Store.Steps;

/// <summary>A declaration somebody has begun to write.</summary>
/// <param name="Fields">as they were typed</param>
/// <param name="Files">kept on disk already</param>
public sealed record DraftedDeclaration(IReadOnlyDictionary<string, string> Fields, IReadOnlyList<KeptFile> Files);

public sealed record DraftRow
{
    public required Guid DraftId { get; init; }

    public required string Content { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DraftedDeclaration Draft => JsonSerializer.Deserialize<DraftedDeclaration>(Content)!;
}

/// <summary>申报草稿: its owner's alone, kept for a while; no step, nothing of it is in the ledger.</summary>
public static class DeclarationDrafts
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(90);

    /// <param name="draft">the one that was opened; null makes a new one</param>
    public static async Task SaveAsync(
        DataScope scope, OrganizationId branch, Guid? draft, DraftedDeclaration content, DateTimeOffset now, CancellationToken cancel = default)
    {
        await scope.ExecuteAsync(
            """
            select forget_expired_declarations(@now);
            delete from declaration_draft where draft_id = @draft;
            insert into declaration_draft (draft_id, owner_id, organization_id, content, saved_at, expires_at)
            values (coalesce(@draft, @fresh), @Person, @branch, @text, @now, @until)
            """,
            new { scope.Person, branch, draft, fresh = Guid.CreateVersion7(now), text = JsonSerializer.Serialize(content), now, until = now + Life },
            cancel);
    }

    public static Task<IReadOnlyList<DraftRow>> MineAsync(DataScope scope, DateTimeOffset now, CancellationToken cancel = default) => scope.QueryAsync<DraftRow>(
        "select draft_id, content, saved_at, expires_at from declaration_draft where owner_id = @Person and expires_at > @now order by saved_at desc", new { scope.Person, now }, cancel);

    public static Task<DraftRow?> OneAsync(DataScope scope, Guid draft, DateTimeOffset now, CancellationToken cancel = default) => scope.OneAsync<DraftRow>(
        "select draft_id, content, saved_at, expires_at from declaration_draft where draft_id = @draft and owner_id = @Person and expires_at > @now",
        new { draft, scope.Person, now },
        cancel);

    public static Task<int> DeleteAsync(DataScope scope, Guid draft, CancellationToken cancel = default) =>
        scope.ExecuteAsync("delete from declaration_draft where draft_id = @draft and owner_id = @Person", new { draft, scope.Person }, cancel);
}
