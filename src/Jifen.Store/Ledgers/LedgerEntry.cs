using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Jifen.Cycle;

namespace Jifen.Store.Ledgers;

/// <summary>One entry of a stream, with all that is hashed.</summary>
/// <param name="Stream">the organization whose ledger it is</param>
/// <param name="Seq">1 and up, without gaps</param>
/// <param name="Kind">the event's name, kebab-case</param>
/// <param name="Person">whom it concerns</param>
/// <param name="HappenedOn">civil day, Asia/Shanghai</param>
/// <param name="RecordedAt">instant, whole microseconds</param>
/// <param name="Office">the office in which <paramref name="RecordedBy"/> acted</param>
/// <param name="Body">canonical JSON of the event</param>
public sealed record LedgerEntry(
    OrganizationId Stream,
    long Seq,
    EntryId Entry,
    string Kind,
    PersonId? Person,
    DateOnly HappenedOn,
    DateTimeOffset RecordedAt,
    PersonId RecordedBy,
    string Office,
    PersonId? SecondBy,
    OperationId Operation,
    string? Ground,
    string? Clause,
    string? Scheme,
    string? SourceKey,
    EntryId? Corrects,
    string Body)
{
    public const short Algorithm = 1;

    /// <summary>What the hash covers, in the order of its keys.</summary>
    public byte[] CanonicalBytes()
    {
        var text = new StringBuilder(Body.Length + 512);
        text.Append("{\"algorithm\":").Append(Algorithm.ToString(CultureInfo.InvariantCulture)).Append(",\"body\":").Append(Body);
        Add(text, "clause", Clause);
        Add(text, "corrects", Corrects?.ToString());
        Add(text, "entry", Entry.ToString());
        Add(text, "ground", Ground);
        Add(text, "happenedOn", HappenedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add(text, "kind", Kind);
        Add(text, "office", Office);
        Add(text, "operation", Operation.ToString());
        Add(text, "person", Person?.ToString());
        Add(text, "recordedAt", CanonicalJson.Instant(RecordedAt));
        Add(text, "recordedBy", RecordedBy.ToString());
        Add(text, "scheme", Scheme);
        Add(text, "secondBy", SecondBy?.ToString());
        text.Append(",\"seq\":").Append(Seq.ToString(CultureInfo.InvariantCulture));
        Add(text, "sourceKey", SourceKey);
        Add(text, "stream", Stream.ToString());
        return Encoding.UTF8.GetBytes(text.Append('}').ToString());
    }

    /// <summary>SHA-256 of 0x00, the nonce and <see cref="CanonicalBytes"/>.</summary>
    public byte[] LeafHash(ReadOnlySpan<byte> nonce)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x00]);
        hash.AppendData(nonce);
        hash.AppendData(CanonicalBytes());
        return hash.GetHashAndReset();
    }

    /// <summary>SHA-256 of 0x01, the hash of the entry before and the leaf.</summary>
    public static byte[] Link(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> leaf)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x01]);
        hash.AppendData(previous);
        hash.AppendData(leaf);
        return hash.GetHashAndReset();
    }

    /// <summary>What the first entry of a stream links to: SHA-256 of the words and the stream's id.</summary>
    public static byte[] Genesis(OrganizationId stream) => SHA256.HashData(Encoding.UTF8.GetBytes($"jifen-ledger-1 {stream}"));

    private static void Add(StringBuilder to, string key, string? value)
    {
        if (value is null)
        {
            return;
        }

        to.Append(",\"").Append(key).Append("\":");
        CanonicalJson.WriteString(to, value);
    }
}
