namespace Jifen.Store;

/// <summary>Where the bytes of a file lie in the data folder: under their hash, never under a name somebody gave.</summary>
public static class EvidencePath
{
    public static string Of(string dataFolder, ReadOnlySpan<byte> sha256)
    {
        var hex = Convert.ToHexStringLower(sha256);
        return Path.Combine(dataFolder, "evidence", hex[..2], hex);
    }
}
