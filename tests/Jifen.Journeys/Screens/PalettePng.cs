using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Jifen.Journeys.Screens;

/// <summary>Makes a screenshot a third as large: at most 256 colours, which is plenty for a page of text.</summary>
internal static class PalettePng
{
    private const int Colours = 256;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="png">8 bit, RGB or RGBA, not interlaced: what browsers write</param>
    public static byte[] Of(byte[] png)
    {
        var (width, height, channels, pixels) = Read(png);
        var (palette, index) = Choose(pixels, channels);
        var rows = new byte[height * (width + 1)];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                rows[(y * (width + 1)) + 1 + x] = index[Key(pixels, ((y * width) + x) * channels)];
            }
        }

        using var made = new MemoryStream();
        made.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3);
        Write(made, "IHDR", header);
        Write(made, "PLTE", palette);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        Write(made, "IDAT", packed.ToArray());
        Write(made, "IEND", []);
        return made.ToArray();
    }

    /// <summary>Colours that differ less than the eye sees fall together; the most frequent ones get a place, the rest the nearest of these.</summary>
    private static (byte[] Palette, Dictionary<int, byte> Index) Choose(byte[] pixels, int channels)
    {
        var counts = new Dictionary<int, (long Count, long Red, long Green, long Blue)>();
        for (var at = 0; at < pixels.Length; at += channels)
        {
            var key = Key(pixels, at);
            var (count, red, green, blue) = counts.GetValueOrDefault(key);
            counts[key] = (count + 1, red + pixels[at], green + pixels[at + 1], blue + pixels[at + 2]);
        }

        var kept = counts.OrderByDescending(one => one.Value.Count).ThenBy(one => one.Key).Take(Colours).ToList();
        var palette = kept.SelectMany(one => new[] { Mean(one.Value.Red, one.Value.Count), Mean(one.Value.Green, one.Value.Count), Mean(one.Value.Blue, one.Value.Count) }).ToArray();
        var index = kept.Select((one, place) => (one.Key, Place: (byte)place)).ToDictionary(one => one.Key, one => one.Place);
        foreach (var (key, sum) in counts.Where(one => !index.ContainsKey(one.Key)))
        {
            var (red, green, blue) = (Mean(sum.Red, sum.Count), Mean(sum.Green, sum.Count), Mean(sum.Blue, sum.Count));
            index[key] = (byte)Enumerable.Range(0, kept.Count).MinBy(place =>
                Square(palette[place * 3] - red) + Square(palette[(place * 3) + 1] - green) + Square(palette[(place * 3) + 2] - blue));
        }

        return (palette, index);

        static byte Mean(long sum, long count) => (byte)(sum / count);

        static int Square(int number) => number * number;
    }

    private static int Key(byte[] pixels, int at) => ((pixels[at] >> 2) << 12) | ((pixels[at + 1] >> 2) << 6) | (pixels[at + 2] >> 2);

    private static (int Width, int Height, int Channels, byte[] Pixels) Read(byte[] png)
    {
        var (width, height, channels) = (0, 0, 0);
        using var packed = new MemoryStream();
        for (var at = Signature.Length; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var content = png.AsSpan(at + 8, length);
            switch (Encoding.ASCII.GetString(png, at + 4, 4))
            {
                case "IHDR":
                    width = BinaryPrimitives.ReadInt32BigEndian(content);
                    height = BinaryPrimitives.ReadInt32BigEndian(content[4..]);
                    channels = content[9] == 6 ? 4 : 3;
                    break;
                case "IDAT":
                    packed.Write(content);
                    break;
                default:
                    break;
            }

            at += length + 12;
        }

        packed.Position = 0;
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        var pixels = new byte[width * height * channels];
        var stride = width * channels;
        for (var y = 0; y < height; y++)
        {
            var filter = zlib.ReadByte();
            zlib.ReadExactly(pixels, y * stride, stride);
            for (var x = 0; x < stride; x++)
            {
                var left = x < channels ? 0 : pixels[(y * stride) + x - channels];
                var up = y == 0 ? 0 : pixels[((y - 1) * stride) + x];
                var corner = x < channels || y == 0 ? 0 : pixels[((y - 1) * stride) + x - channels];
                pixels[(y * stride) + x] += (byte)(filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => 0 });
            }
        }

        return (width, height, channels, pixels);
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (toLeft, toUp, toCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - corner - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static void Write(Stream to, string type, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        to.Write(number);
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        to.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(named));
        to.Write(number);
    }

    private static uint Checksum(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
            }
        }

        return ~sum;
    }
}
