using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Cycle.Permissions;
using Jifen.Scoring.Facts;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>The number is somebody else's already.</summary>
public sealed record NumberIsTaken(string Number, string? Branch)
    : Refusal($"编号“{Number}”已经是别人的{(Branch is null ? "（此人现在不在名册上）" : $"，在“{Branch}”的名册上")}。请核对编号；是同一个人的，从此人的页面办理。");

/// <summary>The same for this person waits already.</summary>
public sealed record WaitsAlready() : Refusal("此人已有一步在等第二人确认。请先在“待确认”里办完或撤回，再提新的。");

/// <summary>Nothing above both branches, or this person has no office there.</summary>
public sealed record NothingAboveBoth() : Refusal("两个支部没有共同的上级，不能在这里转接。请办理转出和转入。");

/// <summary>
/// Steps about members of a branch. Each is asked by one and confirmed by another (RO2), except the Party group. Names do not stand in
/// summaries: <see cref="PersonToken"/> does, and is read as a name where it is shown.
/// </summary>
public sealed class MemberSteps(StepRunner steps, SchemesInForce schemes, TimeProvider clock)
{
    /// <param name="existing">somebody known who comes (back) to the branch; null: a new person</param>
    public Task<StepResult> AdmitAsync(
        OrganizationId branch, PersonId? existing, string? number, string name, AdmitMember command, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        // Made anew for each attempt to send the form; what tells one form from another are the fields.
        var registers = existing is null ? PersonNames.New(number, name, clock.GetUtcNow()) : null;
        var person = existing ?? registers!.Person;
        var admit = command with { Person = person, Registers = registers };
        return TakeAsync(
            new Step(
                by,
                Actions.RO2ChangeRoster,
                branch,
                operation,
                new { existing, number, name, command.Arrived, command.Standing, command.Category, command.PartyGroup, command.FromWhere, command.On, command.Ground },
                $"{PersonToken.Of(person)}：{ArrivalText(command.Arrived)}，{Member.StandingName(command.Standing)}，{TermDay(command.On)}起列入名册")
            {
                Concerned = [person],
            },
            async (context, roll) =>
            {
                if (registers?.Number is { } given && await NumberHolderAsync(context.Scope, given, person, cancel) is { } taken)
                {
                    return taken;
                }

                if (admit.Category is { } category
                    && await CategoriesAsync(context.Scope, branch, cancel) is { Count: > 0 } known && !known.Contains(category))
                {
                    return new NoSuchCategory(category, known);
                }

                var history = await MemberHistories.OfAsync(context.Scope, person, cancel);
                var names = await NamesOfAsync(context.Scope, history, cancel);
                return admit.Decide(history, roll, context.Today, id => names.GetValueOrDefault(id, "另一个支部"));
            },
            cancel);
    }

