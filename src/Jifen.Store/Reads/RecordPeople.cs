using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Records;
using Jifen.Scoring.Facts;

namespace Jifen.Store.Reads;

/// <summary>The people of whom a branch keeps records: those on its roll, and those who were since some day.</summary>
public static class RecordPeople
{
    /// <param name="since">who left before is not among them</param>
    /// <param name="day">standing, category and offices are those of this day</param>
    /// <returns>by Party group, then by name</returns>
    public static async Task<IReadOnlyList<RecordPerson>> OfAsync(
        DataScope scope, OrganizationId branch, DateOnly since, DateOnly day, CancellationToken cancel = default)
    {
        var rows = await scope.QueryAsync<Row>(
            """
            select p.person_id, p.name, p.number, a.from_on, a.to_on,
                period.standing, period.category, period.party_group,
                (select string_agg(distinct t.office, ' ') from office_term t join organization o using (organization_id)
                 where t.person_id = p.person_id and (t.organization_id = @branch or (o.superior_id = @branch and o.kind = 'party-group'))
                     and t.from_on <= @day and (t.to_on is null or t.to_on >= @day)) as offices
            from affiliation a
            join person p using (person_id)
            left join lateral (
                select max(m.value) filter (where m.aspect = 'standing') as standing,
                    max(m.value) filter (where m.aspect = 'category') as category,
                    max(m.value) filter (where m.aspect = 'party-group') as party_group
                from member_period m
                where m.person_id = p.person_id and m.from_on <= greatest(@day, a.from_on) and (m.to_on is null or m.to_on >= greatest(@day, a.from_on))
            ) as period on true
            where a.organization_id = @branch and (a.to_on is null or a.to_on >= @since)
            order by period.party_group nulls last, p.name collate "zh-x-icu", p.person_id, a.from_on
            """,
            new { branch, since, day },
            cancel);
        return rows.GroupBy(row => row.PersonId).Select(PersonOf).OrderBy(person => NumeralIn(person.PartyGroup)).ToList();
    }

    /// <summary>第一、第二、第三: numbered groups in their order, which no collation knows; the sort keeps the rest as it came.</summary>
    private static int NumeralIn(string? group)
    {
        const string Numerals = "一二三四五六七八九";
        if (group is null)
        {
            return int.MaxValue;
        }

        var at = group.IndexOfAny([.. Numerals, '十']);
        if (at < 0)
        {
            return int.MaxValue - 1;
        }

        var rest = group.AsSpan(at);
        var tens = rest.IndexOf('十') is var ten and >= 0 and <= 1 ? (ten == 0 ? 1 : Numerals.IndexOf(rest[0], StringComparison.Ordinal) + 1) : 0;
        var unit = tens == 0 ? rest[0] : rest.Length > rest.IndexOf('十') + 1 ? rest[rest.IndexOf('十') + 1] : ' ';
        return (tens * 10) + Numerals.IndexOf(unit, StringComparison.Ordinal) + 1;
    }

    private static RecordPerson PersonOf(IGrouping<PersonId, Row> stays)
    {
        var row = stays.Last();
        return new RecordPerson(
            row.PersonId,
            row.Name,
            row.Number,
            row.PartyGroup,
            stays.Select(stay => new RollStay(stay.FromOn, stay.ToOn)).ToList(),
            new Member(
                row.PersonId.ToString(),
                row.Name,
                "",
                Words.Read<Standing>(row.Standing) ?? Standing.Full,
                row.Category,
                row.Offices is { } offices ? string.Join('；', offices.Split(' ').Select(WordOf).OfType<string>()) : null));
    }

    private static string? WordOf(string office) => Words.Read<Office>(office) switch
    {
        Office.Secretary => "书记",
        Office.DeputySecretary => "副书记",
        Office.CommitteeMember => "支委",
        Office.Recorder => "记录员",
        Office.Evaluator => "考评小组成员",
        Office.GroupLeader => "党小组长",
        _ => null,
    };

    private sealed record Row
    {
        public required PersonId PersonId { get; init; }

        public required string Name { get; init; }

        public string? Number { get; init; }

        public required DateOnly FromOn { get; init; }

        public DateOnly? ToOn { get; init; }

        public string? Standing { get; init; }

        public string? Category { get; init; }

        public string? PartyGroup { get; init; }

        public string? Offices { get; init; }
    }
}
