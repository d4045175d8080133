using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Jifen.Documents.Imports.Facts;

/// <summary>Contents repeat; those that were found plain a moment ago are known again by their bytes. One a thread.</summary>
internal sealed class KnownTexts
{
    private const int Places = 256;

    // The last place is that of the empty text, which is always known.
    private readonly ByteKey[] _known = new ByteKey[Places + 1];

    /// <param name="text">with <see cref="ByteKey.Padding"/> readable bytes behind it</param>
    /// <returns>whether the text is empty or plain (<see cref="PlainFields.IsPlainText"/>)</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Knows(ref byte text, int length)
    {
        if (length > ByteKey.Longest)
        {
            return PlainFields.IsPlainText(MemoryMarshal.CreateReadOnlySpan(ref text, length));
        }

        var key = ByteKey.Of(ref text, length);
        ref var known = ref _known[length == 0 ? Places : (int)(key.Hash >> 56)];
        return known.Is(key) || Learn(ref known, key, ref text, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Learn(ref ByteKey known, ByteKey key, ref byte text, int length)
    {
        if (!PlainFields.IsPlainText(MemoryMarshal.CreateReadOnlySpan(ref text, length)))
        {
            return false;
        }

        known = key;
        return true;
    }
}
