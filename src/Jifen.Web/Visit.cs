using Jifen.Cycle;
using Jifen.Store;
using Jifen.Store.Reads;
using Microsoft.AspNetCore.Http;

namespace Jifen.Web;

/// <summary>One request: who asks, on which day. Pages read through <see cref="ReadAsync"/>, in the scope of the person who asks.</summary>
public sealed class Visit(IHttpContextAccessor http, Database database, TimeProvider clock)
{
    private Actor? _actor;
    private bool _isLoaded;

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => clock.Today();

    /// <summary>The id of the person who is signed in; null when nobody is.</summary>
    public PersonId? Person =>
        http.HttpContext?.User.FindFirst(Claims.Person)?.Value is { } id && Guid.TryParse(id, out var person) ? new PersonId(person) : null;

    /// <summary>Who asks, as far as <see cref="ActorAsync"/> was asked before; the gate asks first.</summary>
    public Actor? Actor => _actor;

    /// <summary>Who asks, with the posts held at this moment; null when nobody is signed in.</summary>
    public async ValueTask<Actor?> ActorAsync()
    {
        if (!_isLoaded && Person is { } person)
        {
            await using var scope = await ReadAsync();
            _actor = await Actors.LoadAsync(scope, person, Aborted);
        }

        _isLoaded = true;
        return _actor;
    }

    /// <summary>Who asks, on a page that only somebody signed in can reach.</summary>
    public async ValueTask<Actor> SignedInAsync() =>
        await ActorAsync() ?? throw new InvalidOperationException("the page was reached by nobody: its action lets everybody in");

    /// <summary>A scope for reading, in which the database shows what this person may see.</summary>
    public Task<DataScope> ReadAsync() => DataScope.OpenAsync(database.App, Person, Today, Aborted);

    public CancellationToken Aborted => http.HttpContext?.RequestAborted ?? default;
}

/// <summary>Names of the claims in the session.</summary>
public static class Claims
{
    public const string Person = "person";

    public const string Account = "account";
}
