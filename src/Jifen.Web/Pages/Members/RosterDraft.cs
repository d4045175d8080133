using System.Collections.Immutable;
using System.Text.Json;
using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Members.Rosters;
using Jifen.Documents.Imports.Rosters;
using Jifen.Documents.Imports.Tables;
using Jifen.Store.Ledgers;
using Jifen.Store.Steps;

namespace Jifen.Web.Pages.Members;

/// <summary>An uploaded roster between preview and confirmation: the table as it was read, what each column is, what was chosen for the whole.</summary>
/// <param name="Columns">field → 0-based column</param>
internal sealed record RosterDraft(
    TableFile Table, IReadOnlyDictionary<RosterField, int> Columns, DateOnly AsOf, Arrival Arrived, string? Ground)
{
    public RosterMapping Mapping => new(Columns.ToImmutableSortedDictionary());

    public string ToJson() => JsonSerializer.Serialize(this, CanonicalJson.Options);

    public static RosterDraft Read(string json) => JsonSerializer.Deserialize<RosterDraft>(json, CanonicalJson.Options)!;

    public RosterImport ImportInto(OrganizationId organization) => new(organization, Table.FileName, AsOf, Arrived, Ground);
}
