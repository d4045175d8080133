namespace Jifen.Cycle.Studies;

/// <summary>党员学习教育安排: a numbered issue, published for all branches below (STUD).</summary>
/// <param name="Organizer">主办</param>
public sealed record StudyIssuePublished(
    Guid Issue, int Year, int Number, string Title, string Organizer, string? Requirements, IReadOnlyList<StudyItem> Items) : IEvent;

/// <summary>One session of the schedule.</summary>
/// <param name="Readings">what is read, with its sources</param>
/// <param name="Topic">what is discussed</param>
/// <param name="Hours">study hours it counts for</param>
public sealed record StudyItem(
    Guid Item, int? Week, DateOnly HeldOn, string Theme, string? Purpose, string? Readings, string? Topic, decimal? Hours);
