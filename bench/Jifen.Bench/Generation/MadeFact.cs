namespace Jifen.Bench.Generation;

/// <param name="Day"><see cref="DateOnly.DayNumber"/></param>
/// <param name="Quantity">hundredths</param>
/// <param name="Level">0 none, otherwise 1 + index in the kind's levels</param>
/// <param name="Amount">分值 in hundredths, or <see cref="Scoring.Facts.FactSegment.NoAmount"/></param>
/// <param name="Content">index in <see cref="Contents.All"/></param>
/// <param name="IsPending">状态 待定: stands in the file and does not count</param>
internal readonly record struct MadeFact(JsitKind Kind, int Day, int Quantity, byte Level, int Amount, int Content, bool IsPending);
