using System.Text;

namespace Jifen.Scoring.Scorecards;

/// <summary>Writes a sentence of the sheet in UTF-8, without making strings.</summary>
internal ref struct SentenceText(byte[] buffer)
{
    private byte[] _buffer = buffer;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public readonly byte[] Buffer => _buffer;

    public void Add(scoped ReadOnlySpan<byte> utf8)
    {
        Reserve(utf8.Length);
        utf8.CopyTo(_buffer.AsSpan(Length));
        Length += utf8.Length;
    }

    public void Add(string text)
    {
        Reserve(text.Length * 3);
        Length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(Length));
    }

    public void Add(long number)
    {
        Reserve(20);
        System.Buffers.Text.Utf8Formatter.TryFormat(number, _buffer.AsSpan(Length), out var written);
        Length += written;
    }

    /// <summary>A quantity or points in hundredths, without trailing zeros, with an ordinary minus for machines.</summary>
    public void AddHundredths(long hundredths)
    {
        Reserve(Points.Longest);
        Length += Points.Write(hundredths, _buffer.AsSpan(Length));
    }

    /// <summary>A space and the points with a typographic sign: <c> −2</c>, <c> +3</c>, <c> 0</c>.</summary>
    public void AddSigned(long hundredths)
    {
        Add(hundredths < 0 ? " −"u8 : hundredths > 0 ? " +"u8 : " "u8);
        AddHundredths(Math.Abs(hundredths));
    }

    /// <summary>2025-07-31</summary>
    public void AddDay(int dayNumber)
    {
        var date = DateOnly.FromDayNumber(dayNumber);
        Reserve(10);
        var at = _buffer.AsSpan(Length, 10);
        Two(at, 0, date.Year / 100);
        Two(at, 2, date.Year % 100);
        at[4] = (byte)'-';
        Two(at, 5, date.Month);
        at[7] = (byte)'-';
        Two(at, 8, date.Day);
        Length += 10;
    }

    /// <summary>Goes on behind what the buffer already holds.</summary>
    public void Skip(int length) => Length = length;

    public override readonly string ToString() => Encoding.UTF8.GetString(Written);

    private static void Two(Span<byte> at, int index, int value)
    {
        at[index] = (byte)('0' + (value / 10));
        at[index + 1] = (byte)('0' + (value % 10));
    }

    private void Reserve(int more)
    {
        if (Length + more > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + more));
        }
    }
}
