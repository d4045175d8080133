using Dapper;
using Jifen.Cycle;

namespace Jifen.Store.Reads;

/// <summary>A settled year that does not come out as it was settled.</summary>
/// <param name="Message">Chinese: which branch and year, and whose figures</param>
public sealed record SettledAlteration(OrganizationId Organization, int Year, string Message);

/// <summary>Every settled year worked out again as of the day it was settled: after an upgrade, a restore, or whenever somebody doubts.</summary>
public sealed class SettledVerifier(Database database)
{
    private const int MostNamed = 5;

    /// <returns>how many years were looked at, and those that differ</returns>
    public async Task<(int Years, IReadOnlyList<SettledAlteration> Alterations)> RunAsync(DateOnly today, CancellationToken cancel = default)
    {
        DapperTypes.Register();
        var live = new LiveScores(new SchemesInForce());
        var found = new List<SettledAlteration>();
        var years = await SettledAsync(cancel);
        foreach (var year in years)
        {
            // As somebody of the branch: points are read as those who may see them read them.
            await using var scope = await DataScope.OpenAsync(database.Owner, year.Reader, today, cancel);
            if (await SettledYears.OfAsync(scope, year.OrganizationId, year.Year, cancel) is not { } settled)
            {
                continue;
            }

            if (SettledYears.DigestOf(settled.Table) != settled.Digest)
            {
                Add(year, "定分的表与定分时的摘要不符");
            }

            if (year.Reader is null)
            {
                Add(year, "支部现在没有人，不能照账重算");
                continue;
            }

            var check = await SettledYears.CheckAsync(scope, live, year.OrganizationId, settled, cancel);
            if (!check.Holds)
            {
                var named = check.Altered.Take(MostNamed).Select(one => $"{one.Person}：{string.Join("，", one.What)}");
                Add(year, $"照账重算有{check.Altered.Count}人与定分时不同。{string.Join("；", named)}{(check.Altered.Count > MostNamed ? "……" : "")}");
            }
        }

        return (years.Count, found);

        void Add(YearRow year, string what) => found.Add(new SettledAlteration(year.OrganizationId, year.Year, $"{year.Name}{year.Year}年度：{what}"));
    }

    private async Task<IReadOnlyList<YearRow>> SettledAsync(CancellationToken cancel)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(cancel);
        return (await connection.QueryAsync<YearRow>(new CommandDefinition(
            """
            select y.organization_id, o.name, y.year,
                (select a.person_id from affiliation a where a.organization_id = y.organization_id and a.to_on is null order by a.from_on, a.person_id limit 1) as reader
            from annual_year y join organization o using (organization_id)
            where y.ended_at is null order by y.year, o.name
            """,
            cancellationToken: cancel))).AsList();
    }

    private sealed record YearRow
    {
        public required OrganizationId OrganizationId { get; init; }

        public required string Name { get; init; }

        public required int Year { get; init; }

        public PersonId? Reader { get; init; }
    }
}
