using Jifen.Cycle;
using Jifen.Cycle.Evaluations;
using Jifen.Store;
using Jifen.Store.Reads;
using Jifen.Web.Pages.Records;
using Microsoft.AspNetCore.Components;

namespace Jifen.Web.Pages.Evaluations;

/// <summary>A page about one secret vote of a branch.</summary>
public abstract class BallotPage : RecordPage
{
    /// <summary>from the address: the box</summary>
    [Parameter]
    public Guid Id { get; set; }

    private protected BallotBoxOutcome? Found { get; private set; }

    private protected override bool IsMissing => Found is null;

    private protected string Back => Found!.Box.Motion is { } motion
        ? Address($"/rounds/{Found.Box.Round}/evaluation?motion={motion}")
        : Address($"/rounds/{Found.Box.Round}/evaluation");

    private protected override async Task<OrganizationId?> BranchOfRecordAsync(DataScope scope)
    {
        var branch = await scope.OneAsync<OrganizationId?>("select organization_id from ballot_box where box_id = @Id", new { Id }, Visit.Aborted);
        Found = branch is { } known ? await BallotBoxes.OneAsync(scope, known, new BallotBoxId(Id), Visit.Aborted) : null;
        return branch;
    }
}
