using Jifen.Cycle.Records;

namespace Jifen.Cycle.Rounds;

/// <summary>The scheme has no such step in this round.</summary>
public sealed record NoSuchRoundStep(string Step) : Refusal($"这个考评期没有“{Step}”这一步。请从“考评期”页面重新进入。");

/// <summary>What it rests on is not done.</summary>
public sealed record NotItsTurn(PlannedStep Step, IReadOnlyList<PlannedStep> Missing)
    : Refusal($"“{Step.FullName}”还不能办。先要完成：{string.Join("；", Missing.Select(step => $"{step.FullName}，由{step.By}办"))}。", Step.Clause);

/// <summary>Its round has not come that far.</summary>
public sealed record TooEarly(PlannedStep Step)
    : Refusal(Step.Earliest <= Step.Round.Last && Step.Earliest > Step.Round.First
        ? $"“{Step.FullName}”最早{Days.Full(Step.Earliest)}可以办：考评期{Days.Full(Step.Round.Last)}结束，最多提前{Step.Round.Last.DayNumber - Step.Earliest.DayNumber}天；再早办，期末的事实就漏掉了。"
        : $"“{Step.FullName}”最早{Days.Full(Step.Earliest)}可以办。", Step.Clause);

/// <summary>Somebody was first.</summary>
public sealed record AlreadyBegun(PlannedStep Step, DateOnly On) : Refusal($"“{Step.FullName}”已在{Days.Full(On)}开始。请刷新页面，接着办。", Step.Clause);

/// <inheritdoc cref="AlreadyBegun"/>
public sealed record AlreadyEnded(PlannedStep Step, DateOnly On)
    : Refusal($"“{Step.FullName}”已在{Days.Full(On)}办完。要改，按条款办更正或重新开启，原来的留着。", Step.Clause);

/// <summary>It has to begin before it can end.</summary>
public sealed record NotBegun(PlannedStep Step) : Refusal($"“{Step.FullName}”还没有开始，由{Step.By}先开始。", Step.Clause);

/// <summary>The branch kept its points otherwise then.</summary>
public sealed record BeforeAdoption(PlannedStep Step) : Refusal($"“{Step.FullName}”在本支部采用办法以前，不在这里办。", Step.Clause);

/// <summary>It is not done, so it cannot be opened again.</summary>
public sealed record NotEnded(PlannedStep Step) : Refusal($"“{Step.FullName}”还没有办完，不用重新开启。", Step.Clause);

/// <summary>A reopening is read by the superior: it says why.</summary>
public sealed record ReopeningNeedsReason() : Refusal("重新开启要写明理由（至少四个字）：上级看得到，也留在账上。");
