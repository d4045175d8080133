using System.Runtime.CompilerServices;

namespace Jifen.Documents.Imports.Facts;

/// <summary>Reads ids of one form: what <see cref="NumberedId"/> would find out about each is known of all of them.</summary>
internal readonly struct NumbersOfForm
{
    private readonly IdForm _form;
    private readonly ulong _ofHead;
    private readonly ulong _ofMiddle;
    private readonly ulong _ofNumber;
    private readonly int _middleAt;
    private readonly int _tailAt;
    private readonly int _shift;

    public NumbersOfForm(IdForm form)
    {
        var length = form.Length;
        _form = form;
        _ofNumber = ulong.MaxValue << (64 - (form.Digits * 8));
        _ofHead = length <= 8 ? 0 : length < 16 ? ulong.MaxValue >> (128 - (length * 8)) : ulong.MaxValue;
        _ofMiddle = length <= 16 ? 0 : ulong.MaxValue;
        _middleAt = Math.Max(0, length - 16);
        _tailAt = Math.Max(0, length - 8);
        _shift = Math.Max(0, 64 - (length * 8));
    }

    /// <param name="id">with <see cref="NumberedId.Padding"/> readable bytes behind it</param>
    /// <returns>the number, or −1 when the id is of another form</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(ref byte id, int length)
    {
        if (length != _form.Length)
        {
            return -1;
        }

        var tail = Word(ref id, _tailAt) << _shift;
        var values = (tail ^ NumberedId.Zeros) & _ofNumber;

        // Adding 118 to a byte above 9 sets its top bit.
        var noDigits = (((values & 0x7F7F_7F7F_7F7F_7F7F) + 0x7676_7676_7676_7676) | values) & 0x8080_8080_8080_8080;
        var others = ((tail & ~_ofNumber) ^ _form.Tail)
            | ((Word(ref id, 0) & _ofHead) ^ _form.Head)
            | ((Word(ref id, _middleAt) & _ofMiddle) ^ _form.Middle);
        return (noDigits | others) == 0 ? NumberedId.Value(values) : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte id, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref id, at));
}
