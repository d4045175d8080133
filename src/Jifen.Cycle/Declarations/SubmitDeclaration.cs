using Jifen.Cycle.Records;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Declarations;

/// <summary>申报: by the member himself; 代为申报: about somebody else, the reporter shielded.</summary>
/// <param name="Digest">of matter and declarer: the receipt</param>
/// <param name="Replaces">a returned one that is submitted again, mended</param>
public sealed record SubmitDeclaration(DeclarationId Declaration, DeclaredMatter Matter, PersonId By, string Digest, DeclarationId? Replaces = null)
{
    public bool IsReport => Matter.About != By;

    /// <param name="desk">people of the branch and the open days</param>
    /// <param name="scheme">in force on the day it happened</param>
    /// <param name="returned">what <see cref="Replaces"/> names, as it stands</param>
    /// <param name="isThere">the same declarer has the same waiting already</param>
    public Ruling Decide(RecordDesk desk, Scheme? scheme, DeclarationWindow window, DeclarationOnRecord? returned, bool isThere)
    {
        if (scheme is null)
        {
            return new NoSchemeThen(Matter.On);
        }

        var profile = desk.People.GetValueOrDefault(Matter.About)?.Profile;
        if (Matter.AsFact(scheme, profile).Decide(desk, scheme).Refusal is { } fault)
        {
            return fault;
        }

        var kind = scheme.FactKinds.First(candidate => candidate.Id == Matter.Kind);
        if (!DeclaredMatter.CanBeDeclared(scheme, kind))
        {
            return new IsNotDeclared(kind.Name);
        }

        if (window.Objection(Matter.On, IsReport) is { } closed)
        {
            return closed;
        }

        if (Replaces is not null && returned is not { IsByActor: true })
        {
            return new NoSuchDeclaration();
        }

        if (returned is { State: not DeclarationState.Returned })
        {
            return new DeclarationIsSettled(returned.State);
        }

        return isThere
            ? new DeclaredAlready(kind.Name, Matter.On)
            : new Happening(
                new DeclarationSubmitted(Declaration, window.Step!.Round.Key.ToString(), window.Step.Name, Digest, Replaces),
                // A report names nobody: the ledger of a branch is read by the branch.
                IsReport ? null : Matter.About,
                Clause: window.Step.Clause);
    }
}

/// <summary>撤回, by whoever declared it, before the review.</summary>
public sealed record WithdrawDeclaration(DeclarationId Declaration)
{
    public Ruling Decide(DeclarationOnRecord? declared) => declared switch
    {
        null or { IsByActor: false } => new NoSuchDeclaration(),
        { State: not (DeclarationState.Submitted or DeclarationState.Returned) } => new DeclarationIsSettled(declared.State),
        _ => new Happening(new DeclarationWithdrawn(declared.Declaration), declared.Named),
    };
}

/// <summary>退回补充, while the window is open.</summary>
public sealed record ReturnDeclaration(DeclarationId Declaration, SealedText Reason)
{
    public Ruling Decide(DeclarationOnRecord? declared, DeclarationWindow window) => declared switch
    {
        null => new NoSuchDeclaration(),
        { IsByActor: true } => new ReportedItYourself(),
        { State: not DeclarationState.Submitted } => new DeclarationIsSettled(declared.State),
        _ when !window.IsOpen => new TooLateToReturn(window.Step?.Round.Name ?? "这一期"),
        _ when WrittenText.ReasonFault(Reason.Text, "如“请补交证书照片”") is { } fault => new InputIsWrong([fault]),
        _ => new Happening(new DeclarationReturned(declared.Declaration, Reason.Digest), declared.Named),
    };
}
