namespace Jifen.Cycle;

/// <summary>Why a step cannot be taken: a value with a name, a sentence that helps, and the clause it rests on.</summary>
/// <param name="Message">Chinese, for the person who asked: what, why, what to do</param>
/// <param name="Clause">the clause or rule it rests on; null where it is the product's own care</param>
public abstract record Refusal(string Message, string? Clause = null);

/// <summary>What a step came to: one or more events, or a refusal.</summary>
public sealed class Ruling
{
    private Ruling(IReadOnlyList<Happening> happenings, Refusal? refusal)
    {
        Happenings = happenings;
        Refusal = refusal;
    }

    /// <summary>What is to be entered in the ledger, in this order; empty when refused, or when nothing changes.</summary>
    public IReadOnlyList<Happening> Happenings { get; }

    public Refusal? Refusal { get; }

    public bool IsRefused => Refusal is not null;

    public static Ruling Of(params IReadOnlyList<Happening> happenings) => new(happenings, null);

    public static Ruling NothingToDo { get; } = new([], null);

    public static implicit operator Ruling(Refusal refusal) => new([], refusal);

    public static implicit operator Ruling(Happening happening) => new([happening], null);
}

/// <summary>An event with what the ledger keeps beside every event.</summary>
/// <param name="Event">what happened</param>
/// <param name="About">the person it concerns; null when it concerns the organization</param>
/// <param name="On">the civil day it happened, Asia/Shanghai; null when that is the day it was recorded</param>
/// <param name="Ground">依据: what it rests on, as the person wrote it</param>
/// <param name="Clause">the clause of the scheme</param>
/// <param name="SourceKey">the same fact has the same key in its stream: a second entry of it is not made (meeting and member, import and row)</param>
/// <param name="Corrects">the entry it corrects; an entry is corrected once</param>
/// <param name="Stream">the ledger it goes into; null: that of the step</param>
/// <param name="Names">the name this entry registers or puts right: kept beside the ledger, where it can be erased</param>
public sealed record Happening(
    IEvent Event,
    PersonId? About = null,
    DateOnly? On = null,
    string? Ground = null,
    string? Clause = null,
    string? SourceKey = null,
    EntryId? Corrects = null,
    OrganizationId? Stream = null,
    Members.PersonName? Names = null);
