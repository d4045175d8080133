using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Jifen.Cycle;
using Jifen.Cycle.Gatherings;
using Jifen.Cycle.Permissions;
using Jifen.Store.Keys;
using Jifen.Store.Reads;
using Jifen.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using QRCoder;

namespace Jifen.Web.Pages.Gatherings;

/// <summary>A code that was scanned: of which gathering, when, how old it was then.</summary>
internal sealed record ScannedCode(GatheringId Gathering, DateTimeOffset At, TimeSpan CodeAge);

/// <summary>
/// 签到码 on the projector and what becomes of it on the phone. The moment of the scan is kept in a sealed cookie, so that signing in to the
/// account first makes nobody late and no code old.
/// </summary>
internal sealed class CheckInCodes(KeyFile keys, IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Cookie = "jifen-scan";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    private readonly Lazy<byte[]> _key = new(() => keys.For("check-in"));
    private readonly IDataProtector _seal = protection.CreateProtector("check-in");

    /// <summary>What the code on the wall says at this moment.</summary>
    public string Now(GatheringId gathering) => SignInCode.Of(_key.Value, gathering, clock.GetUtcNow());

    /// <summary>Keeps when the code was scanned, and goes on to the page that asks once.</summary>
    public IResult Scan(HttpContext context, string code)
    {
        var now = clock.GetUtcNow();
        // The same phone is known again by its cookie: it is given one before anybody signs in.
        DeviceCookie.Keep(context);
        var read = SignInCode.Read(_key.Value, code);
        if (read is { } shown)
        {
            var age = now - shown.ShownFrom;
            var kept = string.Create(
                CultureInfo.InvariantCulture, $"{shown.Gathering.Value:N} {now.ToUnixTimeMilliseconds()} {(long)Math.Max(0, age.TotalMilliseconds)}");
            context.Response.Cookies.Append(Cookie, _seal.Protect(kept), new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = Life,
                Path = "/",
                // A camera opens the address from outside: the page that follows must still get it.
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });
        }

        return Results.LocalRedirect(read is null ? "/check-in?wrong=yes" : "/check-in");
    }

    /// <returns>null when nothing was scanned, or too long ago</returns>
    public ScannedCode? Read(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: > 0 } sealedText)
        {
            return null;
        }

        try
        {
            var parts = _seal.Unprotect(sealedText).Split(' ');
            var at = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[1], CultureInfo.InvariantCulture));
            return clock.GetUtcNow() - at > Life
                ? null
                : new ScannedCode(
                    new GatheringId(Guid.ParseExact(parts[0], "N")), at, TimeSpan.FromMilliseconds(long.Parse(parts[2], CultureInfo.InvariantCulture)));
        }
        catch (CryptographicException)
        {
            // A cookie of another installation, or one somebody wrote: as if nothing was scanned.
            return null;
        }
    }

    public static void Forget(HttpResponse response) => response.Cookies.Delete(Cookie);

    /// <summary>The phone in this gathering, and nowhere else: two gatherings cannot be put together by it.</summary>
    public string? DeviceIn(GatheringId gathering, HttpRequest request) => DeviceCookie.Read(request) is { } device
        ? Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{gathering} {device}")).AsSpan(0, 12))
        : null;

    /// <summary>A QR code as the outline of its dark squares, one unit a square, with the quiet margin the library puts around.</summary>
    internal static (string Path, int Size) Draw(string text)
    {
        using var maker = new QRCodeGenerator();
        using var code = maker.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                if (rows[y][x])
                {
                    var from = x;
                    while (x + 1 < rows[y].Count && rows[y][x + 1])
                    {
                        x++;
                    }

                    path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from + 1}v1h-{x - from + 1}z");
                }
            }
        }

        return (path.ToString(), rows.Count);
    }

    /// <summary>Where the phones go: the address under which the projector's page was asked for is the one that can be reached in the room.</summary>
    public static string AddressOf(HttpRequest request) => $"{request.Scheme}://{request.Host}/check-in";

    /// <summary>已签到31人，应到38人</summary>
    public static string CountText(int signedIn, int expected) => $"已签到{signedIn}人，应到{expected}人";

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/check-in/{code}", (HttpContext context, string code, CheckInCodes codes) => codes.Scan(context, code))
            .WithMetadata(new OpenToAllAttribute("notes when a code was scanned; shows nothing and enters nothing"));
        site.MapGet("/gatherings/{id:guid}/code.svg", async (HttpContext context, Guid id, CheckInCodes codes, Visit visit) =>
            await ShownAsync(visit, id) is { } gathering ? codes.Svg(gathering.Id, AddressOf(context.Request)) : Results.NotFound())
            .WithMetadata(new NeedsAttribute("GA8"));
        site.MapGet("/gatherings/{id:guid}/check-ins/count", async (Guid id, Visit visit) =>
        {
            if (await ShownAsync(visit, id) is not { } gathering)
            {
                return Results.NotFound();
            }

            await using var scope = await visit.ReadAsync();
            return Results.Text(CountText(await GatheringPeople.CheckedInAsync(scope, gathering.Id, visit.Aborted), gathering.Expected.Count));
        }).WithMetadata(new NeedsAttribute("GA8"));
    }

    /// <returns>null where there is no such gathering, or this person does not show its code</returns>
    private static async Task<Gathering?> ShownAsync(Visit visit, Guid id)
    {
        var me = await visit.SignedInAsync();
        await using var scope = await visit.ReadAsync();
        return await GatheringStates.OneAsync(scope, new GatheringId(id), visit.Aborted) is { } found
            && Authority.Judge(Actions.GA8ShowCheckInCode, me, Target.Of(await Scopes.OfAsync(scope, found.Organization, visit.Aborted))).IsAllowed
            ? found.Gathering
            : null;
    }

    private IResult Svg(GatheringId gathering, string address)
    {
        var (path, size) = Draw($"{address}/{Now(gathering)}");
        return Results.Text(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path d=\"{path}\"/></svg>",
            "image/svg+xml");
    }
}
