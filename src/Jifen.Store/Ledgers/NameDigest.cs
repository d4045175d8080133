using Jifen.Cycle;
using Jifen.Cycle.Members;

namespace Jifen.Store.Ledgers;

/// <summary>What the ledger keeps of a name: enough to show that it was changed, not enough to read it.</summary>
public static class NameDigest
{
    /// <returns>that of a name without salt (<see cref="PersonName.Digest"/>)</returns>
    public static string Of(PersonId person, string name) => new PersonName(person, null, name, null).Digest;
}
