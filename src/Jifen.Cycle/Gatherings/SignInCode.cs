using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Jifen.Cycle.Gatherings;

/// <summary>
/// 签到码: what the QR code on the projector carries. It names the gathering and the half minute in which it was shown, under a key of the
/// installation, so that a photo of it that is passed on shows its age.
/// </summary>
public static class SignInCode
{
    /// <summary>A new code every so often.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    /// <summary>As old as this a code is nothing odd: shown at the start of its window, scanned a window later.</summary>
    public static readonly TimeSpan Tolerated = Window * 2;

    private const int MacLength = 12;
    private const int Length = 16 + 4 + MacLength;

    /// <param name="key">secret of the installation, 32 bytes</param>
    /// <returns>43 letters that stand in an address as they are</returns>
    public static string Of(ReadOnlySpan<byte> key, GatheringId gathering, DateTimeOffset now)
    {
        Span<byte> code = stackalloc byte[Length];
        gathering.Value.TryWriteBytes(code);
        BinaryPrimitives.WriteUInt32BigEndian(code[16..], (uint)(now.ToUnixTimeSeconds() / (long)Window.TotalSeconds));
        Sign(key, code);
        return Base64Url.EncodeToString(code);
    }

    /// <returns>which gathering, and since when the code was shown; null when no code of this installation reads so</returns>
    public static (GatheringId Gathering, DateTimeOffset ShownFrom)? Read(ReadOnlySpan<byte> key, string code)
    {
        Span<byte> bytes = stackalloc byte[Length];
        // Somebody may type anything into an address: decoding throws on what is no letter of it.
        if (code.Length != Base64Url.GetEncodedLength(Length) || !Base64Url.IsValid(code) || !Base64Url.TryDecodeFromChars(code, bytes, out _))
        {
            return null;
        }

        Span<byte> signed = stackalloc byte[Length];
        bytes.CopyTo(signed);
        Sign(key, signed);
        return CryptographicOperations.FixedTimeEquals(bytes, signed)
            ? (new GatheringId(new Guid(bytes[..16])), DateTimeOffset.FromUnixTimeSeconds(
                BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]) * (long)Window.TotalSeconds))
            : null;
    }

    private static void Sign(ReadOnlySpan<byte> key, Span<byte> code)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, code[..^MacLength], mac);
        mac[..MacLength].CopyTo(code[^MacLength..]);
    }
}
