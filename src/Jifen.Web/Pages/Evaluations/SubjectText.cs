using Jifen.Cycle;
using Jifen.Cycle.Evaluations;

namespace Jifen.Web.Pages.Evaluations;

/// <summary>What stands on a ballot, in words.</summary>
internal static class SubjectText
{
    public static string Of(string subject, Func<PersonId, string> nameOf) => subject switch
    {
        BallotWords.Motion => "本议题",
        BallotWords.Branch => "党支部的评分",
        BallotWords.EvaluationGroup => "考评小组的评分",
        _ => Guid.TryParse(subject, out var person) ? nameOf(new PersonId(person)) : subject,
    };
}
