using System.Data.Common;
using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Records;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;
using Npgsql;
using NpgsqlTypes;

namespace Jifen.Store.Reads;

/// <summary>Everything on record about a branch's people in one cycle, as it stood at the end of a day: one round trip.</summary>
public static class BranchYearRecords
{
    /// <param name="day">what was recorded or ended after it is not seen</param>
    /// <returns>null when there is no such branch, or it is out of sight</returns>
    public static async Task<BranchBooks?> ReadAsync(
        DataScope scope, OrganizationId branch, Plan plan, DateOnly day, CancellationToken cancel = default)
    {
        var first = DateOnly.FromDayNumber(plan.Calendar.Cycle.First);
        var last = DateOnly.FromDayNumber(plan.Calendar.Cycle.Last);
        await using var batch = new NpgsqlBatch(scope.Connection);
        Add("select o.name from organization o where o.organization_id = $1 and o.organization_id = any (visible_organizations())", branch.Value);
        Add("select person_id, name, number, place from booked_people($1, $2, $3)", branch.Value, first, day);
        Add("select person_id, organization_id, from_on, to_on, arrived, left_by, to_where from booked_affiliations($1, $2, $3)", branch.Value, first, day);
        Add("select person_id, aspect, from_on, to_on, value from booked_periods($1, $2, $3)", branch.Value, first, day);
        Add(
            """
            select t.person_id, t.office, t.from_on, t.to_on
            from office_term t
            where t.organization_id = $1 or t.organization_id in (select o.organization_id from organization o where o.superior_id = $1)
            order by t.from_on
            """,
            branch.Value);
        foreach (var (function, columns) in new[]
        {
            ("booked_attendance", "entry_id, person_id, gathering_id, kind, title, held_on, hours, attendance"),
            ("booked_dues", "entry_id, person_id, month, due, paid, paid_on"),
            ("booked_reports", "entry_id, person_id, received_on, title"),
            ("booked_studies", "entry_id, person_id, studied_on, title, hours"),
            ("booked_facts", "entry_id, person_id, kind, happened_on, quantity, level, content, points, state, operation_id"),
        })
        {
            Add($"select {columns} from {function}($1, $2, $3, $4, $5, $6)", branch.Value, first, day, FactsSince(plan), last, EndOf(day));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
        {
            return null;
        }

        var name = reader.GetString(0);
        var people = await NextAsync(row => (Person: Person(row, 0), Name: row.GetString(1), Number: Text(row, 2), Place: row.GetInt32(3)));
        var affiliations = (await NextAsync(row => (Person: Person(row, 0), Affiliation: new BookedAffiliation(
            new OrganizationId(row.GetGuid(1)),
            Day(row, 2),
            DayOrNull(row, 3),
            Words.Known<Arrival>(row.GetString(4)),
            Words.Read<Departure>(Text(row, 5)),
            Text(row, 6))))).ToLookup(one => one.Person, one => one.Affiliation);
        var periods = (await NextAsync(row => (Person: Person(row, 0), Period: new BookedPeriod(
            Words.Known<Aspect>(row.GetString(1)), Day(row, 2), DayOrNull(row, 3), row.GetString(4))))).ToLookup(one => one.Person, one => one.Period);
        var offices = (await NextAsync(row => (Person: Person(row, 0), Office: new BookedOffice(
            Words.Known<Office>(row.GetString(1)), Day(row, 2), DayOrNull(row, 3))))).ToLookup(one => one.Person, one => one.Office);
        var attendances = await NextAsync(row => new BookedAttendance(
            Entry(row),
            Person(row, 1),
            new GatheringId(row.GetGuid(2)),
            GatheringKinds.Of(row.GetString(3)) ?? GatheringKind.Other,
            row.GetString(4),
            Day(row, 5),
            NumberOrNull(row, 6),
            Attendances.Of(row.GetString(7)) ?? throw new InvalidDataException($"no attendance is called {row.GetString(7)}")));
        var dues = await NextAsync(row => new BookedDues(Entry(row), Person(row, 1), Day(row, 2), row.GetDecimal(3), row.GetDecimal(4), DayOrNull(row, 5)));
        var reports = await NextAsync(row => new BookedReport(Entry(row), Person(row, 1), Day(row, 2), row.GetString(3)));
        var studies = await NextAsync(row => new BookedStudy(Entry(row), Person(row, 1), Day(row, 2), row.GetString(3), row.GetDecimal(4)));
        var facts = await NextAsync(row => new BookedFact(
            Entry(row),
            Person(row, 1),
            row.GetString(2),
            Day(row, 3),
            row.GetDecimal(4),
            Text(row, 5),
            Text(row, 6),
            NumberOrNull(row, 7),
            Words.Known<FactState>(row.GetString(8)),
            new OperationId(row.GetGuid(9))));
        return new BranchBooks(
            branch,
            name,
            people.Select(person => new BookedPerson(
                person.Person,
                person.Name,
                person.Number,
                person.Place,
                affiliations[person.Person].ToList(),
                periods[person.Person].ToList(),
                offices[person.Person].ToList())).ToList(),
            attendances,
            dues,
            reports,
            studies,
            facts);

        void Add(string sql, params object[] values)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            foreach (var value in values)
            {
                command.Parameters.Add(value is DateOnly date
                    ? new NpgsqlParameter { Value = date, NpgsqlDbType = NpgsqlDbType.Date }
                    : new NpgsqlParameter { Value = value });
            }

            batch.BatchCommands.Add(command);
        }

        async Task<List<T>> NextAsync<T>(Func<DbDataReader, T> read)
        {
            await reader.NextResultAsync(cancel);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancel))
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }

    /// <summary>Changes whenever anything changes that the points of the branch rest on; null when the branch is out of sight.</summary>
    public static Task<string?> VersionAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        scope.OneAsync<string>("select branch_version(@branch)", new { branch }, cancel);

    // 有效 looks back before the cycle.
    private static DateOnly FactsSince(Plan plan)
    {
        var first = DateOnly.FromDayNumber(plan.Calendar.Cycle.First);
        return first.AddMonths(-plan.Scheme.Rules.Max(rule => rule.ValidMonths) ?? 0);
    }

    // The first instant that is not of the day any more.
    private static DateTime EndOf(DateOnly day) => CivilTime.At(day.AddDays(1), TimeOnly.MinValue).UtcDateTime;

    private static EntryId Entry(DbDataReader row) => new(row.GetGuid(0));

    private static PersonId Person(DbDataReader row, int column) => new(row.GetGuid(column));

    private static DateOnly Day(DbDataReader row, int column) => row.GetFieldValue<DateOnly>(column);

    private static DateOnly? DayOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : Day(row, column);

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static decimal? NumberOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);
}
