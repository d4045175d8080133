using System.Runtime.CompilerServices;

namespace Jifen.Documents.Imports.Facts;

/// <summary>
/// Watches while a stretch is read whether an id is there twice, as long as that costs little: ids that end in a number are ticked off, ids
/// of any other kind must ascend. Whatever cannot be told in this way is left to <see cref="FactIds"/>. One a thread.
/// </summary>
internal sealed class IdWatch
{
    private const int LongestId = 255;

    private IdNumbers? _numbers = new();
    private IdOrder? _order;
    private bool _cannotTell;

    /// <param name="id">with <see cref="IdOrder.Padding"/> readable bytes behind it</param>
    /// <returns>false when the id is of another form than the one before; nothing is remembered of it then</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool AddNext(ref byte id, int length) => _numbers is { } numbers && numbers.AddNext(ref id, length);

    /// <param name="id">with <see cref="IdOrder.Padding"/> readable bytes behind it</param>
    public void Add(ref byte id, int length)
    {
        if (_order is null && _numbers?.Add(ref id, length) == true)
        {
            return;
        }

        if (_order is null && _numbers is { IsEmpty: true })
        {
            _order = new IdOrder();
        }

        _numbers = null;
        _cannotTell |= _order is null;
        _order?.Add(ref id, length);
    }

    public void Add(ReadOnlySpan<byte> id)
    {
        Span<byte> padded = stackalloc byte[LongestId + 1 + IdOrder.Padding];
        id.CopyTo(padded);
        Add(ref padded[0], id.Length);
    }

    /// <param name="watches">of the stretches of one file, in its order</param>
    /// <returns>false when an id may be there twice</returns>
    public static bool AreAllDifferent(IEnumerable<IdWatch> watches)
    {
        var numbers = new IdNumbers();
        byte[]? last = null;
        foreach (var watch in watches)
        {
            if (watch._cannotTell || (watch._order is not null && !numbers.IsEmpty))
            {
                return false;
            }

            if (watch._numbers is { } own)
            {
                numbers.TakeOver(own);
            }

            if (watch._order is { } order)
            {
                if (!order.IsAscending || (last is not null && !IdOrder.ComesAfter(order.First, last)))
                {
                    return false;
                }

                last = order.Last();
            }
        }

        return !numbers.HasTwice && (last is null || numbers.IsEmpty);
    }
}
