using Jifen.Store;

namespace Jifen.Cli.Checkups;

internal enum CheckupState
{
    Good,

    /// <summary>Nothing to mend, but worth knowing.</summary>
    Note,

    Fault,
}

/// <summary>One thing of the installation that was looked at.</summary>
/// <param name="Id">for programs; stays as it is</param>
/// <param name="Name">for people</param>
/// <param name="Finding">what was found</param>
/// <param name="Remedy">what to do; null when nothing is to be done</param>
internal sealed record Checkup(string Id, string Name, CheckupState State, string Finding, string? Remedy = null)
{
    public static Checkup Good(string id, string name, string finding) => new(id, name, CheckupState.Good, finding);

    public static Checkup Note(string id, string name, string finding, string? remedy = null) => new(id, name, CheckupState.Note, finding, remedy);

    public static Checkup Fault(string id, string name, string finding, string remedy) => new(id, name, CheckupState.Fault, finding, remedy);

    public static IEnumerable<Checkup> Of(string id, string name, InstallationException refusal) =>
        refusal.Faults.Select(fault => Fault(id, name, fault.Cause, fault.Remedy));
}
