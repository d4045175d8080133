using Jifen.Cycle.Records;
using Jifen.Cycle.Reviews;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Declarations;

/// <summary>What a review needs besides the declaration.</summary>
/// <param name="Computed">what the scheme makes of a fact in the person's total; null where it cannot be said</param>
/// <param name="Testimonies">digests of what beneficiaries testified</param>
public sealed record JudgingDesk(ReviewBench Bench, RecordDesk Desk, Scheme? Scheme, Func<RecordFact, decimal?> Computed, IReadOnlyList<string> Testimonies);

/// <summary>认定, as declared or changed within what the scheme allows: it becomes a fact that counts.</summary>
/// <param name="Reason">why it is changed; null where nothing is</param>
public sealed record AcceptDeclaration(DeclarationId Declaration, decimal? Quantity, string? Level, decimal? Points, SealedText? Reason)
{
    /// <summary>As it was declared.</summary>
    public static AcceptDeclaration AsDeclared(DeclarationOnRecord declared) =>
        new(declared.Declaration, declared.Matter.Quantity, declared.Matter.Level, declared.Matter.Points, null);

    public Ruling Decide(DeclarationOnRecord? declared, JudgingDesk judging)
    {
        if (Judging.Objection(declared, judging.Bench) is { } objection)
        {
            return objection;
        }

        var matter = declared!.Matter;
        var accepted = matter with { Quantity = Quantity, Level = Level, Points = Points };
        var isChanged = (accepted.Quantity ?? 1) != (matter.Quantity ?? 1) || accepted.Level != matter.Level
            || (matter.Points is not null && accepted.Points != matter.Points);
        if (isChanged && WrittenText.ReasonFault(Reason?.Text, "如“证书是校级的”") is { } fault)
        {
            return new InputIsWrong([fault]);
        }

        var fact = new RecordFact([matter.About], matter.Kind, matter.On, accepted.Quantity, accepted.Level, accepted.Content, accepted.Points, matter.Ground, matter.Evidence);
        var made = fact.Decide(judging.Desk, judging.Scheme);
        if (made.IsRefused)
        {
            return made;
        }

        var profile = judging.Desk.People.GetValueOrDefault(matter.About)?.Profile;
        var recorded = made.Happenings[0];
        return Ruling.Of([
            new Happening(
                new DeclarationAccepted(
                    declared.Declaration,
                    isChanged,
                    judging.Computed(matter.AsFact(judging.Scheme, profile)),
                    judging.Computed(fact),
                    isChanged ? Reason!.Digest : null,
                    judging.Testimonies),
                declared.Named,
                Clause: judging.Bench.Step.Clause),
            recorded with
            {
                Event = (FactRecorded)recorded.Event with { State = FactState.Counts, Declaration = declared.Declaration, Body = judging.Bench.Body },
            }]);
    }
}

/// <summary>不认定, with the reason; the declarer sees it and can answer at the feedback.</summary>
public sealed record RejectDeclaration(DeclarationId Declaration, SealedText Reason)
{
    public Ruling Decide(DeclarationOnRecord? declared, JudgingDesk judging) =>
        Judging.Objection(declared, judging.Bench) is { } objection ? objection
        : WrittenText.ReasonFault(Reason.Text, "如“证明上没有本人”") is { } fault ? new InputIsWrong([fault])
        : new Happening(new DeclarationRejected(declared!.Declaration, Reason.Digest, judging.Testimonies), declared.Named, Clause: judging.Bench.Step.Clause);
}

/// <summary>认定 of several as they were declared: all or none.</summary>
public sealed record AcceptDeclarations(IReadOnlyList<DeclarationId> Declarations)
{
    /// <param name="judging">for one of them: bench and testimonies are its own</param>
    public Ruling Decide(IReadOnlyList<DeclarationOnRecord?> declared, Func<DeclarationOnRecord, JudgingDesk> judging)
    {
        if (declared.Count == 0)
        {
            return new NoDeclarationChosen();
        }

        var happenings = new List<Happening>();
        foreach (var one in declared)
        {
            var ruling = one is null ? new NoSuchDeclaration() : AcceptDeclaration.AsDeclared(one).Decide(one, judging(one));
            if (ruling.IsRefused)
            {
                return ruling;
            }

            happenings.AddRange(ruling.Happenings);
        }

        // What one step records of a kind that is divided is one matter (BranchBooks).
        var scheme = judging(declared[0]!).Scheme!;
        var mixed = declared.GroupBy(one => one!.Matter.Kind)
            .Where(group => scheme.FactKinds.First(kind => kind.Id == group.Key).IsShared && group.Select(one => (one!.Matter.Content, one.Matter.On)).Distinct().Count() > 1)
            .Select(group => scheme.FactKinds.First(kind => kind.Id == group.Key).Name)
            .FirstOrDefault();
        return mixed is null ? Ruling.Of(happenings) : new SharedItemsOneByOne(mixed);
    }
}

internal static class Judging
{
    public static Refusal? Objection(DeclarationOnRecord? declared, ReviewBench bench) => declared switch
    {
        null => new NoSuchDeclaration(),
        { State: not DeclarationState.Submitted } => new DeclarationIsSettled(declared.State),
        { IsByActor: true, IsReport: true } => new ReportedItYourself(),
        _ => bench.Objection(declared.Matter.About),
    };
}
