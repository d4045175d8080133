using System.Text.Json;
using Jifen.Cycle;
using Jifen.Cycle.Pledges;
using Jifen.Store.Ledgers;

namespace Jifen.Store.Reads;

/// <summary>What people wrote about a round, beside the ledger.</summary>
public static class ReviewTexts
{
    /// <summary>初评意见, by person; as far as the person who asks may read them.</summary>
    public static async Task<IReadOnlyDictionary<PersonId, string>> FindingsAsync(DataScope scope, OrganizationId branch, string round, CancellationToken cancel = default) =>
        (await scope.QueryAsync<TextRow>(
            """
            select f.person_id, w.body from review_finding f join written_text w on w.organization_id = f.organization_id and w.digest = f.digest
            where f.organization_id = @branch and f.round = @round
            """,
            new { branch, round },
            cancel)).ToDictionary(row => row.PersonId, row => row.Body);

    /// <summary>自评 item by item, by person.</summary>
    public static async Task<IReadOnlyDictionary<PersonId, IReadOnlyList<SelfEvaluatedItem>>> SelfEvaluationsAsync(
        DataScope scope, OrganizationId branch, string round, CancellationToken cancel = default) =>
        (await scope.QueryAsync<TextRow>(
            """
            select s.person_id, w.body from self_evaluation s join written_text w on w.organization_id = s.organization_id and w.digest = s.digest
            where s.organization_id = @branch and s.round = @round
            """,
            new { branch, round },
            cancel)).ToDictionary(row => row.PersonId, row => (IReadOnlyList<SelfEvaluatedItem>)JsonSerializer.Deserialize<List<SelfEvaluatedItem>>(row.Body, CanonicalJson.Options)!);

    /// <summary>What each gave himself in all; those who wrote words only are left out.</summary>
    public static async Task<IReadOnlyDictionary<PersonId, decimal>> SelfTotalsAsync(DataScope scope, OrganizationId branch, string round, CancellationToken cancel = default) =>
        (await SelfEvaluationsAsync(scope, branch, round, cancel))
            .Where(one => one.Value.Any(item => item.Points is not null))
            .ToDictionary(one => one.Key, one => one.Value.Sum(item => item.Points ?? 0));

    private sealed record TextRow
    {
        public required PersonId PersonId { get; init; }

        public required string Body { get; init; }
    }
}
