using System.Security.Cryptography;

namespace Jifen.Scoring.Schemes;

/// <summary>A file as bytes with the name the user knows it by. The rules read no disk: the edge does.</summary>
public sealed record SchemeSource(string Name, ReadOnlyMemory<byte> Bytes)
{
    internal static string FingerprintOf(IReadOnlyList<SchemeSource> sources)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var source in sources)
        {
            hash.AppendData(source.Bytes.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>What loading came to: a value, or the reasons why there is none. Warnings and notes may stand beside a value.</summary>
public sealed record Loaded<T>(T? Value, IReadOnlyList<Problem> Problems)
    where T : class
{
    public bool HasErrors => Value is null;

    public IEnumerable<Problem> Errors => Problems.Where(problem => problem.Severity == Severity.Error);
}
