using System.Text;
using Dapper;
using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Schemes;
using Jifen.Scoring.Schemes;
using Jifen.Store;
using Jifen.Store.Ledgers;

namespace Jifen.Demo;

/// <summary>A scheme as it comes with the program, with its example refinement.</summary>
internal sealed record ShippedScheme(Scheme Scheme, string Text, string Refinement);

/// <summary>What is there before the first record: organizations, names, schemes with what was decided about them, the officers above.</summary>
internal static class DemoFounding
{
    public static async Task FoundAsync(
        Database database,
        IReadOnlyDictionary<string, ShippedScheme> schemes,
        IReadOnlyDictionary<string, IReadOnlyList<DemoPerson>> people,
        DateTimeOffset began,
        DemoSpan span,
        CancellationToken cancel)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await connection.ExecuteScalarAsync<bool>("select exists (select from organization)"))
        {
            throw new InvalidOperationException("演示数据只能装进空的数据库：这里已经有党组织了。换一个 --data 目录");
        }

        await connection.ExecuteAsync(
            "insert into person (person_id, number, name, registered_at) values (@id, @number, @name, @began)",
            people.Values.SelectMany(one => one).Select(person => new { id = person.Id.Value, number = person.Number, name = person.Name, began })
                .Append(new { id = DemoWorld.Officer.Value, number = "OFFICER-01", name = DemoWorld.OfficerName, began })
                .Append(new { id = DemoWorld.Discipline.Value, number = "OFFICER-02", name = DemoWorld.DisciplineName, began }));
        await connection.ExecuteAsync(
            """
            insert into scheme_version (fingerprint, scheme_id, scheme_name, scheme_text, refinement_text, kept_at)
            values (@Fingerprint, @Id, @Name, @Text, @Refinement, @began)
            """,
            schemes.Values.Select(one => new { one.Scheme.Fingerprint, one.Scheme.Id, one.Scheme.Name, one.Text, one.Refinement, began }));
        var maker = new EntryMaker(DemoWorld.Officer, "organization-officer", new OperationId(DemoId.Of("founding")), began);
        foreach (var one in DemoTree.All)
        {
            var above = one.Above is null ? null : DemoTree.Of(one.Above);
            // The first organization begins its own ledger; the others are founded in that of their superior.
            await DemoLedger.WriteAsync(connection, above?.Id ?? one.Id, maker, cancel, new Happening(
                new OrganizationFounded(one.Id, above?.Id, one.Kind, one.Name, one.ShortName, one.Kind == OrganizationKind.Branch && one.Above == DemoTree.Top),
                On: new DateOnly(span.Finished, 1, 1)));
        }

        await DemoLedger.WriteAsync(
            connection,
            DemoTree.Of(DemoTree.Top).Id,
            maker,
            cancel,
            new Happening(new PersonRegistered(DemoWorld.Officer, NameDigest.Of(DemoWorld.Officer, DemoWorld.OfficerName)), DemoWorld.Officer),
            new Happening(Office(Cycle.Organizations.Office.OrganizationOfficer), DemoWorld.Officer, new DateOnly(span.Finished, 1, 1)),
            new Happening(Office(Cycle.Organizations.Office.Administrator), DemoWorld.Officer, new DateOnly(span.Finished, 1, 1)),
            new Happening(new PersonRegistered(DemoWorld.Discipline, NameDigest.Of(DemoWorld.Discipline, DemoWorld.DisciplineName)), DemoWorld.Discipline),
            new Happening(Office(Cycle.Organizations.Office.DisciplineOfficer), DemoWorld.Discipline, new DateOnly(span.Finished, 1, 1)));
        foreach (var one in DemoTree.All.Where(one => one.Scheme is not null))
        {
            var scheme = schemes[one.Scheme!].Scheme;
            foreach (var year in span.Years)
            {
                await DemoLedger.WriteAsync(connection, one.Id, maker with { Scheme = scheme.Fingerprint }, cancel, new Happening(
                    new SchemeAdopted(year, scheme.Id, scheme.Fingerprint), On: new DateOnly(span.Finished, 1, 1)));
            }

            // What the document leaves open was decided when it was adopted: a year that rests on it can be settled.
            var readings = new ConfirmReading(span.Finished, [.. scheme.TentativeReadings.Select(reading => reading.Id)], "学院党委会", CivilTime.DayOf(began));
            if (readings.Readings.Count > 0)
            {
                await DemoLedger.WriteAsync(
                    connection, one.Id, maker with { Scheme = scheme.Fingerprint }, cancel, [.. readings.Decide(scheme, [], CivilTime.DayOf(began)).Happenings]);
            }
        }

        await transaction.CommitAsync(CancellationToken.None);

        static OfficeAssigned Office(Office office) => new(new OfficeTermId(DemoId.Of($"term officer {office}")), office, null, false);
    }

    // With the example refinement, so that nothing is left open: invented figures, marked 示例.
    public static ShippedScheme Shipped(string folder, string id)
    {
        byte[] Read(string name) => File.ReadAllBytes(Path.Combine(folder, id, name));
        var (text, refinement) = (Read($"{id}.scheme.yaml"), Read("example.refinement.yaml"));
        var loaded = SchemeLoader.Load(new SchemeSource($"{id}.scheme.yaml", text), new SchemeSource("example.refinement.yaml", refinement));
        var scheme = loaded.Value ?? throw new InvalidOperationException(string.Join('\n', loaded.Problems));
        return new ShippedScheme(scheme, Encoding.UTF8.GetString(text), Encoding.UTF8.GetString(refinement));
    }
}
