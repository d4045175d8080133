using System.Text;
using Jifen.Cycle;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Rounds;
using Jifen.Cycle.Schemes;
using Jifen.Scoring.Schemes;
using Jifen.Store.Reads;

namespace Jifen.Store.Steps;

/// <summary>Steps about schemes: keeping the bytes, adopting them for a year.</summary>
public sealed class SchemeSteps(StepRunner steps, SchemesInForce schemes)
{
    /// <summary>Approved from above, by the officer of the organization.</summary>
    public static ActionRow Approve => Actions.SC4ApproveScheme;

    /// <summary>Put forward by the secretary, with a second signature.</summary>
    public static ActionRow Propose => Actions.SC3ProposeScheme;

    /// <summary>
    /// Keeps the two files as they are and enters the adoption. The simple form: the discussion by the meeting and the approval above are
    /// steps of the year's cycle.
    /// </summary>
    /// <param name="action"><see cref="Approve"/> or <see cref="Propose"/></param>
    public Task<StepResult> AdoptAsync(AdoptScheme command, ActionRow action, PersonId by, OperationId operation, CancellationToken cancel = default)
    {
        var loaded = SchemeLoader.Load(command.Scheme, command.Refinement);
        var fingerprint = loaded.Value?.Fingerprint;
        var step = new Step(
            by,
            action,
            command.Organization,
            operation,
            new { command.Year, fingerprint, faulty = fingerprint is null },
            $"自{command.Year}年起采用《{loaded.Value?.Name}》{(loaded.Value?.Refinement is { } refinement ? $"及《{refinement.Name}》" : "")}");
        return steps.TakeAsync(
            step,
            async context =>
            {
                var now = await context.Scope.OneAsync<string>(
                    "select fingerprint from scheme_adoption where organization_id = @Organization and year = @Year",
                    new { command.Organization, command.Year },
                    cancel);
                var board = await steps.Boards.BoardAsync(context.Scope, command.Organization, RoundKey.OfYear(command.Year), cancel);
                var isFrozen = await RefinementBoard.IsFrozenAsync(context.Scope, command.Organization, board?.Plan, command.Year, cancel);
                var ruling = command.Decide(loaded, now, context.Today, isFrozen);
                if (!ruling.IsRefused && loaded.Value is { } scheme)
                {
                    await KeepAsync(context.Scope, scheme, command.Scheme, command.Refinement, context.Now, cancel);
                }

                return ruling;
            },
            cancel);
    }

    /// <summary>确认解释: what a named body decided, entered by the officer above or put forward by the secretary.</summary>
    /// <param name="action"><see cref="Approve"/> or <see cref="Propose"/></param>
    public Task<StepResult> ConfirmReadingAsync(
        OrganizationId organization, ConfirmReading command, ActionRow action, PersonId by, OperationId operation, CancellationToken cancel = default) =>
        steps.TakeAsync(
            new Step(by, action, organization, operation, command, $"确认{command.Year}年办法的解释：{string.Join("、", command.Readings)}，{command.Body}"),
            async context =>
            {
                var scheme = (await schemes.OfAsync(context.Scope, organization, command.Year, cancel))?.Scheme;
                var confirmed = scheme is null
                    ? []
                    : (await ReadingConfirmations.OfAsync(context.Scope, organization, scheme.Fingerprint, cancel)).Select(one => one.Reading).ToList();
                return command.Decide(scheme, confirmed, context.Today);
            },
            cancel);

    /// <summary>Keeps the bytes of a scheme under its fingerprint, for ever; a second time changes nothing.</summary>
    public static Task<int> KeepAsync(
        DataScope scope, Scheme scheme, SchemeSource source, SchemeSource? refinement, DateTimeOffset now, CancellationToken cancel = default) =>
        scope.ExecuteAsync(
            """
            insert into scheme_version (fingerprint, scheme_id, scheme_name, scheme_text, refinement_text, kept_at)
            values (@Fingerprint, @Id, @Name, @text, @refinementText, @now)
            on conflict (fingerprint) do nothing
            """,
            new
            {
                scheme.Fingerprint,
                scheme.Id,
                scheme.Name,
                text = Encoding.UTF8.GetString(source.Bytes.Span),
                refinementText = refinement is null ? null : Encoding.UTF8.GetString(refinement.Bytes.Span),
                now,
            },
            cancel);
}
