using System.Runtime.CompilerServices;
using Jifen.Scoring.Facts;

namespace Jifen.Documents.Imports.Facts;

/// <summary>The ids of a roster to look members up by, made once and kept for as long as the roster is.</summary>
internal static class MemberIds
{
    private static readonly ConditionalWeakTable<Roster, ShortIds> Known = [];

    public static ShortIds Of(Roster roster) => Known.GetValue(roster, static one => new ShortIds([.. one.Members.Select(member => member.Id)]));
}
