using System.Text.Json;
using Jifen.Cycle;
using Jifen.Cycle.Members;
using Jifen.Store.Ledgers;

namespace Jifen.Store.Steps;

/// <summary>What a step would enter, as it is kept until a second person agrees; names lie apart, where they can be erased.</summary>
internal static class KeptHappenings
{
    public static string Write(IReadOnlyList<Happening> happenings) => JsonSerializer.Serialize(
        happenings.Select(one => new KeptHappening(
            EventKind.Of(one.Event), CanonicalJson.Of(one.Event), one.About, one.On, one.Ground, one.Clause, one.SourceKey, one.Corrects, one.Stream, one.Names is not null)),
        CanonicalJson.Options);

    /// <param name="names">those the happenings register, as JSON; null: none</param>
    public static List<Happening> Read(string kept, string? names)
    {
        var named = names is null ? [] : JsonSerializer.Deserialize<List<PersonName>>(names, CanonicalJson.Options)!.ToDictionary(name => name.Person);
        return JsonSerializer.Deserialize<List<KeptHappening>>(kept, CanonicalJson.Options)!
            .Select(one => new Happening(
                (IEvent)JsonSerializer.Deserialize(one.Body, EventKind.TypeOf(one.Kind), CanonicalJson.Options)!,
                one.About,
                one.On,
                one.Ground,
                one.Clause,
                one.SourceKey,
                one.Corrects,
                one.Stream,
                one.IsNamed ? named[one.About!.Value] : null))
            .ToList();
    }

    private sealed record KeptHappening(
        string Kind,
        string Body,
        PersonId? About,
        DateOnly? On,
        string? Ground,
        string? Clause,
        string? SourceKey,
        EntryId? Corrects,
        OrganizationId? Stream,
        bool IsNamed);
}
