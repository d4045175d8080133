using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Jifen.Documents.Imports.Facts;

/// <summary>Quantities repeat; what a short one comes to is looked up by its bytes. One a thread.</summary>
internal sealed class KnownNumbers
{
    /// <summary>What an empty quantity comes to.</summary>
    private const int One = 100;

    private const int LongestText = 4;
    private const int Places = 64;

    private readonly Known[] _known = new Known[Places];

    // The first place is that of the empty text.
    public KnownNumbers() => _known[0] = new Known { Text = 0, Hundredths = One };

    /// <param name="text">with eight readable bytes behind it</param>
    /// <param name="unit">may stand behind the number</param>
    /// <returns>hundredths, or −1 when it is not plainly a number</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(ref byte text, int length, byte[] unit)
    {
        if (length <= LongestText)
        {
            var bytes = Unsafe.ReadUnaligned<uint>(ref text) & (uint)((1UL << (length * 8)) - 1);
            ref var known = ref _known[(int)(bytes * 0x9E37_79B1 >> 26)];
            if (known.Text == bytes)
            {
                return known.Hundredths;
            }
        }

        return Learn(ref text, length, unit);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Learn(ref byte text, int length, byte[] unit)
    {
        var span = MemoryMarshal.CreateReadOnlySpan(ref text, length);
        var number = PlainFields.Number(span, default);
        if (number < 0)
        {
            return PlainFields.Number(span, unit);
        }

        if (length <= LongestText)
        {
            var bytes = Unsafe.ReadUnaligned<uint>(ref text) & (uint)((1UL << (length * 8)) - 1);
            var place = (int)(bytes * 0x9E37_79B1 >> 26);
            if (place != 0)
            {
                _known[place] = new Known { Text = bytes, Hundredths = number };
            }
        }

        return number;
    }

    private struct Known
    {
        public uint Text;
        public int Hundredths;
    }
}
