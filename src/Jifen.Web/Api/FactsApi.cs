using System.Globalization;
using Jifen.Cycle;
using Jifen.Cycle.Records;
using Jifen.Store.Reads;
using Jifen.Store.Steps;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web.Api;

/// <summary>登记事实 for programs: the step of the form, with the key the sender chose as the operation.</summary>
internal static class FactsApi
{
    public const string Key = "Idempotency-Key";

    public static async Task<IResult> RecordAsync(HttpRequest request, Visit visit, RecordSteps steps, SchemesInForce schemes, Guid branch, SentFact sent)
    {
        if (!Guid.TryParseExact(request.Headers[Key].ToString(), "D", out var key) || key == Guid.Empty)
        {
            return ApiProblem.Of(StatusCodes.Status400BadRequest, $"缺请求头 {Key}：写一个 UUID，每件事一个；没有收到回答时用同一个再发，不会记重。");
        }

        if (sent is not { People: { Count: > 0 } people, Fact: { Length: > 0 } fact, On: { } on, Ground: { Length: > 0 } ground })
        {
            return ApiProblem.Of(StatusCodes.Status400BadRequest, "people、fact、on、ground 都要写：谁、什么事实、哪一天、依据。");
        }

        if (!TryNumber(sent.Quantity, out var quantity) || !TryNumber(sent.Points, out var points))
        {
            return ApiProblem.Of(StatusCodes.Status400BadRequest, "quantity、points 要写成字符串里的十进制数，如 \"1.5\"。");
        }

        var organization = new OrganizationId(branch);
        var me = await visit.SignedInAsync();
        var kind = await KindAsync(visit, schemes, organization, on, fact);
        var command = new RecordFact(people.Select(person => new PersonId(person)).ToList(), kind, on, quantity, sent.Level, sent.Content, points, ground, []);
        var result = await steps.RecordFactAsync(organization, command, [], null, me.Person, new OperationId(key), visit.Aborted);
        if (result.Refusal is { } refusal)
        {
            return ApiProblem.Of(StatusOf(refusal), refusal.Message, refusal.Clause);
        }

        var answer = new Recorded(
            result.WasReplayed ? "replayed" : result.AwaitsSecond ? "waiting" : "created",
            result.Entries.Select(place => new RecordedEntry(place.Stream.Value, place.Seq, place.Entry.Value, Convert.ToHexStringLower(place.Hash))).ToList());
        return result.WasReplayed ? TypedResults.Ok(answer)
            : result.AwaitsSecond ? TypedResults.Json(answer, statusCode: StatusCodes.Status202Accepted)
            : TypedResults.Json(answer, statusCode: StatusCodes.Status201Created);
    }

    private static int StatusOf(Refusal refusal) => refusal switch
    {
        OperationUsedOtherwise => StatusCodes.Status409Conflict,
        InputIsWrong or NoSchemeThen or NoSuchFact or NobodyChosen => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status403Forbidden,
    };

    // By the Chinese name of the scheme, or its id; what it does not know is refused by the step.
    private static async Task<string> KindAsync(Visit visit, SchemesInForce schemes, OrganizationId branch, DateOnly on, string fact)
    {
        await using var scope = await visit.ReadAsync();
        return (await schemes.OnAsync(scope, branch, on, visit.Aborted))?.Scheme.FactKinds.FirstOrDefault(kind => kind.Name == fact)?.Id ?? fact;
    }

    private static bool TryNumber(string? text, out decimal? number)
    {
        var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        number = isNumber ? value : null;
        return isNumber || text is null;
    }
}
