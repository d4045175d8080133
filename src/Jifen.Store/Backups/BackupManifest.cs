using System.Text.Json;
using Jifen.Store.Ledgers;

namespace Jifen.Store.Backups;

/// <summary>What a backup says of itself; its first entry, readable with any program that opens a .tar.gz.</summary>
/// <param name="Format">1</param>
/// <param name="Program">version that wrote it</param>
/// <param name="Migrations">that made the tables: a program that does not know one of them cannot take it</param>
/// <param name="Heads">of every stream: what verification must come to after a restore</param>
/// <param name="Configuration">JIFEN_… as they were set, without what holds a password: for whoever sets up the new machine</param>
public sealed record BackupManifest(
    int Format,
    string Program,
    DateTimeOffset MadeAt,
    Guid Installation,
    IReadOnlyList<string> Migrations,
    IReadOnlyList<BackedUpTable> Tables,
    int Files,
    IReadOnlyList<StreamHead> Heads,
    IReadOnlyDictionary<string, string> Configuration)
{
    public const int Known = 1;

    internal const string Name = "manifest.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="JsonException">it is none</exception>
    internal static BackupManifest Read(byte[] json) => JsonSerializer.Deserialize<BackupManifest>(json, Json) ?? throw new JsonException("empty");
}

/// <param name="Sha256">hex, of the rows as they lie in the backup</param>
public sealed record BackedUpTable(string Name, IReadOnlyList<string> Columns, long Rows, string Sha256);
