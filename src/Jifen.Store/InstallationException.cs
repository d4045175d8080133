namespace Jifen.Store;

/// <summary>Something of the installation that is not as it must be, in Chinese, without full stops.</summary>
/// <param name="Cause">what is wrong, and why that matters</param>
/// <param name="Remedy">what to do</param>
public sealed record InstallationFault(string Cause, string Remedy)
{
    public override string ToString() => $"{Cause}。改法：{Remedy}";
}

/// <summary>
/// The product cannot run as it is installed: a program that is missing, a folder nobody may enter, a server set up unsafely. Not a
/// defect; the message is shown to people as it stands.
/// </summary>
public sealed class InstallationException : Exception
{
    public InstallationException(string cause, string remedy, Exception? inner = null)
        : this([new InstallationFault(cause, remedy)], inner)
    {
    }

    public InstallationException(IReadOnlyList<InstallationFault> faults, Exception? inner = null)
        : base(string.Join('\n', faults), inner) => Faults = faults;

    public IReadOnlyList<InstallationFault> Faults { get; }
}
