using Jifen.Cycle;
using Jifen.Cycle.Declarations;

namespace Jifen.Store.Steps;

/// <summary>Texts beside the ledger: kept in the transaction of the entry that holds their digest.</summary>
internal static class WrittenTexts
{
    public static SealedText Seal(string text) => new(text.Trim(), PersonNames.FreshSalt());

    /// <param name="topic">return, rejection, change, finding, defence, answer, pledge, self-evaluation</param>
    public static Task<int> KeepAsync(
        StepContext context,
        OrganizationId organization,
        string topic,
        SealedText text,
        DeclarationId? declaration = null,
        PersonId? about = null,
        CancellationToken cancel = default) => context.Scope.ExecuteAsync(
        """
        insert into written_text (text_id, organization_id, topic, declaration_id, person_id, author_id, body, salt, digest, written_at)
        values (@id, @organization, @topic, @declaration, @about, @Person, @Text, @Salt, @Digest, @Now)
        """,
        new { id = Guid.CreateVersion7(), organization, topic, declaration, about, context.Actor.Person, text.Text, text.Salt, text.Digest, context.Now },
        cancel);
}
