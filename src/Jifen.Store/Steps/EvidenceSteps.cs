using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Store.Evidence;

namespace Jifen.Store.Steps;

/// <summary>Files that come with a step: their rows and entries in its transaction. The bytes lie on disk before.</summary>
public sealed class EvidenceSteps(StepRunner steps)
{
    /// <summary>What of files goes into the digest of a form's input: the bytes and the names, not the ids made for them.</summary>
    public static object InputOf(IReadOnlyList<KeptFile> files) => files.Select(file => new { file.Sha256, file.FileName }).ToList();

    /// <summary>Gives each file its id; called once for every form that is sent.</summary>
    public static IReadOnlyList<(EvidenceId Id, KeptFile File)> Named(IReadOnlyList<KeptFile> files) =>
        files.Select(file => (new EvidenceId(Guid.CreateVersion7()), file)).ToList();

    /// <summary>Writes the rows and returns the entries for the ledger; they go before the entry the files belong to.</summary>
    /// <param name="keptBy">the id that stands for who keeps them, where he is shielded; null: who takes the step</param>
    public static async Task<IReadOnlyList<Happening>> KeepAsync(
        StepContext context,
        OrganizationId organization,
        IReadOnlyList<(EvidenceId Id, KeptFile File)> files,
        PersonId? keptBy,
        CancellationToken cancel)
    {
        var keeper = keptBy ?? context.Actor.Person;
        var happenings = new List<Happening>(files.Count);
        foreach (var (id, file) in files)
        {
            await context.Scope.ExecuteAsync(
                """
                insert into evidence (evidence_id, organization_id, kept_by, sha256, size, media_type, file_name, kept_at)
                values (@id, @organization, @keeper, decode(@Sha256, 'hex'), @Size, @MediaType, @FileName, @Now)
                """,
                new { id, organization, keeper, file.Sha256, file.Size, file.MediaType, file.FileName, context.Now },
                cancel);
            happenings.Add(new Happening(new EvidenceKept(id, file.Sha256, file.Size, file.MediaType)));
        }

        return happenings;
    }

    /// <summary>补佐证 to an entry made earlier: by the person it is about, or by those who handle it.</summary>
    public Task<StepResult> AttachAsync(
        OrganizationId branch, AttachEvidence command, PersonId about, IReadOnlyList<KeptFile> files, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var named = Named(files);
        var step = new Step(by, Actions.EV1AttachEvidence, branch, operation, new { command.Entry, files = InputOf(files) }, "补佐证材料") { Concerned = [about] };
        return steps.TakeAsync(
            step,
            async context =>
            {
                var ruling = command.Decide(await RecordSteps.EntryAsync(context.Scope, command.Entry, cancel), branch, about, named.Select(one => one.Id).ToList());
                return ruling.IsRefused ? ruling : Ruling.Of([.. await KeepAsync(context, branch, named, null, cancel), .. ruling.Happenings]);
            },
            cancel);
    }
}
