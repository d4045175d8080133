using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Jifen.Scoring;

namespace Jifen.Documents.Annexes;

/// <summary>UTF-8 text that is built up and then written out, in memory borrowed from the pool.</summary>
internal sealed class Utf8Buffer : IDisposable
{
    private const int FlushFrom = 1 << 16;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FlushFrom * 2);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(byte character)
    {
        if (Length == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[Length++] = character;
    }

    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        Length += text.Length;
    }

    public void Add(ReadOnlySpan<char> text) => Length += Encoding.UTF8.GetBytes(text, Reserve(text.Length * 3));

    public void Add(long number)
    {
        number.TryFormat(Reserve(20), out var written, provider: CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Points without trailing zeros: 94.5, −2.</summary>
    public void AddPoints(long hundredths) => Length += Points.Write(hundredths, Reserve(Points.Longest));

    public void WriteTo(Stream stream)
    {
        stream.Write(Written);
        Length = 0;
    }

    public void WriteWhenFull(Stream stream)
    {
        if (Length >= FlushFrom)
        {
            WriteTo(stream);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Grow(count);
        }

        return _bytes.AsSpan(Length);
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + count));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
