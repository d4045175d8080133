namespace Jifen.Cycle.Members;

/// <summary>更正姓名、编号. The ledger gets the digest of the new name.</summary>
/// <param name="Reason">why; needed</param>
public sealed record RenamePerson(PersonName Name, string? Reason)
{
    public Ruling Decide(MemberHistory history, BranchRoll branch, string wasName, string? wasNumber)
    {
        if (Name.Objection() is { } objection)
        {
            return objection;
        }

        if (history.Open?.Branch != branch.Branch)
        {
            return new NotOnThisRoll(branch.Name);
        }

        if (Name.Name == wasName && Name.Number == wasNumber)
        {
            return Ruling.NothingToDo;
        }

        return string.IsNullOrWhiteSpace(Reason)
            ? new RenamingNeedsReason()
            : new Happening(new PersonRenamed(Name.Person, Name.Digest), Name.Person, Ground: Reason, Stream: branch.Branch, Names: Name);
    }
}

public sealed record RenamingNeedsReason() : Refusal("请写明更正的原因，例如“录入时写错”。");
