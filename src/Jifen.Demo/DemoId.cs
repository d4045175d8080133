using System.Security.Cryptography;
using System.Text;

namespace Jifen.Demo;

/// <summary>The same word gives the same id on every machine: links to the demo world in tests and documents keep working.</summary>
internal static class DemoId
{
    /// <returns>a UUID of version 8 (own scheme): the first bytes of SHA-256 of the word</returns>
    public static Guid Of(string word)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"jifen demo {word}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <returns>a seed for random draws</returns>
    public static int Seed(string word) => BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"seed {word}")).AsSpan(0, 4));
}
