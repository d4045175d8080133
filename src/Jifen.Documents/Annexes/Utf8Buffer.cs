using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Jifen.Documents.Annexes;

/// <summary>UTF-8 text that is built up and then written out, in memory borrowed from the pool.</summary>
internal sealed class Utf8Buffer : IDisposable
{
    private const int FlushFrom = 1 << 16;
    private const int LongestNumber = 20;
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

    public void Add(long number) => Length += Digits(number, Reserve(LongestNumber));

    /// <summary>Points without trailing zeros: 94.5, −2.</summary>
    public void AddPoints(long hundredths)
    {
        var into = Reserve(LongestNumber + ".25".Length);
        var at = 0;
        if (hundredths < 0)
        {
            into[at++] = (byte)'-';
            hundredths = -hundredths;
        }

        var (whole, rest) = Math.DivRem(hundredths, 100);
        at += Digits(whole, into[at..]);
        if (rest != 0)
        {
            into[at++] = (byte)'.';
            into[at++] = (byte)('0' + (rest / 10));
            if (rest % 10 != 0)
            {
                into[at++] = (byte)('0' + (rest % 10));
            }
        }

        Length += at;
    }

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

    // Points and ranks mostly have one digit or two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Digits(long number, Span<byte> into)
    {
        switch (number)
        {
            case >= 0 and < 10:
                into[0] = (byte)('0' + number);
                return 1;
            case >= 10 and < 100:
                into[0] = (byte)('0' + ((int)number / 10));
                into[1] = (byte)('0' + ((int)number % 10));
                return 2;
            default:
                number.TryFormat(into, out var written, provider: CultureInfo.InvariantCulture);
                return written;
        }
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
