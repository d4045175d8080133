using System.Text;
using Jifen.Cycle.AnnualResults;
using Jifen.Cycle.Scorecards;
using Jifen.Scoring;
using Jifen.Scoring.Facts;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Cycle.Filings;

/// <summary>Which branch files.</summary>
public sealed record PackageOrganization(OrganizationId Id, string Name);

/// <summary>The scheme itself, so that whoever receives the package can compute from it alone.</summary>
/// <param name="Text">of the scheme file; its bytes, with the refinement's, have the fingerprint</param>
public sealed record PackageScheme(string Id, string Name, string Fingerprint, string Text, string? Refinement);

/// <summary>One line of the roster.</summary>
public sealed record PackageMember(
    PersonId Person,
    string Name,
    string Branch,
    Standing Standing,
    string? Category,
    string? Office,
    DateOnly? EnrolledFrom,
    DateOnly? EnrolledTo,
    bool IsExempt);

/// <summary>A fact as the scorer takes it.</summary>
/// <param name="Quantity">hundredths</param>
/// <param name="Level">0 none, otherwise 1 + index in the kind's levels</param>
/// <param name="Amount">hundredths; null where the fact carries none</param>
public sealed record PackageFact(
    string Id, PersonId Person, string Kind, DateOnly On, long Quantity, int Level, int? Amount, int Sharers, string? Content);

/// <summary>What somebody came to the year before, where the scheme looks back.</summary>
public sealed record PackagePrevious(PersonId Person, decimal Total, IReadOnlyList<string> Outcomes, decimal? Running);

/// <summary>Whom a meeting chose where a quota was exceeded.</summary>
public sealed record PackageChoice(string What, string? Category, IReadOnlyList<string> People);

/// <summary>The grade a meeting decided for somebody, and what follows from it.</summary>
/// <param name="Reason">why it is another than the points propose; null where it is the same</param>
public sealed record PackageGrade(PersonId Person, string Grade, IReadOnlyList<string> Outcomes, string Body, DateOnly On, string? Reason);

/// <summary>A step of the round that was signed before the filing.</summary>
/// <param name="Second">null where one signature was enough</param>
public sealed record PackageSignature(string Step, string Round, string By, string Office, string? Second, DateOnly On);

/// <summary>备案材料: the table of points with everything it is computed from, who signed, and where the branch's ledger stood.</summary>
/// <param name="Format">names this form of package</param>
/// <param name="Round">key</param>
/// <param name="AsOf">what was recorded after this day is not in it</param>
/// <param name="Seq">last entry of the branch's ledger</param>
/// <param name="Hash">of that entry, lower-case hex</param>
public sealed record FilingPackage(
    string Format,
    Guid Filing,
    PackageOrganization Organization,
    string Round,
    string RoundName,
    string Step,
    int Year,
    DateOnly AsOf,
    PackageScheme Scheme,
    IReadOnlyList<PackageMember> Members,
    IReadOnlyList<PackageFact> Facts,
    IReadOnlyList<PackagePrevious> Previous,
    IReadOnlyList<PackageChoice> Choices,
    IReadOnlyList<PackageSignature> Signatures,
    long Seq,
    string Hash,
    AnnualTable Table)
{
    public const string FormatName = "jifen-filing-1";

    /// <summary>定等次, where the scheme has people decide; null where nothing was decided before the filing. The grades of the table are the points' own.</summary>
    public IReadOnlyList<PackageGrade>? Grades { get; init; }

    /// <summary>Works the table out again from the facts and the scheme that lie in the package.</summary>
    /// <returns>the table, and the one with the decided grades where there are any; null with the fault when the package cannot be computed from</returns>
    public (AnnualTable? Table, AnnualTable? Decided, string? Fault) Recompute()
    {
        var (scorer, fault) = Read();
        return scorer is null
            ? (null, null, fault)
            : (TableOf(scorer), Grades is { Count: > 0 } grades
                ? TableOf(scorer.WithGrades(grades.ToDictionary(one => one.Person.ToString(), one => one.Grade, StringComparer.Ordinal)))
                : null, null);

        AnnualTable TableOf(Scorer scorer) => AnnualTable.Of(scorer, scorer.Score(), Members.Select(member => member.Person).ToList(), _ => true);
    }

    private (Scorer? Scorer, string? Fault) Read()
    {
        var loaded = SchemeLoader.Load(
            new SchemeSource($"{Scheme.Id}.scheme.yaml", Encoding.UTF8.GetBytes(Scheme.Text)),
            Scheme.Refinement is { } refinement ? new SchemeSource($"{Scheme.Id}.refinement.yaml", Encoding.UTF8.GetBytes(refinement)) : null);
        if (loaded.Value is not { } scheme)
        {
            return (null, $"材料里的办法读不出来：{loaded.Errors.FirstOrDefault()}");
        }

        if (scheme.Fingerprint != Scheme.Fingerprint)
        {
            return (null, $"材料里的办法文字与它的指纹不符：写的是{Scheme.Fingerprint[..Math.Min(12, Scheme.Fingerprint.Length)]}，文字是{scheme.Fingerprint[..12]}");
        }

        var index = new Dictionary<PersonId, int>();
        foreach (var member in Members)
        {
            if (!index.TryAdd(member.Person, index.Count))
            {
                return (null, $"名单里{member.Name}出现了两次");
            }
        }

        var segment = new FactSegment(Math.Max(16, Facts.Count));
        foreach (var fact in Facts)
        {
            if (!index.TryGetValue(fact.Person, out var member) || scheme.FactKinds.FirstOrDefault(kind => kind.Id == fact.Kind) is not { } kind
                || fact.Sharers is < 1 or > byte.MaxValue || fact.Level < 0)
            {
                return (null, $"事实{fact.Id}不属于名单里的人，或者办法里没有这种事实");
            }

            segment.Add(
                member, kind.Index, fact.On.DayNumber, checked((int)fact.Quantity), fact.Level, fact.Amount ?? FactSegment.NoAmount, fact.Sharers,
                Encoding.UTF8.GetBytes(fact.Id), fact.Content is null ? default : Encoding.UTF8.GetBytes(fact.Content));
        }

        var roster = new Roster(Members.Select(member => new Member(
            member.Person.ToString(), member.Name, member.Branch, member.Standing, member.Category, member.Office, member.EnrolledFrom, member.EnrolledTo,
            member.IsExempt)).ToList());
        var previous = new PreviousYear(Previous.Select(one => new PreviousResult(
            one.Person.ToString(), Hundredths(one.Total), one.Outcomes, one.Running is { } running ? Hundredths(running) : null)));
        return (new Scorer(Plan.Compile(scheme, Year), roster, FactTable.Of(roster.Count, segment), Previous.Count == 0 ? null : previous)
        {
            Choices = Choices.Select(choice => new QuotaChoice(choice.Category, choice.What, choice.People)).ToList(),
        }, null);
    }

    /// <summary>The facts and the roster of a branch's scores, as they go into a package.</summary>
    public static (IReadOnlyList<PackageMember> Members, IReadOnlyList<PackageFact> Facts, IReadOnlyList<PackagePrevious> Previous) ContentsOf(BranchScores scores)
    {
        var here = scores.OfThoseScoredHere();
        return (
            here.People.Select(person => new PackageMember(
                person.Person, person.Member.Name, person.Member.Branch, person.Member.Standing, person.Member.Category, person.Member.Office,
                person.Member.EnrolledFrom, person.Member.EnrolledTo, person.Member.IsExempt)).ToList(),
            here.Facts.Select(fact => new PackageFact(
                fact.Id, fact.Person, fact.Kind.Id, fact.On, fact.Quantity, fact.Level, fact.Amount == FactSegment.NoAmount ? null : fact.Amount, fact.Sharers,
                fact.Content)).ToList(),
            here.People
                .Select(person => (person.Person, Result: scores.Previous?.Of(person.Person.ToString())))
                .Where(one => one.Result is not null)
                .Select(one => new PackagePrevious(
                    one.Person, one.Result!.Total.Hundredths / 100m, one.Result.Outcomes, one.Result.Running is { } running ? running.Hundredths / 100m : null))
                .ToList());
    }

    private static Points Hundredths(decimal value) => new((long)(value * 100));
}

