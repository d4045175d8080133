using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Jifen.Scoring.Scorecards;

namespace Jifen.Scoring.Facts;

/// <summary>
/// 数量 by member, round and kind, added up while facts are read: of a year of jsit-2020 fifty bytes a member and thread, where its facts take
/// seven hundred. One a thread; the sum of a kind is that of all parts.
/// </summary>
public sealed class KindSums(TotalsNeed need)
{
    // Twice the sum, and 1: a kind that occurred with a quantity of nothing has occurred. Up to three hundred times or hours, which is a year
    // of nearly anything; in 16 bits, because giving out the memory takes the system longer than adding up.
    private readonly ushort[] _cells = Zeros(need.Stride * need.SummedKinds.Length);

    // What has outgrown its cell.
    private Dictionary<int, long>? _carried;

    private Counters _counters;

    internal TotalsNeed Need => need;

    /// <summary>How many facts were added, also those that count for nothing.</summary>
    public int Count => _counters.Added;

    /// <summary>Facts of other cycles.</summary>
    internal int Outside => _counters.Outside;

    /// <param name="member">index in the roster</param>
    /// <param name="kind">index in <c>Scheme.FactKinds</c>, of those that are not kept whole</param>
    /// <param name="day"><see cref="DateOnly.DayNumber"/></param>
    /// <param name="quantity">数量 in hundredths, as <see cref="FactCheck"/> lets it through</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int member, int kind, int day, int quantity)
    {
        _counters.Added++;
        var at = need.CellOf(member, kind, day);
        if (at < 0)
        {
            _counters.Outside += need.Cycle.Contains(day) ? 0 : 1;
            return;
        }

        var sum = (_cells[at] + (quantity << 1)) | 1;
        _cells[at] = (ushort)sum;
        if (sum > ushort.MaxValue)
        {
            Carry(at, sum >> 1);
        }
    }

    /// <param name="sums">by kind, hundredths</param>
    /// <param name="present">gets the bits of the kinds that occurred (<see cref="MemberPass.BitOf"/>)</param>
    internal void AddTo(long[] sums, ref ulong present, int member, int round)
    {
        var cells = _cells;
        var kinds = need.SummedKinds;
        var stride = need.Stride;
        var at = need.FirstCellOf(member, round);
        foreach (var kind in kinds)
        {
            // Which kinds occurred is not to be guessed, and a wrong guess costs more than adding nothing.
            var cell = cells[at];
            sums[kind] += cell >> 1;
            present |= (cell == 0 ? 0 : 1UL) << kind;
            at += stride;
        }

        if (_carried is not null)
        {
            AddCarried(sums, member, round);
        }
    }

    private void AddCarried(long[] sums, int member, int round)
    {
        var at = need.FirstCellOf(member, round);
        foreach (var kind in need.SummedKinds)
        {
            sums[kind] += _carried!.GetValueOrDefault(at);
            at += need.Stride;
        }
    }

    // Written, not only promised: a page that is read before it is written is given by the system twice, and the other threads are stopped
    // for the second time.
    private static ushort[] Zeros(int count)
    {
        var cells = GC.AllocateUninitializedArray<ushort>(count);
        Array.Clear(cells);
        return cells;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Carry(int at, int sum)
    {
        _carried ??= [];
        _carried[at] = _carried.GetValueOrDefault(at) + sum;
        _cells[at] = 1;
    }

    // Counted for every fact: on a cache line that the counters of no other thread share.
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct Counters
    {
        [FieldOffset(64)]
        public int Added;

        [FieldOffset(68)]
        public int Outside;
    }
}
