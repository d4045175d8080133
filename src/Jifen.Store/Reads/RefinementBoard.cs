using System.Text;
using Jifen.Cycle;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Schemes;
using Jifen.Scoring.Schemes;

namespace Jifen.Store.Reads;

/// <summary>The draft of a branch for a year.</summary>
/// <param name="Version">of the last save; 0: never saved, the text is where one starts from</param>
public sealed record RefinementDraft(string Text, int Version, PersonId? ChangedBy, DateTimeOffset? ChangedAt);

/// <summary>A refinement that was put forward, with what became of it.</summary>
public sealed record RefinementRow
{
    public required OrganizationId OrganizationId { get; init; }

    public required int Year { get; init; }

    public required string Fingerprint { get; init; }

    public required string SchemeId { get; init; }

    public required DateOnly ProposedOn { get; init; }

    public required PersonId ProposedBy { get; init; }

    public string? Meeting { get; init; }

    public DateOnly? MetOn { get; init; }

    public int? Present { get; init; }

    public int? VotesFor { get; init; }

    public int? VotesAgainst { get; init; }

    public int? VotesAbstained { get; init; }

    public DateOnly? ApprovedOn { get; init; }

    public string? ReturnedBecause { get; init; }

    public DateOnly? InForceOn { get; init; }

    /// <summary>of putting it forward; its motion before the meeting has this id</summary>
    public required EntryId EntryId { get; init; }

    public Refinement ToRefinement() => new(Year, Fingerprint, ProposedBy, ProposedOn, MetOn, ApprovedOn, ReturnedBecause, InForceOn is not null);
}

/// <summary>支部细化: the document of the superior, the branch's draft, and what was put forward.</summary>
public static class RefinementBoard
{
    /// <summary>The document a branch refines: that of the scheme in force for it in the year, without any refinement.</summary>
    /// <returns>null when none is in force</returns>
    public static async Task<SchemeSource?> DocumentAsync(DataScope scope, OrganizationId organization, int year, CancellationToken cancel = default)
    {
        var fingerprint = await Scopes.SchemeOfAsync(scope, organization, year, cancel);
        return fingerprint is null ? null : (await SourcesAsync(scope, fingerprint, cancel))?.Document;
    }

    /// <summary>Both files of a kept scheme.</summary>
    public static async Task<(SchemeSource Document, SchemeSource? Refinement)?> SourcesAsync(DataScope scope, string fingerprint, CancellationToken cancel = default)
    {
        var row = await scope.OneAsync<TextRow>("select scheme_id, scheme_text, refinement_text from scheme_version where fingerprint = @fingerprint", new { fingerprint }, cancel);
        return row is null ? null : (Source($"{row.SchemeId}.scheme.yaml", row.SchemeText), row.RefinementText is { } text ? Source("细则", text) : null);
    }

    /// <summary>The draft as it was saved last; before that the refinement in force, or an empty one for the document.</summary>
    public static async Task<RefinementDraft> DraftAsync(
        DataScope scope, OrganizationId organization, int year, Loaded<Scheme> document, string organizationName, CancellationToken cancel = default)
    {
        if (await scope.OneAsync<DraftRow>(
            "select refinement_text, version, changed_by, changed_at from refinement_draft where organization_id = @organization and year = @year",
            new { organization, year },
            cancel) is { } saved)
        {
            return new RefinementDraft(saved.RefinementText, saved.Version, saved.ChangedBy, saved.ChangedAt);
        }

        var fingerprint = await Scopes.SchemeOfAsync(scope, organization, year, cancel);
        var inForce = fingerprint is null ? null : (await SourcesAsync(scope, fingerprint, cancel))?.Refinement;
        return new RefinementDraft(inForce is null ? RefinementText.Empty(document.Value, organizationName, year) : Encoding.UTF8.GetString(inForce.Bytes.Span), 0, null, null);
    }

    /// <summary>Saves the draft.</summary>
    /// <param name="seen">the version the person had before him; 0: none was saved</param>
    /// <returns>false: somebody else has saved since; nothing was changed</returns>
    public static async Task<bool> SaveAsync(
        DataScope scope, OrganizationId organization, int year, string schemeId, string text, int seen, DateTimeOffset now, CancellationToken cancel = default) =>
        await scope.ExecuteAsync(
            """
            insert into refinement_draft (organization_id, year, scheme_id, refinement_text, version, changed_by, changed_at)
            select @organization, @year, @schemeId, @text, 1, @person, @now where @seen = 0
            on conflict (organization_id, year) do nothing
            """,
            new { organization, year, schemeId, text, seen, now, person = scope.Person },
            cancel) == 1
        || await scope.ExecuteAsync(
            """
            update refinement_draft
            set scheme_id = @schemeId, refinement_text = @text, version = version + 1, changed_by = @person, changed_at = @now
            where organization_id = @organization and year = @year and version = @seen
            """,
            new { organization, year, schemeId, text, seen, now, person = scope.Person },
            cancel) == 1;

    /// <summary>Everything put forward for an organization, the latest first.</summary>
    public static Task<IReadOnlyList<RefinementRow>> OfAsync(DataScope scope, OrganizationId organization, CancellationToken cancel = default) =>
        scope.QueryAsync<RefinementRow>($"{Columns} where organization_id = @organization order by proposed_on desc, year desc", new { organization }, cancel);

    public static Task<RefinementRow?> OneAsync(DataScope scope, OrganizationId organization, int year, string fingerprint, CancellationToken cancel = default) =>
        scope.OneAsync<RefinementRow>($"{Columns} where organization_id = @organization and year = @year and fingerprint = @fingerprint", new { organization, year, fingerprint }, cancel);

    /// <summary>On its way in what this person may see: waiting for a meeting or the superior.</summary>
    public static Task<IReadOnlyList<RefinementRow>> OpenAsync(DataScope scope, OrganizationId under, CancellationToken cancel = default) =>
        scope.QueryAsync<RefinementRow>(
            $"{Columns} where in_force_on is null and returned_because is null and organization_id in (select o.organization_id from organization o where @under = any (o.ancestors)) order by proposed_on",
            new { under },
            cancel);

    /// <summary>A round of the year has been reviewed somewhere below: the rules of that year stay as they are.</summary>
    public static async Task<bool> IsFrozenAsync(DataScope scope, OrganizationId organization, YearPlan? plan, int year, CancellationToken cancel = default)
    {
        var later = plan?.Steps.Where(step => !step.Step.OpensTheYear()).Select(step => step.Name).Distinct().ToArray() ?? [];
        return later.Length > 0 && await scope.OneAsync<bool>(
            """
            select exists (
                select from round_step r join organization o using (organization_id)
                where @organization = any (o.ancestors) and left(r.round, 4) = @year and r.step = any (@later))
            """,
            new { organization, year = year.ToString("D4", System.Globalization.CultureInfo.InvariantCulture), later },
            cancel);
    }

    private const string Columns =
        """
        select organization_id, year, fingerprint, scheme_id, proposed_on, proposed_by, meeting, met_on, present, votes_for, votes_against, votes_abstained,
            approved_on, returned_because, in_force_on, entry_id
        from refinement
        """;

    private static SchemeSource Source(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    private sealed record TextRow
    {
        public required string SchemeId { get; init; }

        public required string SchemeText { get; init; }

        public string? RefinementText { get; init; }
    }

    private sealed record DraftRow
    {
        public required string RefinementText { get; init; }

        public required int Version { get; init; }

        public required PersonId ChangedBy { get; init; }

        public required DateTimeOffset ChangedAt { get; init; }
    }
}
