using Jifen.Cycle.Records;

namespace Jifen.Cycle.Scorecards;

/// <summary>What points would be if something were recorded: nothing is written.</summary>
public static class WhatIf
{
    /// <summary>With the facts of a form, as if they had been confirmed.</summary>
    /// <param name="replaced">the entry that would be reversed in the same step; null for none</param>
    public static BranchScores With(BranchScores now, RecordFact command, EntryId? replaced = null)
    {
        var made = command.People.Distinct().Select((person, index) => new BookedFact(
            new EntryId(NoId(index + 1)),
            person,
            command.Kind,
            command.On,
            command.Quantity ?? 1,
            command.Level,
            string.IsNullOrWhiteSpace(command.Content) ? null : command.Content.Trim(),
            command.Points,
            FactState.Counts,
            new OperationId(NoId(0))));
        var books = now.Books with { Facts = [.. now.Books.Facts.Where(fact => fact.Entry != replaced), .. made] };
        return BranchScores.Of(now.Plan, books, now.Day, now.Previous);
    }

    /// <summary>What a fact makes of one person's total; null where the person has no sheet here.</summary>
    public static decimal? EffectOf(BranchScores now, PersonId person, RecordFact command)
    {
        if (now.IndexOf(person) is not (>= 0 and var before) || !now.Totals.HasScorecard(before))
        {
            return null;
        }

        var with = With(now, command);
        return (with.Totals.TotalOf(with.IndexOf(person)).Hundredths - now.Totals.TotalOf(before).Hundredths) / 100m;
    }

    // Ids that no entry has: it is thrown away when it has been counted.
    private static Guid NoId(int number) => new(uint.MaxValue, ushort.MaxValue, (ushort)number, 0xFF, 0, 0, 0, 0, 0, 0, 0);
}
