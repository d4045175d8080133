using System.Runtime.CompilerServices;
using System.Text;

namespace Jifen.Documents.Imports.Facts;

/// <summary>Names of one form that count up with few gaps: the number is the place where the member is written down.</summary>
internal sealed class CountedNames
{
    // More room than this for each name is no counting up.
    private const int MostGaps = 8;

    private readonly NumbersOfForm _numbers;
    private readonly int _first;
    private readonly int[] _indexPlusOne;

    private CountedNames(IdForm form, int first, int[] indexPlusOne, bool areAllDifferent)
    {
        _numbers = new NumbersOfForm(form);
        _first = first;
        _indexPlusOne = indexPlusOne;
        AreAllDifferent = areAllDifferent;
    }

    /// <inheritdoc cref="ShortIds.AreAllDifferent"/>
    public bool AreAllDifferent { get; }

    /// <returns>null when the names are of another kind</returns>
    public static CountedNames? TryOf(IReadOnlyList<string> names)
    {
        if (names.Count == 0 || !HasForm(names[0], out var form))
        {
            return null;
        }

        var numbers = new int[names.Count];
        var (first, last) = (int.MaxValue, 0);
        for (var i = 0; i < numbers.Length; i++)
        {
            var number = NumberOf(names[i], names[0], form.Digits);
            if (number < 0)
            {
                return null;
            }

            numbers[i] = number;
            first = Math.Min(first, number);
            last = Math.Max(last, number);
        }

        if (last - first >= (long)numbers.Length * MostGaps)
        {
            return null;
        }

        var indexPlusOne = new int[last - first + 1];
        var areAllDifferent = true;
        for (var i = numbers.Length - 1; i >= 0; i--)
        {
            ref var place = ref indexPlusOne[numbers[i] - first];
            areAllDifferent &= place == 0;
            place = i + 1;
        }

        return new CountedNames(form, first, indexPlusOne, areAllDifferent);
    }

    /// <inheritdoc cref="ShortIds.Find(ref byte, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ref byte name, int length)
    {
        var number = _numbers.Read(ref name, length);
        var place = (uint)(number - _first);
        return number >= 0 && place < (uint)_indexPlusOne.Length ? _indexPlusOne[place] - 1 : -1;
    }

    private static bool HasForm(string name, out IdForm form)
    {
        Span<byte> bytes = stackalloc byte[NumberedId.Longest + NumberedId.Padding];
        form = default;
        return Encoding.UTF8.TryGetBytes(name, bytes[..NumberedId.Longest], out var length) && length > 0
            && NumberedId.Read(ref bytes[0], length, out form) >= 0;
    }

    // What ends in as many digits as the first name does, and begins like it, has its form.
    private static int NumberOf(string name, string first, int digits)
    {
        var head = first.Length - digits;
        if (name.Length != first.Length || !name.AsSpan(0, head).SequenceEqual(first.AsSpan(0, head)))
        {
            return -1;
        }

        var number = 0;
        for (var i = head; i < name.Length; i++)
        {
            if (!char.IsAsciiDigit(name[i]))
            {
                return -1;
            }

            number = (number * 10) + (name[i] - '0');
        }

        return number;
    }
}
