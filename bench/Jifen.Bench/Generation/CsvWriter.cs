using System.Buffers.Text;
using System.Globalization;

namespace Jifen.Bench.Generation;

/// <summary>Fields and rows into a file through one buffer: six million rows are written in a second or two.</summary>
internal sealed class CsvWriter(Stream stream) : IDisposable
{
    // No row is longer.
    private const int Margin = 1024;

    private readonly byte[] _buffer = new byte[1 << 20];
    private int _length;

    public void Text(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(_buffer.AsSpan(_length));
        _length += utf8.Length;
    }

    public void Text(string? text) => _length += System.Text.Encoding.UTF8.GetBytes(text ?? "", _buffer.AsSpan(_length));

    public void Comma() => _buffer[_length++] = (byte)',';

    /// <summary>A number padded with zeros after a letter: F00000001.</summary>
    public void Id(char letter, int number, byte digits)
    {
        _buffer[_length++] = (byte)letter;
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out var written, new System.Buffers.StandardFormat('D', digits));
        _length += written;
    }

    public void Day(int dayNumber)
    {
        DateOnly.FromDayNumber(dayNumber).TryFormat(_buffer.AsSpan(_length), out var written, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>Without trailing zeros: 1.5, 2, 0.25.</summary>
    public void Hundredths(int hundredths)
    {
        if (hundredths < 0)
        {
            _buffer[_length++] = (byte)'-';
            hundredths = -hundredths;
        }

        Utf8Formatter.TryFormat(hundredths / 100, _buffer.AsSpan(_length), out var written);
        _length += written;
        var rest = hundredths % 100;
        if (rest == 0)
        {
            return;
        }

        _buffer[_length++] = (byte)'.';
        _buffer[_length++] = (byte)('0' + (rest / 10));
        if (rest % 10 != 0)
        {
            _buffer[_length++] = (byte)('0' + (rest % 10));
        }
    }

    public void Whole(int number)
    {
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out var written);
        _length += written;
    }

    public void EndRow()
    {
        _buffer[_length++] = (byte)'\n';
        if (_length > _buffer.Length - Margin)
        {
            Flush();
        }
    }

    public void Flush()
    {
        stream.Write(_buffer.AsSpan(0, _length));
        _length = 0;
    }

    public void Dispose() => Flush();
}
