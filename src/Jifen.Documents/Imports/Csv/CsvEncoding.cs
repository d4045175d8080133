using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Jifen.Documents.Imports.Csv;

/// <summary>Whether a csv is UTF-8 or GB18030. A text is GB18030 when it is not UTF-8, and says nothing in UTF-8 before the place where it fails.</summary>
internal static class CsvEncoding
{
    private const int BlockSize = 1 << 17;

    // In memory the text grows by half; a larger GB18030 table should be stored as UTF-8 first.
    private const long MostTranscoded = 1 << 30;

    // So many Chinese characters in a row of valid UTF-8 are no accident: the file is UTF-8 with a damaged place.
    private const int ProofOfUtf8 = 4;

    public static int MarkLength(ReadOnlySpan<byte> first) => first.StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>Whether the first block is UTF-8: a look at the whole of a large file would be felt, and rows are looked at anyway.</summary>
    public static bool SeemsUtf8(ByteSource source)
    {
        var first = source.First(BlockSize);
        return Utf8.IsValid(WithoutCutCharacter(first, first.Length < source.Length));
    }

    public static bool IsUtf8(ByteSource source) => All(source, static text => Utf8.IsValid(text));

    public static bool HasQuotes(ByteSource source) => !All(source, static text => !text.Contains((byte)'"'));

    // Block by block, none beginning or ending within a character, up to the first of which it does not hold.
    private static bool All(ByteSource source, Func<ReadOnlySpan<byte>, bool> holds)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            for (long offset = 0; source.ReadFully(offset, block.AsSpan(0, BlockSize)) is > 0 and var read;)
            {
                var text = WithoutCutCharacter(block.AsSpan(0, read), offset + read < source.Length);
                if (!holds(text))
                {
                    return false;
                }

                offset += text.Length;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <returns>the text as UTF-8, or null, with a problem, when it is neither UTF-8 nor GB18030</returns>
    public static MemoryBytes? FromGb18030(ByteSource source, ImportProblems problems)
    {
        var (offset, line, chinese) = FirstForeign(source);
        var first = source.First(4);
        if (first.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || first.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            problems.Error(CellPlace.WholeFile, "这是 UTF-16（“Unicode 文本”）文件", "另存为“CSV UTF-8（逗号分隔）”");
            return null;
        }

        if (MarkLength(first) == 0 && chinese < ProofOfUtf8 && source.Length <= MostTranscoded && Decoded(source) is { } text)
        {
            return new MemoryBytes(text);
        }

        problems.Error(
            new CellPlace(line, 0, null),
            source.Length > MostTranscoded ? "文件不是 UTF-8，又超过 1 GiB" : $"从文件第{offset + 1}个字节起既不是 UTF-8 也不是 GB18030 编码的文字",
            "用表格软件打开看看这一行，另存为“CSV UTF-8（逗号分隔）”");
        return null;
    }

    private static ReadOnlyMemory<byte>? Decoded(ByteSource source)
    {
        var gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
        var decoder = gb18030.GetDecoder();
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        var characters = ArrayPool<char>.Shared.Rent(gb18030.GetMaxCharCount(BlockSize));
        var encoder = Encoding.UTF8.GetEncoder();
        var text = new ArrayBufferWriter<byte>((int)Math.Min(int.MaxValue / 2, source.Length + (source.Length / 2) + 16));
        try
        {
            for (long offset = 0; offset < source.Length;)
            {
                var read = source.ReadFully(offset, block.AsSpan(0, BlockSize));
                if (read == 0)
                {
                    break;
                }

                offset += read;
                var flush = offset >= source.Length;
                var count = decoder.GetChars(block, 0, read, characters, 0, flush);
                encoder.Convert(characters.AsSpan(0, count), text, flush, out _, out _);
            }

            return text.WrittenMemory;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    /// <returns>where the first bytes stand that are not UTF-8 (−1: nowhere), in which line, and how many Chinese characters came before</returns>
    private static (long Offset, int Line, int Chinese) FirstForeign(ByteSource source)
    {
        var (offset, line, chinese) = (0L, 1, 0);
        var isUtf8 = All(source, text =>
        {
            var valid = Utf8.IsValid(text) ? text : text[..ValidPrefix(text)];
            offset += valid.Length;
            line += valid.Count((byte)'\n');
            chinese = Math.Min(ProofOfUtf8, chinese + ChineseIn(valid));
            return valid.Length == text.Length;
        });
        return isUtf8 ? (-1, 0, chinese) : (offset, line, chinese);
    }

    private static int ValidPrefix(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && Rune.DecodeFromUtf8(text[at..], out _, out var length) == OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    private static int ChineseIn(ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (var at = text.IndexOfAnyInRange((byte)0xE4, (byte)0xE9); at >= 0 && at < text.Length && count < ProofOfUtf8; at++)
        {
            count += text[at] is >= 0xE4 and <= 0xE9 ? 1 : 0;
        }

        return count;
    }

    // A character that the end of the block cuts in two is left to the next block.
    private static ReadOnlySpan<byte> WithoutCutCharacter(ReadOnlySpan<byte> text, bool goesOn)
    {
        if (!goesOn)
        {
            return text;
        }

        for (var back = 1; back <= Math.Min(3, text.Length); back++)
        {
            var b = text[^back];
            if (b >= 0xC0)
            {
                return text[..^back];
            }

            if (b < 0x80)
            {
                break;
            }
        }

        return text;
    }
}
