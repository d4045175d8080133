using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Jifen.Documents.Imports.Facts;

/// <summary>
/// Reads fields that are written plainly: <c>2025-07-31</c>, <c>12</c>, <c>1.5</c>. Everything else is left to <see cref="Values"/>, which
/// understands these too and comes to the same.
/// </summary>
internal static class PlainFields
{
    private const ulong DashedDate = 0x2D30_302D_3030_3030; // "0000-00-", the first character in the lowest byte

    // Data of the program itself: nothing to initialise, nothing to check on the way.
    private static ReadOnlySpan<ushort> DaysBeforeMonth => [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 0, 0, 0];

    private static ReadOnlySpan<byte> DaysInMonth => [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0];

    /// <returns>the day number, or −1 when it is not plainly one</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Day(ref byte text, int length)
    {
        if (length != 10)
        {
            return -1;
        }

        var front = Unsafe.ReadUnaligned<ulong>(ref text) ^ DashedDate;
        var back = (uint)(Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref text, 8)) ^ 0x3030);

        // Digits have become 0–9 and dashes 0; adding 118 to a byte above 9 sets its top bit.
        if ((((front + 0x7F76_767F_7676_7676) | front) & 0x8080_8080_8080_8080) != 0 || (((back + 0x7676) | back) & 0x8080) != 0)
        {
            return -1;
        }

        var year = (Digit(front, 0) * 1000) + (Digit(front, 1) * 100) + (Digit(front, 2) * 10) + Digit(front, 3);
        var month = (Digit(front, 5) * 10) + Digit(front, 6);
        var day = (Digit(back, 0) * 10) + Digit(back, 1);
        if (year == 0 || (uint)(month - 1) > 11)
        {
            return -1;
        }

        var isLeap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
        var days = DaysInMonth[month] + (isLeap && month == 2 ? 1 : 0);
        var before = year - 1;
        return (uint)(day - 1) >= (uint)days
            ? -1
            : (before * 365) + (before / 4) - (before / 100) + (before / 400)
                + DaysBeforeMonth[month] + (isLeap && month > 2 ? 1 : 0) + day - 1;
    }

    /// <summary>Up to four digits, then at most two places, then at most the unit.</summary>
    /// <returns>hundredths, or −1 when it is not plainly a number</returns>
    public static int Number(ReadOnlySpan<byte> text, ReadOnlySpan<byte> unit)
    {
        var whole = 0;
        var at = 0;
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
        {
            whole = (whole * 10) + (text[at] - '0');
            if (at == 4)
            {
                return -1;
            }
        }

        if (at == 0)
        {
            return -1;
        }

        var hundredths = whole * 100;
        if (at < text.Length && text[at] == (byte)'.')
        {
            at++;
            for (var place = 10; place > 0; place /= 10)
            {
                if (at < text.Length && (uint)(text[at] - '0') <= 9)
                {
                    hundredths += (text[at++] - '0') * place;
                }
                else if (place == 10)
                {
                    return -1;
                }
            }
        }

        return at == text.Length || text[at..].SequenceEqual(unit) ? hundredths : -1;
    }

    /// <summary>UTF-8 without control characters, and no space of any kind at either end.</summary>
    public static bool IsPlainText(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !MayBeSpace(text) && !MayEndInSpace(text) && Utf8.IsValid(text) && !text.ContainsAnyInRange((byte)0, (byte)0x1F);

    // The spaces of Unicode are U+0020, U+0085, U+00A0, U+1680, U+2000–205F and U+3000; whoever begins like one is looked at carefully.
    private static bool MayBeSpace(ReadOnlySpan<byte> text) => text[0] switch
    {
        <= 0x20 => true,
        0xC2 or 0xE1 => true,
        0xE2 => text.Length > 1 && text[1] <= 0x81,
        0xE3 => text.Length > 2 && text[1] == 0x80 && text[2] == 0x80,
        _ => false,
    };

    private static bool MayEndInSpace(ReadOnlySpan<byte> text) =>
        text[^1] <= 0x20 || (text.Length > 1 && text[^2] == 0xC2) || (text.Length > 2 && text[^3] is 0xE1 or 0xE2 or 0xE3 && MayBeSpace(text[^3..]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Digit(ulong digits, int at) => (int)(digits >> (at * 8)) & 0xF;
}
