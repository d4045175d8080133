using Jifen.Cycle;
using Jifen.Cycle.Declarations;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Pledges;
using Jifen.Cycle.Rounds;
using Jifen.Store.Ledgers;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>亮绩 (JSUL-2): pledges for the year and their publication, self-evaluation each term.</summary>
public sealed class PledgeSteps(StepRunner steps, YearBoards boards)
{
    /// <summary>写承诺.</summary>
    public Task<StepResult> GiveAsync(OrganizationId branch, RoundKey round, string text, PersonId self, OperationId operation, CancellationToken cancel = default)
    {
        var command = new GivePledge(round, WrittenTexts.Seal(text));
        return OwnAsync(branch, round, "pledge", new { round = round.ToString(), text }, command.Text, board => command.Decide(board, self), self, operation, cancel);
    }

    /// <summary>自评.</summary>
    public Task<StepResult> EvaluateAsync(
        OrganizationId branch, RoundKey round, IReadOnlyList<SelfEvaluatedItem> items, PersonId self, OperationId operation, CancellationToken cancel = default)
    {
        var command = new EvaluateOneself(round, items, WrittenTexts.Seal(CanonicalJson.OfValue(items)));
        return OwnAsync(
            branch,
            round,
            "self-evaluation",
            new { round = round.ToString(), items },
            command.Text,
            board => command.Decide(board, self, board.Plan.Scheme.Items.Select(item => item.Id).ToHashSet(StringComparer.Ordinal)),
            self,
            operation,
            cancel);
    }

    /// <summary>晒出承诺.</summary>
    public Task<StepResult> PublishAsync(OrganizationId branch, RoundKey round, PersonId by, OperationId operation, CancellationToken cancel = default) => steps.TakeAsync(
        new Step(by, Actions.RN2RunStep, branch, operation, new { round = round.ToString(), what = "publish-pledges" }, "晒出承诺"),
        async context =>
        {
            if (await boards.BoardAsync(context.Scope, branch, round, cancel) is not { } board)
            {
                return new NoPledgesHere();
            }

            var given = await context.Scope.OneAsync<int>(
                "select count(*)::int from pledge where organization_id = @branch and round = @round", new { branch, round = round.ToString() }, cancel);
            var members = await RecordPeople.OfAsync(context.Scope, branch, context.Today, context.Today, cancel);
            return new PublishPledges(round).Decide(board, given, members.Count(member => member.IsOnRoll(context.Today)));
        },
        cancel);

    private Task<StepResult> OwnAsync(
        OrganizationId branch,
        RoundKey round,
        string topic,
        object input,
        SealedText text,
        Func<YearBoard, Ruling> decide,
        PersonId self,
        OperationId operation,
        CancellationToken cancel) => steps.TakeAsync(
        new Step(self, Actions.PG1WritePledge, branch, operation, input, topic == "pledge" ? "写承诺" : "自评") { Concerned = [self] },
        async context =>
        {
            var ruling = await boards.BoardAsync(context.Scope, branch, round, cancel) is { } board ? decide(board) : new NoPledgesHere();
            if (!ruling.IsRefused)
            {
                await WrittenTexts.KeepAsync(context, branch, topic, text, null, self, cancel);
            }

            return ruling;
        },
        cancel);
}
