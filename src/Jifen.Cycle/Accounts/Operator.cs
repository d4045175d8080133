namespace Jifen.Cycle.Accounts;

/// <summary>Whoever works at the machine itself, by the command line. No person of any roll: the ledger shows it as what it is.</summary>
public static class Operator
{
    public static PersonId Person { get; } = new(new Guid("00000000-0000-7000-8000-000000000001"));

    /// <summary>The office in which such entries are made.</summary>
    public const string Office = "operator";

    /// <summary>The office of the entries that set up an installation.</summary>
    public const string Installer = "installer";
}
