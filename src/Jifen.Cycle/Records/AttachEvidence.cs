namespace Jifen.Cycle.Records;

/// <summary>补佐证: files for an entry that was made without them, or with too few.</summary>
public sealed record AttachEvidence(EntryId Entry)
{
    private const int Most = 10;

    /// <param name="about">whom the entry concerns, as the caller believes; the right to attach was judged for this person</param>
    public Ruling Decide(EntryOnRecord? entry, OrganizationId branch, PersonId about, IReadOnlyList<EvidenceId> files) => entry switch
    {
        null or { Reversed: not null } => new NoSuchEntry(),
        _ when entry.Stream != branch || entry.Person != about || !ReverseEntry.CanReverse(entry.Kind) => new NoSuchEntry(),
        _ when files.Count == 0 => new NoSuchEvidence(),
        _ when files.Count > Most => new InputIsWrong([new RowFault(RowFault.WholeForm, Fields.Evidence, $"一次至多{Most}个文件，请分几次上传")]),
        _ => new Happening(new EvidenceAttached(entry.Entry, files), entry.Person),
    };
}
