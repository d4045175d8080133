using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>What was written as 内容 of a fact before: offered again, so that one matter is written in one way.</summary>
public static class FactContents
{
    public static Task<IReadOnlyList<string>> OfAsync(
        DataScope scope, OrganizationId branch, string kind, DateOnly since, CancellationToken cancel = default) =>
        scope.QueryAsync<string>(
            """
            select f.content from fact f
            where f.organization_id = @branch and f.kind = @kind and f.happened_on >= @since and f.content is not null and f.ended_at is null
            group by f.content
            order by max(f.recorded_at) desc
            limit 50
            """,
            new { branch, kind, since },
            cancel);
}
