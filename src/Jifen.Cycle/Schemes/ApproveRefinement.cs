using Jifen.Cycle.Organizations;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Schemes;

/// <summary>上级审核同意, where the document asks for it; what the branch's members have not discussed is not approved (JSUL-1).</summary>
public sealed record ApproveRefinement(string Fingerprint)
{
    public Ruling Decide(Refinement? refinement, Scheme scheme, YearBoard? board)
    {
        if (refinement is not { IsOpen: true })
        {
            return new NotOnItsWay();
        }

        var bodies = RefinementBodies.Of(scheme);
        if (!bodies.Superior)
        {
            return new NoApprovalAskedFor();
        }

        return bodies.Meeting && refinement.DiscussedOn is null
            ? new NotDiscussedYet()
            : Ruling.Of([
                new Happening(new RefinementApproved(refinement.Year, Fingerprint)),
                new Happening(new SchemeAdopted(refinement.Year, scheme.Id, Fingerprint), Ground: "上级党组织审核同意"),
                .. RefinementProgress.Ended(board, hasMeeting: true, hasSuperior: true)]);
    }
}

/// <summary>退回 with the reason: the branch mends its draft and puts it forward again.</summary>
public sealed record ReturnRefinement(string Fingerprint, string Reason)
{
    private const int ShortestReason = 4;

    public Ruling Decide(Refinement? refinement)
    {
        if (refinement is not { IsOpen: true })
        {
            return new NotOnItsWay();
        }

        return Reason.Trim().Length < ShortestReason
            ? new ReturnNeedsReason()
            : new Happening(new RefinementReturned(refinement.Year, Fingerprint, Reason.Trim()), Ground: Reason.Trim());
    }
}

/// <summary>The document leaves it to the branch.</summary>
public sealed record NoApprovalAskedFor() : Refusal("这份办法没有要上级审核细则，大会通过就生效。");

/// <summary>First the members, then the superior.</summary>
public sealed record NotDiscussedYet() : Refusal("细则要先经支部党员讨论通过，再由上级审核。请等支部登记大会表决结果。");

/// <summary>The branch has to know what to mend.</summary>
public sealed record ReturnNeedsReason() : Refusal("退回要写明理由（至少四个字），支部照着改。");
