using System.Reflection;
using Jifen.Cycle;
using Jifen.Cycle.Notices;

namespace Jifen.Store.Reads;

/// <summary>A year of the calendar with where it comes from.</summary>
/// <param name="ImportedBy">the organization that imported it; null: it comes with the program</param>
public sealed record KnownCalendar(CalendarYear Year, OrganizationId? ImportedBy);

/// <summary>工作日 as an organization counts them: what it or the nearest above it imported, else what comes with the program (calendars/).</summary>
public static class WorkingCalendars
{
    private const string Folder = "calendars/";
    private static readonly Lazy<IReadOnlyList<CalendarYear>> Shipped = new(ReadShipped);

    public static async Task<WorkingCalendar> OfAsync(DataScope scope, OrganizationId organization, CancellationToken cancel = default) =>
        new((await KnownAsync(scope, organization, cancel)).Select(known => known.Year));

    /// <summary>Every year that is known, the earliest first.</summary>
    public static async Task<IReadOnlyList<KnownCalendar>> KnownAsync(DataScope scope, OrganizationId organization, CancellationToken cancel = default)
    {
        var imported = await scope.QueryAsync<CalendarRow>(
            """
            select distinct on (c.year) c.organization_id, c.year, c.source, c.off, c.working
            from organization o join calendar_year c on c.organization_id = any (o.ancestors)
            where o.organization_id = @organization
            order by c.year, array_position(o.ancestors, c.organization_id) desc
            """,
            new { organization },
            cancel);
        var own = imported.Select(row => new KnownCalendar(
            new CalendarYear(row.Year, row.Source, row.Off, row.Working), row.OrganizationId)).ToList();
        return [.. Shipped.Value.Where(year => own.All(known => known.Year.Year != year.Year)).Select(year => new KnownCalendar(year, null)).Concat(own).OrderBy(known => known.Year.Year)];
    }

    private static IReadOnlyList<CalendarYear> ReadShipped()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return CalendarText.Read(reader.ReadToEnd()).Calendar ?? throw new InvalidDataException($"the calendar {name} that comes with the program is not one");
        })];
    }

    private sealed record CalendarRow
    {
        public required OrganizationId OrganizationId { get; init; }

        public required int Year { get; init; }

        public required string Source { get; init; }

        public required DateOnly[] Off { get; init; }

        public required DateOnly[] Working { get; init; }
    }
}
