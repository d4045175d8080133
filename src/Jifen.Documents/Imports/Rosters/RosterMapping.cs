using System.Collections.Immutable;
using Jifen.Cycle.Members.Rosters;
using Jifen.Documents.Imports.Tables;

namespace Jifen.Documents.Imports.Rosters;

/// <summary>Which column of a table is which field of a roster: guessed from the heads, changed by the person who imports.</summary>
/// <param name="Columns">0-based</param>
public sealed record RosterMapping(ImmutableSortedDictionary<RosterField, int> Columns)
{
    private static readonly Dictionary<string, RosterField> Heads = new(StringComparer.OrdinalIgnoreCase)
    {
        ["编号"] = RosterField.Number,
        ["工号"] = RosterField.Number,
        ["学号"] = RosterField.Number,
        ["职工号"] = RosterField.Number,
        ["学工号"] = RosterField.Number,
        ["工号/学号"] = RosterField.Number,
        ["工号学号"] = RosterField.Number,
        ["教工号"] = RosterField.Number,
        ["人员编号"] = RosterField.Number,
        ["党员编号"] = RosterField.Number,
        ["number"] = RosterField.Number,
        ["id"] = RosterField.Number,
        ["姓名"] = RosterField.Name,
        ["名字"] = RosterField.Name,
        ["党员姓名"] = RosterField.Name,
        ["党员"] = RosterField.Name,
        ["name"] = RosterField.Name,
        ["支部"] = RosterField.Branch,
        ["党支部"] = RosterField.Branch,
        ["所在支部"] = RosterField.Branch,
        ["所在党支部"] = RosterField.Branch,
        ["所属支部"] = RosterField.Branch,
        ["所属党支部"] = RosterField.Branch,
        ["支部名称"] = RosterField.Branch,
        ["党支部名称"] = RosterField.Branch,
        ["所在党组织"] = RosterField.Branch,
        ["党组织"] = RosterField.Branch,
        ["branch"] = RosterField.Branch,
        ["身份"] = RosterField.Standing,
        ["党员身份"] = RosterField.Standing,
        ["人员类别"] = RosterField.Standing,
        ["政治面貌"] = RosterField.Standing,
        ["党员类型"] = RosterField.Standing,
        ["standing"] = RosterField.Standing,
        ["类别"] = RosterField.Category,
        ["党员类别"] = RosterField.Category,
        ["积分类别"] = RosterField.Category,
        ["category"] = RosterField.Category,
        ["党小组"] = RosterField.PartyGroup,
        ["小组"] = RosterField.PartyGroup,
        ["所在党小组"] = RosterField.PartyGroup,
        ["所在小组"] = RosterField.PartyGroup,
        ["group"] = RosterField.PartyGroup,
        ["party_group"] = RosterField.PartyGroup,
        ["到支部日期"] = RosterField.ArrivedOn,
        ["到支部时间"] = RosterField.ArrivedOn,
        ["进入支部日期"] = RosterField.ArrivedOn,
        ["进入党支部日期"] = RosterField.ArrivedOn,
        ["转入日期"] = RosterField.ArrivedOn,
        ["转入时间"] = RosterField.ArrivedOn,
        ["参加自"] = RosterField.ArrivedOn,
        ["enrolled_from"] = RosterField.ArrivedOn,
        ["arrived_on"] = RosterField.ArrivedOn,
    };

    /// <summary>0-based column, −1 when the table has none.</summary>
    public int this[RosterField field] => Columns.TryGetValue(field, out var column) ? column : -1;

    /// <summary>Whether a head is one of those a roster has.</summary>
    public static bool IsKnownHead(string head) => Heads.ContainsKey(Bare(head));

    /// <summary>By the heads; 身份 by its values too, where no head says it.</summary>
    public static RosterMapping Guess(TableFile table)
    {
        var columns = ImmutableSortedDictionary.CreateBuilder<RosterField, int>();
        for (var column = 0; column < table.Heads.Count; column++)
        {
            if (Heads.TryGetValue(Bare(table.Heads[column]), out var field))
            {
                columns.TryAdd(field, column);
            }
        }

        if (!columns.ContainsKey(RosterField.Standing))
        {
            var taken = columns.Values.ToHashSet();
            for (var column = 0; column < table.Heads.Count; column++)
            {
                if (!taken.Contains(column) && table.Rows.Count > 0 && table.Rows.All(row => RosterWords.StandingOf(row.Text(column)) is not null))
                {
                    columns.Add(RosterField.Standing, column);
                    break;
                }
            }
        }

        return new RosterMapping(columns.ToImmutable());
    }

    /// <summary>A head that speaks of an identity or phone number: never read.</summary>
    public static bool IsPrivate(string head) =>
        head.Contains("身份证") || head.Contains("公民身份") || head.Contains("证件号") || head.Contains("手机") || head.Contains("电话");

    /// <summary>编号（工号）* → 编号</summary>
    private static string Bare(string head)
    {
        var bare = string.Concat(head.Where(c => !char.IsWhiteSpace(c) && c is not ('*' or '＊' or ':' or '：')));
        var bracket = bare.AsSpan().IndexOfAny('（', '(');
        return bracket > 0 ? bare[..bracket] : bare;
    }
}
