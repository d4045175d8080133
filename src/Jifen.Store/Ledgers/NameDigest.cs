using System.Security.Cryptography;
using System.Text;
using Jifen.Cycle;

namespace Jifen.Store.Ledgers;

/// <summary>What the ledger keeps of a name: enough to show that it was changed, not enough to read it.</summary>
public static class NameDigest
{
    /// <returns>SHA-256, lower-case hex, of the person's id, a space and the name</returns>
    public static string Of(PersonId person, string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{person} {name}")));
}
