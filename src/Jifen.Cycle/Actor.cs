using Jifen.Cycle.Organizations;

namespace Jifen.Cycle;

/// <summary>任职, as of now: an office somebody holds in an organization.</summary>
/// <param name="IsActing">代理</param>
public sealed record Post(OfficeTermId Term, Office Office, OrganizationId Organization, OrganizationKind Kind, bool IsActing);

/// <summary>Who asks: a person with the offices held at this moment.</summary>
/// <param name="Branch">where the person's affiliation is; null for an officer from outside</param>
/// <param name="Standing">null for somebody who is neither member nor activist</param>
public sealed record Actor(
    PersonId Person, string Name, OrganizationId? Branch, Scoring.Facts.Standing? Standing, IReadOnlyList<Post> Posts)
{
    /// <summary>The organization shown beside the name: that of the first post, else the branch; empty for neither.</summary>
    public string HomeName { get; init; } = "";
}
