using Jifen.Cycle.Records;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Schemes;

/// <summary>A 暂行 reading of a scheme was confirmed by a body that may: figures that rest on it may be settled.</summary>
/// <param name="Year">of the cycle it was confirmed for; it holds for the same text in later years too</param>
/// <param name="Fingerprint">of the scheme: another text has to be confirmed anew</param>
/// <param name="Reading">编号</param>
/// <param name="Body">which meeting or organization</param>
public sealed record ReadingConfirmed(int Year, string Fingerprint, string Reading, string Body, DateOnly On) : IEvent;

/// <summary>确认解释: what a named body decided about readings that were adopted for the time being.</summary>
/// <param name="Readings">编号, several decided at one meeting</param>
public sealed record ConfirmReading(int Year, IReadOnlyList<string> Readings, string Body, DateOnly On)
{
    /// <param name="scheme">in force; null for none</param>
    /// <param name="confirmed">编号 confirmed before</param>
    public Ruling Decide(Scheme? scheme, IReadOnlyCollection<string> confirmed, DateOnly today)
    {
        if (scheme is null)
        {
            return new NoSchemeThen(today);
        }

        var faults = new[]
        {
            Readings.Count == 0 ? new RowFault(RowFault.WholeForm, "reading", "没有选要确认的解释") : null,
            WrittenText.Fault("body", "由谁确认的", Body, WrittenText.LongestTitle, "如“学院党委会”"),
            On > today ? new RowFault(RowFault.WholeForm, Fields.On, "确认的日子还没到") : null,
        }.OfType<RowFault>().ToList();
        if (faults.Count > 0)
        {
            return new InputIsWrong(faults);
        }

        var happenings = new List<Happening>();
        foreach (var id in Readings.Distinct(StringComparer.Ordinal))
        {
            if (scheme.Readings.FirstOrDefault(reading => reading.Id == id) is not { } reading)
            {
                return new NoSuchReading(id);
            }

            if (reading.IsConfirmed || confirmed.Contains(id))
            {
                return new ReadingIsConfirmed(id);
            }

            happenings.Add(new Happening(
                new ReadingConfirmed(Year, scheme.Fingerprint, id, Body.Trim(), On), On: On, Ground: Body.Trim(), SourceKey: $"reading {scheme.Fingerprint} {id}"));
        }

        return Ruling.Of(happenings);
    }
}

/// <summary>The scheme has no such reading.</summary>
public sealed record NoSuchReading(string Id) : Refusal($"现行办法里没有编号{Id}的解释。请刷新页面再选。");

/// <summary>It was confirmed before.</summary>
public sealed record ReadingIsConfirmed(string Id) : Refusal($"{Id}已经确认过。请刷新页面，不用再确认。");
