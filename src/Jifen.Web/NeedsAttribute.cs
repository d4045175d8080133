namespace Jifen.Web;

/// <summary>
/// The action of the table (<c>authz --json</c>) that an endpoint takes or shows. Every endpoint has one, or the program does not start:
/// what nobody thought about is denied, not open.
/// </summary>
/// <param name="action">id of the action: <c>RC1</c></param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(string action) : Attribute
{
    public string Action { get; } = action;
}

/// <summary>An endpoint for everybody, signed in or not; says why.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToAllAttribute(string because) : Attribute
{
    public string Because { get; } = because;
}
