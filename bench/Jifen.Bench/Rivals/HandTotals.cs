using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Jifen.Bench.Generation;

namespace Jifen.Bench.Rivals;

/// <summary>Points of one member in hundredths; zero throughout for those who have no score sheet.</summary>
internal record struct SectionPoints(int Base, int Bonus, int Deduction, int Total);

/// <summary>
/// jsit-2020 with its example refinement written out by hand, as fast as C# goes: no scheme, no reasons, no ranks, no outcomes, only the three
/// sections and the total. One table of sums by kind on the stack, no bounds checks, and the two kinds that must be looked at one by one
/// are noted in passing.
/// </summary>
internal static class HandTotals
{
    private const uint LookedAt = (1u << (int)JsitKind.Commendation) | (1u << (int)JsitKind.Deduction6);

    [SkipLocalsInit]
    public static void Score(Columns columns, int firstMember, int endMember, SectionPoints[] results)
    {
        Span<int> table = stackalloc int[JsitKinds.Count];
        Span<int> looked = stackalloc int[BranchYears.MostFacts];
        ref var sums = ref MemoryMarshal.GetReference(table);
        ref var kinds = ref Unsafe.As<JsitKind, ushort>(ref MemoryMarshal.GetArrayDataReference(columns.Kinds));
        ref var days = ref MemoryMarshal.GetArrayDataReference(columns.Days);
        ref var quantities = ref MemoryMarshal.GetArrayDataReference(columns.Quantities);
        for (var member = firstMember; member < endMember; member++)
        {
            var firstDay = columns.FirstDay[member];
            var lastDay = columns.LastDay[member];
            if (firstDay > lastDay)
            {
                continue;
            }

            table.Clear();
            var span = (uint)(lastDay - firstDay);
            var lookedCount = 0;
            var end = columns.Start[member + 1];
            for (var i = columns.Start[member]; i < end; i++)
            {
                var kind = Unsafe.Add(ref kinds, i);
                if ((uint)(Unsafe.Add(ref days, i) - firstDay) <= span)
                {
                    Unsafe.Add(ref sums, kind) += Unsafe.Add(ref quantities, i);
                    if ((LookedAt >> kind & 1) != 0)
                    {
                        looked[lookedCount++] = i;
                    }
                }
            }

            results[member] = lookedCount == 0
                ? JsitRules.Points(table, 0, 0)
                : Looked(columns, table, looked[..lookedCount]);
        }
    }

    private static SectionPoints Looked(Columns columns, ReadOnlySpan<int> sums, ReadOnlySpan<int> facts)
    {
        var commended = 0;
        var chosen = 0;
        for (var i = 0; i < facts.Length; i++)
        {
            if (columns.Kinds[facts[i]] == JsitKind.Deduction6)
            {
                chosen += columns.Amounts[facts[i]] * (columns.Quantities[facts[i]] / 100);
            }
            else if (!IsBeaten(columns, facts, i))
            {
                commended += columns.Levels[facts[i]] * 100;
            }
        }

        return JsitRules.Points(sums, commended, chosen);
    }

    // 同一内容取最高: of equals the first stays. No Commendation equals a deduction, whose content is none.
    private static bool IsBeaten(Columns columns, ReadOnlySpan<int> facts, int at)
    {
        var content = columns.ContentNumbers[facts[at]];
        var level = columns.Levels[facts[at]];
        for (var i = 0; i < facts.Length; i++)
        {
            if (i != at && columns.ContentNumbers[facts[i]] == content)
            {
                var other = columns.Levels[facts[i]];
                if (other > level || (other == level && i < at))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
