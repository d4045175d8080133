using System.Runtime.CompilerServices;
using Jifen.Scoring.Facts;

namespace Jifen.Documents.Imports.Facts;

/// <summary>The ids of a roster to look members up by, made once and kept for as long as the roster is.</summary>
internal static class MemberIds
{
    private static readonly ConditionalWeakTable<Roster, ShortIds> Known = [];

    public static ShortIds Of(Roster roster) => Known.GetValue(roster, static one => IdsOf(one.Members));

    /// <summary>The roster of members whose ids nobody has compared yet.</summary>
    /// <returns>null when an id is there twice</returns>
    public static Roster? RosterOf(IReadOnlyList<Member> members)
    {
        var compared = Task.Run(() => IdsOf(members));
        var roster = Roster.OfDifferent(members);
        var ids = compared.GetAwaiter().GetResult();
        if (!ids.AreAllDifferent)
        {
            return null;
        }

        Known.Add(roster, ids);
        return roster;
    }

    private static ShortIds IdsOf(IReadOnlyList<Member> members)
    {
        var ids = new string[members.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = members[i].Id;
        }

        return new ShortIds(ids);
    }
}
