using System.Text;

namespace Jifen.Cycle;

/// <summary>
/// What happened: the body of a ledger entry. Immutable; named noun + past participle. Its kind in the ledger is the type's name in
/// kebab-case (<c>GatheringPlanned</c> → <c>gathering-planned</c>) and must never change once written.
/// </summary>
public interface IEvent;

/// <summary>The name of an event in the ledger.</summary>
public static class EventKind
{
    private static readonly Dictionary<string, Type> Types = typeof(IEvent).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IEvent)))
        .ToDictionary(Of, StringComparer.Ordinal);

    public static string Of<T>()
        where T : IEvent => Of(typeof(T));

    public static string Of(IEvent happened) => Of(happened.GetType());

    /// <returns>the type of event that has this kind</returns>
    /// <exception cref="ArgumentException">no event has it</exception>
    public static Type TypeOf(string kind) =>
        Types.TryGetValue(kind, out var type) ? type : throw new ArgumentException($"no event is called {kind}", nameof(kind));

    /// <summary>Every kind of event there is.</summary>
    public static IReadOnlyCollection<string> All => Types.Keys.ToList();

    /// <param name="type">a type that implements <see cref="IEvent"/></param>
    public static string Of(Type type)
    {
        var kebab = new StringBuilder();
        foreach (var letter in type.Name)
        {
            if (char.IsAsciiLetterUpper(letter) && kebab.Length > 0)
            {
                kebab.Append('-');
            }

            kebab.Append(char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }
}
