using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Jifen.Store.Keys;

/// <summary>
/// The key under which the database's own keys are kept: a file beside the database, for its owner only. Whoever has the database without
/// this file cannot make a form token. Several machines on one database share the file.
/// </summary>
public sealed class KeyFile(string dataFolder)
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly Lazy<byte[]> _key = new(() => Read(Path.Combine(dataFolder, "keys")));

    /// <summary>A key of its own for one purpose, the same for every process of the installation; the file's key cannot be found from it.</summary>
    /// <returns>32 bytes</returns>
    public byte[] For(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.Value, KeyBytes, info: System.Text.Encoding.UTF8.GetBytes(purpose));

    /// <summary>AES-256-GCM: nonce, tag, text; base64.</summary>
    internal string Encrypt(byte[] text)
    {
        var sealedText = new byte[NonceBytes + TagBytes + text.Length];
        RandomNumberGenerator.Fill(sealedText.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(_key.Value, TagBytes);
        cipher.Encrypt(
            sealedText.AsSpan(0, NonceBytes), text, sealedText.AsSpan(NonceBytes + TagBytes), sealedText.AsSpan(NonceBytes, TagBytes));
        return Convert.ToBase64String(sealedText);
    }

    /// <exception cref="CryptographicException">encrypted under another key, or altered</exception>
    internal byte[] Decrypt(string sealedText)
    {
        var bytes = Convert.FromBase64String(sealedText);
        var text = new byte[bytes.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(_key.Value, TagBytes);
        cipher.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), text);
        return text;
    }

    private static byte[] Read(string file)
    {
        var text = SecretFile.ReadOrCreate(file, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        var key = new byte[KeyBytes];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == KeyBytes
            ? key
            : throw new InstallationException($"密钥文件“{file}”的内容不对", "从备份恢复这个文件；没有备份就移走它，程序会另建一个，大家要重新打开填到一半的表单");
    }
}

/// <summary>Keys leave the program encrypted.</summary>
public sealed class KeyFileEncryptor(KeyFile file) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement("sealed", file.Encrypt(System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)))),
        typeof(KeyFileDecryptor));
}

/// <summary>Made by the framework, from the type's name beside the encrypted key.</summary>
public sealed class KeyFileDecryptor(IServiceProvider services) : IXmlDecryptor
{
    private readonly KeyFile _file = services.GetRequiredService<KeyFile>();

    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(System.Text.Encoding.UTF8.GetString(_file.Decrypt(encryptedElement.Value)));
}
