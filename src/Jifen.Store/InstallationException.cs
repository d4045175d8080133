namespace Jifen.Store;

/// <summary>
/// The installation is not as it must be: a program that is missing, a folder nobody may enter, a server set up unsafely. Not a defect:
/// the message says in Chinese what, why and how to mend it, and is shown as it stands.
/// </summary>
/// <param name="cause">what is wrong and why that matters, without a full stop</param>
/// <param name="remedy">what to do, without a full stop</param>
public sealed class InstallationException(string cause, string remedy, Exception? inner = null) : Exception($"{cause}。改法：{remedy}", inner)
{
    public string Cause => cause;

    public string Remedy => remedy;
}
