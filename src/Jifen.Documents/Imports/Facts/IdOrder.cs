using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Jifen.Documents.Imports.Facts;

/// <summary>
/// Watches whether ids ascend (by length, then bytes): as long as they do, none is there twice and nothing has to be remembered but the
/// last one. One a thread.
/// </summary>
internal sealed class IdOrder
{
    /// <summary>Behind an id that is looked at so many bytes must be readable.</summary>
    public const int Padding = 16;

    private const int InWords = 16;

    private byte[] _last = [];
    private int _length;
    private ulong _high;
    private ulong _low;

    public bool IsAscending { get; private set; } = true;

    public byte[] First { get; private set; } = [];

    public byte[] Last()
    {
        if (_length > InWords)
        {
            return _last[.._length];
        }

        Span<byte> words = stackalloc byte[InWords];
        BinaryPrimitives.WriteUInt64BigEndian(words, _high);
        BinaryPrimitives.WriteUInt64BigEndian(words[8..], _low);
        return words[.._length].ToArray();
    }

    public static bool ComesAfter(ReadOnlySpan<byte> id, ReadOnlySpan<byte> before) =>
        id.Length > before.Length || (id.Length == before.Length && id.SequenceCompareTo(before) > 0);

    /// <param name="id">with <see cref="Padding"/> readable bytes behind it</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref byte id, int length)
    {
        if (length > InWords || First.Length == 0)
        {
            AddLong(Bytes(ref id, length));
            return;
        }

        // Compared as two big-endian numbers, filled up with noughts.
        var high = Word(ref id);
        var low = 0UL;
        if (length < 8)
        {
            high &= ulong.MaxValue << (64 - (length * 8));
        }
        else if (length > 8)
        {
            low = Word(ref Unsafe.Add(ref id, 8)) & (ulong.MaxValue << (128 - (length * 8)));
        }

        IsAscending &= length > _length || (length == _length && (high > _high || (high == _high && low > _low)));
        _high = high;
        _low = low;
        _length = length;
    }

    /// <param name="id">not empty</param>
    private void AddLong(ReadOnlySpan<byte> id)
    {
        IsAscending = IsAscending && (id.Length > InWords && _length > InWords
            ? ComesAfter(id, _last.AsSpan(0, _length))
            : ComesAfter(id, Last()));
        if (First.Length == 0)
        {
            First = id.ToArray();
        }

        _length = id.Length;
        if (id.Length > InWords)
        {
            if (_last.Length < id.Length)
            {
                _last = new byte[id.Length];
            }

            id.CopyTo(_last);
            return;
        }

        Span<byte> words = stackalloc byte[InWords];
        words.Clear();
        id.CopyTo(words);
        _high = BinaryPrimitives.ReadUInt64BigEndian(words);
        _low = BinaryPrimitives.ReadUInt64BigEndian(words[8..]);
    }

    private static ReadOnlySpan<byte> Bytes(ref byte start, int length) => System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref start, length);

    private static ulong Word(ref byte at)
    {
        var word = Unsafe.ReadUnaligned<ulong>(ref at);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(word) : word;
    }
}
