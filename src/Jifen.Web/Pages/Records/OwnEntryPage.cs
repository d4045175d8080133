using Microsoft.AspNetCore.Components;

namespace Jifen.Web.Pages.Records;

/// <summary>One record of one's own: also for those who see nobody else's, and for records of a branch one has left.</summary>
[Route("/me/records/{Id:guid}")]
[Needs("RC5")]
public sealed class OwnEntryPage : EntryPage;
