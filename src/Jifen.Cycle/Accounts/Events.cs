namespace Jifen.Cycle.Accounts;

/// <summary>
/// Somebody may sign in from now on: for the first time, or again. Login name, password and passkeys are never in the ledger; the person sets
/// them through a one-time link.
/// </summary>
public sealed record AccountOpened : IEvent;

/// <summary>The person may set a new password through a one-time link.</summary>
public sealed record AccountReset(string Reason) : IEvent;

/// <summary>The person cannot sign in any more; every session is over at once. Nothing he recorded is touched.</summary>
public sealed record AccountDisabled(string Reason) : IEvent;
