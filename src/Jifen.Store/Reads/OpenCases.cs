using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>Objections and appeals that are not closed: nothing rests on figures that are in dispute.</summary>
public static class OpenCases
{
    /// <param name="year">of the cycle; rounds of it count with it</param>
    public static Task<int> CountAsync(DataScope scope, OrganizationId branch, int year, CancellationToken cancel = default) =>
        scope.OneAsync<int>("select open_cases(@branch, @year)", new { branch, year }, cancel);
}
