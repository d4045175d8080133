using System.Text.RegularExpressions;
using Jifen.Cycle;

namespace Jifen.Store.Steps;

/// <summary>A person in a text that is kept for ever: the id stands there, the name is put in where it is shown and may be erased.</summary>
public static partial class PersonToken
{
    public static string Of(PersonId person) => $"{{{person}}}";

    /// <summary>The persons a text speaks of.</summary>
    public static IEnumerable<PersonId> In(string text) => Token().Matches(text).Select(match => new PersonId(Guid.Parse(match.Groups["id"].ValueSpan)));

    /// <param name="nameOf">null for somebody out of sight</param>
    public static string Read(string text, Func<PersonId, string?> nameOf) =>
        Token().Replace(text, match => nameOf(new PersonId(Guid.Parse(match.Groups[1].ValueSpan))) ?? "（看不到姓名）");

    [GeneratedRegex(@"\{(?<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}