/// <summary>What checking a package came to.</summary>
/// <param name="Faults">what is wrong with the package itself; empty when it is whole</param>
/// <param name="Differences">lines that do not come out as they stand, by person</param>
public sealed record FilingCheck(IReadOnlyList<string> Faults, IReadOnlyList<AnnualDifference> Differences)
{
    public bool Holds => Faults.Count == 0 && Differences.Count == 0;

    /// <summary>The digest, and the table worked out again from what lies in the package.</summary>
    /// <param name="named">digest that came with it</param>
    /// <param name="digest">of its bytes</param>
    public static FilingCheck Of(FilingPackage package, string named, string digest)
    {
        var faults = new List<string>();
        if (named != digest)
        {
            faults.Add($"摘要不符：写的是{named[..Math.Min(16, named.Length)]}，内容算出来是{digest[..16]}，材料在生成以后改动过");
        }

        if (package.Format != FilingPackage.FormatName)
        {
            faults.Add($"不认识这种材料：{package.Format}");
            return new FilingCheck(faults, []);
        }

        var (table, decided, fault) = package.Recompute();
        if (table is null)
        {
            faults.Add(fault!);
            return new FilingCheck(faults, []);
        }

        return new FilingCheck(faults, [.. package.Table.DifferencesFrom(table, SectionsOf(package)).Select(Turned), .. decided is null ? [] : DecidedOtherwise(package.Grades!, decided)]);
    }

    // What is said to follow from the decided grades, against what does.
    private static IEnumerable<AnnualDifference> DecidedOtherwise(IReadOnlyList<PackageGrade> grades, AnnualTable table) => grades.Select(decided => table.LineOf(decided.Person) switch
    {
        { } line when line.Grade == decided.Grade => AnnualDifference.OfDecided(decided.Person, line.Outcomes, decided.Outcomes) is { } other ? Turned(other) : null,
        _ => new AnnualDifference(decided.Person, [$"已定的等次{decided.Grade}，办法里没有，或者此人不评等次"]),
    }).OfType<AnnualDifference>();

    /// <summary>Names of the sections, for saying what differs.</summary>
    public static IReadOnlyList<string> SectionsOf(FilingPackage package) => SchemeLoader.Load(
        new SchemeSource($"{package.Scheme.Id}.scheme.yaml", Encoding.UTF8.GetBytes(package.Scheme.Text)),
        package.Scheme.Refinement is { } refinement ? new SchemeSource($"{package.Scheme.Id}.refinement.yaml", Encoding.UTF8.GetBytes(refinement)) : null)
        .Value?.Sections.Select(section => section.Name).ToList() ?? [];

    // In the words of whoever checks: what came out against what is written.
    private static AnnualDifference Turned(AnnualDifference one) => one with
    {
        What = one.What.Select(what => what.Replace("原为", "应为", StringComparison.Ordinal).Replace("现为", "材料上是", StringComparison.Ordinal)
            .Replace("原来没有这个人", "照事实算，表上不该有这个人", StringComparison.Ordinal).Replace("现在没有这个人", "照事实算，表上缺这个人", StringComparison.Ordinal)).ToList(),
    };
}
