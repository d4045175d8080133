using Jifen.Cycle;
using Jifen.Cycle.Outcomes;
using Jifen.Cycle.Rounds;
using Jifen.Scoring.Schemes;
using Jifen.Store.Reads;

namespace Jifen.Web.Components;

/// <summary>
/// Where the document a branch lives by says what the product asks of every branch. The code cites the requirements' own ids; a reader is
/// shown his own document's place, and nothing where it says nothing.
/// </summary>
public sealed class Citations(Visit visit, SchemesInForce schemes)
{
    private SchemeInForce? _inForce;
    private bool _isLoaded;

    /// <summary>The branch the page is about; null: the reader's own.</summary>
    public OrganizationId? Branch { get; set; }

    /// <summary>A clause as it is to be read, and where; a clause of a scheme is left as it is.</summary>
    /// <returns>null: the branch's document does not speak of it</returns>
    public async ValueTask<(string Text, string? Url)?> OfAsync(string clause)
    {
        if (!ClauseName.IsRequirement(clause))
        {
            return (clause, null);
        }

        if (clause == ClauseName.Studies || await InForceAsync() is not { } inForce)
        {
            return ClauseName.Of(clause) is { } name ? (name, null) : null;
        }

        return PlacesIn(inForce.Scheme, clause).FirstOrDefault() is { } place ? (place, ClauseLink.Of(inForce.Fingerprint, place)) : null;
    }

    private static IEnumerable<string> PlacesIn(Scheme scheme, string clause) => clause switch
    {
        "JSIT-1" => scheme.Exemptions?.Clauses ?? [],
        "JSIT-5" => scheme.Outcomes.Where(outcome => MeasureText.NamedIn(outcome.Result).Count > 0).SelectMany(outcome => outcome.Clauses),
        "JSIT-6" => scheme.Referrals.SelectMany(referral => referral.Clauses),
        "JSIT-7①" => Of(scheme, StepKinds.DailyRecord),
        "JSIT-7②" => Of(scheme, StepKinds.Declaration),
        "JSIT-7③" => Of(scheme, StepKinds.Review, StepKinds.GroupEvaluation),
        "JSIT-7④" => Of(scheme, StepKinds.Decision),
        "JSIT-7⑤" => scheme.Steps.Where(step => step.Objections is not null).SelectMany(step => step.Clauses),
        "JSIT-7⑥" => Of(scheme, StepKinds.Filing, StepKinds.Summary),
        "YXNU-4" => Of(scheme, StepKinds.GradeDecision),
        "JSUL-1" => Of(scheme, StepKinds.Refinement),
        "DIST-4③" => Of(scheme, StepKinds.Feedback),
        "JSUL-2" => Of(scheme, StepKinds.Pledge, StepKinds.SelfEvaluation),
        _ => [],
    };

    private static IEnumerable<string> Of(Scheme scheme, params string[] kinds) =>
        kinds.SelectMany(kind => scheme.Steps.Where(step => step.Kind == kind)).SelectMany(step => step.Clauses);

    private async ValueTask<SchemeInForce?> InForceAsync()
    {
        if (!_isLoaded && (Branch ?? (await visit.ActorAsync())?.Branch) is { } branch)
        {
            await using var scope = await visit.ReadAsync();
            _inForce = await schemes.OnAsync(scope, branch, visit.Today, visit.Aborted);
        }

        _isLoaded = true;
        return _inForce;
    }
}
