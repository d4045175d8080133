using Jifen.Cycle;
using Jifen.Cycle.Declarations;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Scoring.Schemes;
using Jifen.Store.Accounts;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>What a link shows to one who benefited.</summary>
public sealed record OpenTestimony
{
    public required string Branch { get; init; }

    public required string Member { get; init; }

    public required string Matter { get; init; }

    public required DateOnly HappenedOn { get; init; }

    public string? Content { get; init; }

    public required string AskedOf { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>受惠群众证实 (DIST-4②): one link, one use, no account. What is said lies beside the ledger; its digest enters with the review.</summary>
public sealed class Beneficiaries(Database database, TimeProvider clock, YearBoards boards)
{
    /// <summary>How long a link holds; said where it is made and where it is opened.</summary>
    public static readonly TimeSpan LinkLife = TimeSpan.FromDays(14);

    public const int LongestName = 40;
    public const int LongestWords = 1000;
    private const int MostLinks = 5;

    /// <summary>The step of the scheme in which those who benefited confirm; null: it has none.</summary>
    public static CycleStep? StepOf(Scheme? scheme) =>
        scheme?.Steps.FirstOrDefault(step => step.Kind == Cycle.Rounds.StepKinds.Declaration && step.By.Contains("受惠群众"));

    /// <summary>A link for one who benefited, shown once. By the declarer, or by one who reviews.</summary>
    /// <param name="askedOf">whom it is for, in a few words: 3号楼张阿姨</param>
    /// <param name="matter">the item in words</param>
    public async Task<(IssuedLink? Link, Refusal? Refusal)> AskAsync(
        DeclarationId declaration, string askedOf, string matter, PersonId by, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        await using var scope = await DataScope.OpenAsync(database.App, by, CivilTime.DayOf(now), cancel);
        if (await DeclarationBoard.OneAsync(scope, declaration, cancel) is not { IsReport: false } row || await Actors.LoadAsync(scope, by, cancel) is not { } actor)
        {
            return (null, new NoSuchDeclaration());
        }

        var where = await Scopes.OfAsync(scope, row.OrganizationId, cancel);
        var verdict = Authority.Judge(
            row.IsMine ? Actions.DE1DeclareOwnItem : Actions.PE1Review, actor, Target.About(row.PersonId, where, row.IsMine ? Stage.Recording : Stage.Reviewing));
        var year = await boards.OnAsync(scope, row.OrganizationId, row.HappenedOn, cancel);
        Refusal? refusal = verdict.Refusal
            ?? (StepOf(year?.InForce.Scheme) is null ? new NobodyTestifiesHere() : null)
            ?? (row.StateOf is DeclarationState.Submitted or DeclarationState.Returned ? null : new DeclarationIsSettled(row.StateOf))
            ?? (askedOf.Trim().Length is 0 or > LongestName
                ? (Refusal)new InputIsWrong([new RowFault(RowFault.WholeForm, "asked-of", $"写明请谁证实，至多{LongestName}个字，如“3号楼张阿姨”")])
                : null)
            ?? ((await DeclarationBoard.TestimoniesAsync(scope, declaration, cancel)).Count >= MostLinks ? new EnoughIsAsked(MostLinks) : null);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        var token = SecretKey.Create();
        var until = now + LinkLife;
        await scope.ExecuteAsync(
            """
            insert into beneficiary_link (link_id, declaration_id, organization_id, asked_of, matter, token_hash, asked_by, asked_at, expires_at)
            values (@id, @declaration, @OrganizationId, @asked, @matter, @hash, @by, @now, @until)
            """,
            new { id = Guid.CreateVersion7(), declaration, row.OrganizationId, asked = askedOf.Trim(), matter, hash = SecretKey.Hash(token), by, now, until },
            cancel);
        await scope.CommitAsync();
        return (new IssuedLink($"/testify/{token}", until), null);
    }

    /// <returns>null: used, out of time, or never made</returns>
    public async Task<OpenTestimony?> FindAsync(string token, CancellationToken cancel = default)
    {
        await using var scope = await OpenAsync(cancel);
        return await scope.OneAsync<OpenTestimony>(
            "select * from find_beneficiary_link(@hash, @now)", new { hash = SecretKey.Hash(token), now = clock.GetUtcNow() }, cancel);
    }

    /// <summary>证实, or not: the link is over after it.</summary>
    public async Task<Refusal?> TestifyAsync(string token, string name, bool? confirms, string words, CancellationToken cancel = default)
    {
        var faults = new List<RowFault>();
        if (name.Trim().Length is 0 or > LongestName)
        {
            faults.Add(new RowFault(RowFault.WholeForm, "name", $"请写您的姓名或怎么称呼，至多{LongestName}个字"));
        }

        if (confirms is null)
        {
            faults.Add(new RowFault(RowFault.WholeForm, "confirms", "请选情况是否属实"));
        }

        if (words.Trim().Length > LongestWords)
        {
            faults.Add(new RowFault(RowFault.WholeForm, "words", $"至多{LongestWords}个字"));
        }

        if (faults.Count > 0)
        {
            return new InputIsWrong(faults);
        }

        var said = WrittenTexts.Seal($"{name.Trim()}\n{(confirms!.Value ? "属实" : "不属实")}\n{words.Trim()}");
        await using var scope = await OpenAsync(cancel);
        var isGiven = await scope.OneAsync<bool>(
            "select give_testimony(@hash, @name, @confirms, @words, @Salt, @Digest, @now)",
            new { hash = SecretKey.Hash(token), name = name.Trim(), confirms = confirms.Value, words = words.Trim(), said.Salt, said.Digest, now = clock.GetUtcNow() },
            cancel);
        if (!isGiven)
        {
            return new TestimonyLinkDoesNotHold();
        }

        await scope.CommitAsync();
        return null;
    }

    // Nobody is signed in: the database shows nothing but what the two functions of the link give.
    private Task<DataScope> OpenAsync(CancellationToken cancel) => DataScope.OpenAsync(database.App, null, clock.Today(), cancel);
}

/// <summary>Used, out of time, or never made.</summary>
public sealed record TestimonyLinkDoesNotHold() : Refusal("这个链接已经用过、过期，或者那件事已经核实完了。需要的话，请给您链接的人重新发一个。");

/// <summary>The scheme asks nobody who benefited.</summary>
public sealed record NobodyTestifiesHere() : Refusal("本支部的办法没有“受惠群众证实”这一步。有证明的，请作为佐证附上。");

public sealed record EnoughIsAsked(int Most) : Refusal($"一份申报至多请{Most}个人证实，已经够了。");