    public Task<StepResult> ChangeStandingAsync(OrganizationId branch, ChangeStanding command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        OnHistoryAsync(
            branch, command.Person, command, $"{PersonToken.Of(command.Person)}：{TermDay(command.On)}起为{Member.StandingName(command.Standing)}", by, operation,
            (history, roll, today) => Task.FromResult(command.Decide(history, roll, today)), cancel);

    public Task<StepResult> ChangeCategoryAsync(
        OrganizationId branch, PersonId person, string category, DateOnly on, string? ground, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(
            StepOf(branch, person, new { person, category, on, ground }, $"{PersonToken.Of(person)}：{TermDay(on)}起类别为{category}", by, operation),
            async (context, roll) => new ChangeCategory(person, category, on, ground, await CategoriesAsync(context.Scope, branch, cancel))
                .Decide(await MemberHistories.OfAsync(context.Scope, person, cancel), roll, context.Today),
            cancel);

    /// <summary>Within the branch, by its secretary alone.</summary>
    public Task<StepResult> ChangePartyGroupAsync(OrganizationId branch, ChangePartyGroup command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(
            StepOf(branch, command.Person, command, $"{PersonToken.Of(command.Person)}：{TermDay(command.On)}起在{command.PartyGroup}", by, operation) with
            {
                Action = Actions.OG3ManagePartyGroups,
            },
            async (context, roll) => command.Decide(await MemberHistories.OfAsync(context.Scope, command.Person, cancel), roll, context.Today),
            cancel);

    public Task<StepResult> StartFloatingAsync(OrganizationId branch, StartFloating command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        OnHistoryAsync(
            branch, command.Person, command, $"{PersonToken.Of(command.Person)}：{TermDay(command.On)}起外出流动（{command.ToWhere}）", by, operation,
            (history, roll, today) => Task.FromResult(command.Decide(history, roll, today)), cancel);

    public Task<StepResult> EndFloatingAsync(OrganizationId branch, EndFloating command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        OnHistoryAsync(
            branch, command.Person, command, $"{PersonToken.Of(command.Person)}：{TermDay(command.On)}流动返回", by, operation,
            (history, roll, today) => Task.FromResult(command.Decide(history, roll, today)), cancel);

    /// <param name="reason">kept apart from the ledger, for those who handle it</param>
    public Task<StepResult> GrantExemptionAsync(
        OrganizationId branch, GrantExemption command, ExemptionCase why, string reason, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        TakeAsync(
            StepOf(branch, command.Person, new { command, why, reason }, $"{PersonToken.Of(command.Person)}：{TermDay(command.On)}起免予积分", by, operation),
            async (context, roll) =>
            {
                if (string.IsNullOrWhiteSpace(reason))
                {
                    return new ExemptionNeedsReason();
                }

                var ruling = command.Decide(await MemberHistories.OfAsync(context.Scope, command.Person, cancel), roll, context.Today);
                if (!ruling.IsRefused)
                {
                    await context.Scope.ExecuteAsync(
                        """
                        insert into exemption_case (operation_id, person_id, organization_id, exemption_case, reason, kept_by, kept_at)
                        values (@operation, @Person, @branch, @why, @reason, @by, @Now)
                        """,
                        new { operation, command.Person, branch, why = Words.Of(why), reason, by, context.Now },
                        cancel);
                }

                return ruling;
            },
            cancel);

    public Task<StepResult> EndExemptionAsync(OrganizationId branch, EndExemption command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        OnHistoryAsync(
            branch, command.Person, command, $"{PersonToken.Of(command.Person)}：{TermDay(command.On)}起恢复积分", by, operation,
            (history, roll, today) => Task.FromResult(command.Decide(history, roll, today)), cancel);

    public Task<StepResult> RemoveAsync(OrganizationId branch, RemoveMember command, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        OnHistoryAsync(
            branch,
            command.Person,
            command,
            $"{PersonToken.Of(command.Person)}：{TermDay(command.LastOn)}{(command.LeftBy == Departure.TransferredOut ? $"转出到{command.ToWhere}" : "离开名册")}",
            by,
            operation,
            (history, roll, today) => Task.FromResult(command.Decide(history, roll, today)),
            cancel);

    /// <summary>Name and number put right.</summary>
    public Task<StepResult> RenameAsync(
        OrganizationId branch, PersonId person, string name, string? number, string? reason, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var renamed = new PersonName(person, number, name, PersonNames.FreshSalt());
        return TakeAsync(
            StepOf(branch, person, new { person, name, number, reason }, $"{PersonToken.Of(person)}：更正姓名或编号", by, operation),
            async (context, roll) =>
            {
                if (number is not null && await NumberHolderAsync(context.Scope, number, person, cancel) is { } taken)
                {
                    return taken;
                }

                var was = await context.Scope.OneAsync<NameRow>("select name, number from person where person_id = @person", new { person }, cancel);
                return was is null
                    ? new NotOnThisRoll(roll.Name)
                    : new RenamePerson(renamed, reason).Decide(await MemberHistories.OfAsync(context.Scope, person, cancel), roll, was.Name, was.Number);
            },
            cancel);
    }

    /// <summary>
    /// From one branch of the installation to another, by somebody above both. Taken in the name of the nearest organization above both, so
    /// that an office in one of the branches alone is not enough.
    /// </summary>
    public async Task<StepResult> TransferAsync(
        OrganizationRow from, OrganizationRow to, PersonId person, string? partyGroup, DateOnly on, string? ground, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        if (AboveBoth(from, to) is not { } above)
        {
            return new StepResult(new NothingAboveBoth(), []);
        }

        var command = new TransferMember(person, from.OrganizationId, partyGroup, on, ground);
        var step = StepOf(
            above, person, new { command, to.OrganizationId }, $"{PersonToken.Of(person)}：{TermDay(on)}起由“{from.Name}”转到“{to.Name}”", by, operation) with
        {
            AlsoTakes = [from.OrganizationId, to.OrganizationId],
        };
        return await steps.TakeAsync(
            step,
            async context => await WaitsAsync(context, person, cancel)
                ? new WaitsAlready()
                : command.Decide(
                    await MemberHistories.OfAsync(context.Scope, person, cancel),
                    await MemberHistories.RollAsync(context.Scope, from.OrganizationId, cancel),
                    await MemberHistories.RollAsync(context.Scope, to.OrganizationId, cancel),
                    context.Today),
            cancel);
    }

    /// <summary>The nearest organization that stands above both, itself included.</summary>
    public static OrganizationId? AboveBoth(OrganizationRow one, OrganizationRow other)
    {
        var shared = one.Ancestors.SkipLast(1).Intersect(other.Ancestors.SkipLast(1)).ToList();
        return shared.Count == 0 ? null : new OrganizationId(one.Ancestors.Last(shared.Contains));
    }

    /// <summary>Categories of the scheme in force in a branch today; empty where it knows none.</summary>
    public async Task<IReadOnlyList<string>> CategoriesAsync(DataScope scope, OrganizationId branch, CancellationToken cancel = default) =>
        (await schemes.OnAsync(scope, branch, scope.Today, cancel))?.Scheme.Categories ?? [];

    private Task<StepResult> OnHistoryAsync(
        OrganizationId branch,
        PersonId person,
        object input,
        string summary,
        PersonId by,
        OperationId operation,
        Func<MemberHistory, BranchRoll, DateOnly, Task<Ruling>> decide,
        CancellationToken cancel) =>
        TakeAsync(
            StepOf(branch, person, input, summary, by, operation),
            async (context, roll) => await decide(await MemberHistories.OfAsync(context.Scope, person, cancel), roll, context.Today),
            cancel);

    private static Step StepOf(OrganizationId branch, PersonId person, object input, string summary, PersonId by, OperationId operation) =>
        new(by, Actions.RO2ChangeRoster, branch, operation, input, summary) { Concerned = [person] };

    private Task<StepResult> TakeAsync(Step step, Func<StepContext, BranchRoll, Task<Ruling>> decide, CancellationToken cancel) => steps.TakeAsync(
        step,
        async context => await WaitsAsync(context, step.Concerned[0], cancel)
            ? new WaitsAlready()
            : await decide(context, await MemberHistories.RollAsync(context.Scope, step.Organization, cancel)),
        cancel);

    private static Task<bool> WaitsAsync(StepContext context, PersonId person, CancellationToken cancel) => context.Scope.OneAsync<bool>(
        """
        select exists (
            select from pending_step p
            where @person = any (p.concerned) and p.action = 'RO2' and p.expires_at > @Now
                and not exists (select from pending_step_answer a where a.operation_id = p.operation_id))
        """,
        new { person, context.Now },
        cancel);

    private static async Task<NumberIsTaken?> NumberHolderAsync(DataScope scope, string number, PersonId person, CancellationToken cancel)
    {
        var holder = await scope.OneAsync<HolderRow>(
            """
            select x.person_id, o.name as branch from people_by_number(array[@number], array['']) x left join organization o on o.organization_id = x.branch
            """,
            new { number },
            cancel);
        return holder is null || holder.PersonId == person ? null : new NumberIsTaken(number, holder.Branch);
    }

    private static async Task<Dictionary<OrganizationId, string>> NamesOfAsync(DataScope scope, MemberHistory history, CancellationToken cancel) =>
        (await scope.QueryAsync<OrganizationNameRow>(
            "select organization_id, name from organization where organization_id = any (@ids)",
            new { ids = history.Stays.Select(stay => stay.Branch.Value).ToArray() },
            cancel)).ToDictionary(row => row.OrganizationId, row => row.Name);

    private static string ArrivalText(Arrival arrived) => arrived switch
    {
        Arrival.OnRoll => "原在册",
        Arrival.Admitted => "新发展",
        Arrival.TransferredIn => "转入",
    };

    private static string TermDay(DateOnly day) => RollDays.Say(day);

    private sealed record NameRow
    {
        public required string Name { get; init; }

        public string? Number { get; init; }
    }

    private sealed record HolderRow
    {
        public required PersonId PersonId { get; init; }

        public string? Branch { get; init; }
    }

    private sealed record OrganizationNameRow
    {
        public required OrganizationId OrganizationId { get; init; }

        public required string Name { get; init; }
    }
}

/// <summary>JSIT-1: an exemption has a reason.</summary>
public sealed record ExemptionNeedsReason() : Refusal("请写明免予积分的理由。理由不进台账，只有本人和支委能看到。", "JSIT-1");
