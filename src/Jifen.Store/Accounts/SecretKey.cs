using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Jifen.Store.Accounts;

/// <summary>Random keys that a browser or a link carries. The database holds their hash only: what is read there opens nothing.</summary>
public static class SecretKey
{
    /// <summary>256 bits, for cookies and addresses.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256; no salt is needed where nothing can be guessed.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
