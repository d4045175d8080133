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
    public static string Of<T>()
        where T : IEvent => Of(typeof(T));

    public static string Of(IEvent happened) => Of(happened.GetType());

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
