using System.Runtime.CompilerServices;

namespace Jifen.Documents.Imports.Facts;

/// <summary>
/// Reads plain dates: a table names few months, so the first day of each is worked out once and looked up by the bytes of its name. One a
/// thread.
/// </summary>
internal sealed class Months
{
    private const int Places = 64;

    private readonly Month[] _known = new Month[Places];

    /// <param name="text">with eight readable bytes behind it</param>
    /// <returns>the day number, or −1 when it is not plainly a day</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Day(ref byte text, int length)
    {
        if (length != 10)
        {
            return -1;
        }

        // 2025-07-, and then the day.
        var name = Unsafe.ReadUnaligned<ulong>(ref text);
        ref var month = ref _known[(int)(name * 0x9E37_79B9_7F4A_7C15 >> 58)];
        if (month.Name != name && !Learn(ref month, name, ref text))
        {
            return -1;
        }

        var tens = (uint)(Unsafe.Add(ref text, 8) - '0');
        var ones = (uint)(Unsafe.Add(ref text, 9) - '0');
        var day = (tens * 10) + ones - 1;
        return ones <= 9 && day < month.Days ? month.FirstDay + (int)day : -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Learn(ref Month month, ulong name, ref byte text)
    {
        Span<byte> first = stackalloc byte[16];
        for (var i = 0; i < 8; i++)
        {
            first[i] = Unsafe.Add(ref text, i);
        }

        "01"u8.CopyTo(first[8..]);
        var day = PlainFields.Day(ref first[0], 10);
        if (day < 0)
        {
            return false;
        }

        var date = DateOnly.FromDayNumber(day);
        month = new Month { Name = name, FirstDay = day, Days = (uint)DateTime.DaysInMonth(date.Year, date.Month) };
        return true;
    }

    private struct Month
    {
        public ulong Name;
        public int FirstDay;
        public uint Days;
    }
}
