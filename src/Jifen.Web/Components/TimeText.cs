using System.Globalization;
using Jifen.Cycle;

namespace Jifen.Web.Components;

/// <summary>Instants as Chinese readers write them, in Asia/Shanghai wherever the machine stands.</summary>
public static class TimeText
{
    /// <summary>2025年10月15日 08:05</summary>
    public static string Of(DateTimeOffset instant)
    {
        var civil = CivilTime.Of(instant);
        return $"{DayText.Full(DateOnly.FromDateTime(civil.DateTime))} {civil.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }
}
