using Jifen.Cycle;
using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Filings;
using Jifen.Cycle.Rounds;
using Jifen.Store.Reads;

namespace Jifen.Store.Filings;

/// <summary>A package about to go up.</summary>
/// <param name="IsSettledTable">its table is the one that was settled; true where nothing of the year is settled yet</param>
public sealed record FilingDraft(FilingPackage Package, string Text, string Digest, bool IsSettledTable);

/// <summary>Makes packages out of the books of a branch, and holds packages against them.</summary>
public sealed class FilingMaker(YearBoards boards, LiveScores live)
{
    public YearBoards Boards => boards;

    /// <returns>null when there is no such step, or no scheme is in force</returns>
    public async Task<FilingDraft?> MakeAsync(
        DataScope scope, OrganizationId branch, RoundKey round, string name, Guid filing, CancellationToken cancel = default)
    {
        if (await boards.OfAsync(scope, branch, round.Year, cancel) is not { } year || year.Board.Plan.Find(round, name) is not { } step)
        {
            return null;
        }

        var settled = round.Span == Scoring.Schemes.Span.Year ? await SettledYears.OfAsync(scope, branch, round.Year, cancel) : null;
        var signed = step.After.Select(before => (Step: before, Mark: year.Board.MarkOf(before))).Where(one => one.Mark?.EndedOn is not null).ToList();
        var asOf = settled?.AsOf ?? signed.Select(one => one.Mark!.EndedOn!.Value).DefaultIfEmpty(scope.Today).Max();
        if (await live.OfAsync(scope, branch, round.Year, asOf, cancel) is not { } scores)
        {
            return null;
        }

        var computed = AnnualTable.Of(scores.Scores);
        var (members, facts, previous) = FilingPackage.ContentsOf(scores.Scores);
        var texts = await scope.OneAsync<SchemeTexts>(
            "select scheme_text, refinement_text from scheme_version where fingerprint = @Fingerprint", new { scores.InForce.Fingerprint }, cancel);
        var head = await scope.OneAsync<HeadRow>("select seq, hash from stream_head(@branch)", new { branch }, cancel);
        var organization = (await Reads.Organizations.OneAsync(scope, branch, cancel))!;
        var scheme = scores.InForce.Scheme;
        var package = new FilingPackage(
            FilingPackage.FormatName,
            filing,
            new PackageOrganization(branch, organization.Name),
            round.ToString(),
            step.Round.Name,
            name,
            round.Year,
            asOf,
            new PackageScheme(scheme.Id, scheme.Name, scheme.Fingerprint, texts!.SchemeText, texts.RefinementText),
            members,
            facts,
            previous,
            scores.Scores.Scorer.Choices.Select(choice => new PackageChoice(choice.What, choice.Category, choice.Members.ToList())).ToList(),
            await SignaturesAsync(scope, signed.Select(one => (one.Step, one.Mark!.Entry)).ToList(), cancel),
            head?.Seq ?? 0,
            head is null ? "" : Convert.ToHexStringLower(head.Hash),
            computed)
        {
            Grades = settled is { Decided.Count: > 0 } ? [.. settled.Decided.Values.OrderBy(one => one.PersonId.Value).Select(InPackage)] : null,
        };
        var (text, digest) = FilingFile.Write(package);
        return new FilingDraft(package, text, digest, settled is null || SettledYears.DigestOf(computed) == settled.Digest);
    }

    /// <summary>Holds what came up against the branch's own ledger: its digest, what lies in it, and what the books say today of that day.</summary>
    public async Task<(FilingPackage? Package, FilingCheck Check)> CheckAsync(DataScope scope, FilingRow filing, CancellationToken cancel = default)
    {
        if (await FilingList.PackageAsync(scope, filing.FilingId, cancel) is not { } text)
        {
            return (null, new FilingCheck(["材料不在，或者您看不到它"], []));
        }

        var (package, digest, check, fault) = FilingFile.ReadPackage(text);
        if (package is null || check is null)
        {
            return (null, new FilingCheck([fault ?? "读不出材料"], []));
        }

        var faults = check.Faults.ToList();
        if (digest != filing.Digest)
        {
            faults.Add($"材料的摘要与报送时入账的不符：账上是{filing.Digest[..16]}，材料是{digest[..16]}");
        }

        var differences = check.Differences.ToList();
        if (differences.Count == 0 && await live.OfAsync(scope, filing.OrganizationId, package.Year, package.AsOf, cancel) is { } books)
        {
            var sections = books.InForce.Scheme.Sections.Select(section => section.Name).ToList();
            differences.AddRange(AnnualTable.Of(books.Scores).DifferencesFrom(package.Table, sections).Select(one => one with
            {
                What = one.What.Select(what => what.Replace("原为", "材料上是", StringComparison.Ordinal).Replace("现为", "支部的账上是", StringComparison.Ordinal)).ToList(),
            }));
            if (package.Grades is { Count: > 0 } grades && await GradeDecisions.OfAsync(scope, filing.OrganizationId, package.Year, cancel) is { Count: > 0 } decided)
            {
                differences.AddRange(grades
                    .Where(one => decided.GetValueOrDefault(one.Person)?.Grade != one.Grade)
                    .Select(one => new AnnualDifference(one.Person, [$"已定的等次材料上是{one.Grade}，支部的账上是{decided.GetValueOrDefault(one.Person)?.Grade ?? "没有定"}"])));
            }
        }

        return (package, new FilingCheck(faults, differences));
    }

    private static PackageGrade InPackage(DecidedGrade one) => new(one.PersonId, one.Grade, one.Outcomes, one.Body, one.DecidedOn, one.Reason);

    private static async Task<IReadOnlyList<PackageSignature>> SignaturesAsync(
        DataScope scope, IReadOnlyList<(PlannedStep Step, EntryId Entry)> steps, CancellationToken cancel)
    {
        var rows = (await scope.QueryAsync<SignatureRow>(
            "select entry_id, recorded_by, office, second_by, happened_on from ledger_entry where entry_id = any (@ids)",
            new { ids = steps.Select(step => step.Entry.Value).ToArray() },
            cancel)).ToDictionary(row => row.EntryId);
        var names = await KnownNames.OfAsync(
            scope, [.. rows.Values.SelectMany(row => new[] { row.RecordedBy, row.SecondBy }).OfType<PersonId>().Distinct()], cancel);
        return steps.Where(step => rows.ContainsKey(step.Entry)).Select(step =>
        {
            var row = rows[step.Entry];
            return new PackageSignature(
                step.Step.Name,
                step.Step.Round.Key.ToString(),
                names.GetValueOrDefault(row.RecordedBy, ""),
                row.Office,
                row.SecondBy is { } second ? names.GetValueOrDefault(second, "") : null,
                row.HappenedOn);
        }).ToList();
    }

    private sealed record SchemeTexts
    {
        public required string SchemeText { get; init; }

        public string? RefinementText { get; init; }
    }

    private sealed record HeadRow
    {
        public required long Seq { get; init; }

        public required byte[] Hash { get; init; }
    }

    private sealed record SignatureRow
    {
        public required EntryId EntryId { get; init; }

        public required PersonId RecordedBy { get; init; }

        public required string Office { get; init; }

        public PersonId? SecondBy { get; init; }

        public required DateOnly HappenedOn { get; init; }
    }
}
