using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>Which days can still be entered: the running cycle and, until it is settled, the one before.</summary>
public static class OpenDays
{
    public static async Task<DateOnly> SinceAsync(
        SchemesInForce schemes, DataScope scope, OrganizationId branch, CancellationToken cancel = default)
    {
        var now = await schemes.OnAsync(scope, branch, scope.Today, cancel);
        return now is null ? new DateOnly(scope.Today.Year - 1, 1, 1) : now.CycleFirst.AddYears(-1);
    }
}
