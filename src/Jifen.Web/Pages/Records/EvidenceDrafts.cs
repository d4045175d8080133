using System.Text.Json;
using Jifen.Cycle;
using Jifen.Store.Evidence;
using Microsoft.AspNetCore.DataProtection;

namespace Jifen.Web.Pages.Records;

/// <summary>
/// Files between the page on which they were chosen and the one on which the form is confirmed: the bytes are kept already, the form carries
/// a sealed note of them. Only the person who sent them can use it.
/// </summary>
internal sealed class EvidenceDrafts(EvidenceStore store, IDataProtectionProvider protection)
{
    /// <summary>Name of the hidden fields.</summary>
    public const string Field = "kept";

    /// <summary>So many files belong to one form.</summary>
    public const int Most = 10;

    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("jifen evidence draft").ToTimeLimitedDataProtector();

    /// <summary>Takes the files of a form: those it carried along and those chosen now.</summary>
    /// <param name="name">of the file field</param>
    /// <returns>all that are kept, and what is wrong with the others</returns>
    public async Task<(IReadOnlyList<KeptFile> Files, Refusal? Refusal)> TakeAsync(SentForm sent, string name, PersonId person, CancellationToken cancel)
    {
        var files = sent.Many(Field).Select(note => Open(note, person)).OfType<KeptFile>().ToList();
        Refusal? refusal = null;
        foreach (var file in sent.Files(name))
        {
            if (files.Count == Most)
            {
                refusal = new FileRefused(file.FileName, $"一次至多{Most}个文件，其余的登记以后再补");
                break;
            }

            await using var content = file.OpenReadStream();
            var (kept, refused) = await store.KeepAsync(content, file.FileName, file.ContentType, cancel);
            refusal ??= refused;
            if (kept is not null && !files.Contains(kept))
            {
                files.Add(kept);
            }
        }

        return (files, refusal);
    }

    /// <summary>The sealed note of a file, for a hidden field.</summary>
    public string Seal(KeptFile file, PersonId person) => _protector.Protect(JsonSerializer.Serialize(new Note(person.Value, file)), Life);

    private KeptFile? Open(string sealedNote, PersonId person)
    {
        try
        {
            return JsonSerializer.Deserialize<Note>(_protector.Unprotect(sealedNote)) is { } note && note.Person == person.Value ? note.File : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Too old, or not ours: the file has to be chosen again.
            return null;
        }
    }

    private sealed record Note(Guid Person, KeptFile File);
}
