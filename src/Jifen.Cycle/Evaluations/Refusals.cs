namespace Jifen.Cycle.Evaluations;

public sealed record NoSuchBox() : Refusal("没有这次投票，或者不属于本支部。请从“考评期”重新进入。");

public sealed record BoxIsShut(BallotBoxState State) : Refusal($"这次投票{State.Name()}。请刷新页面看结果。");

public sealed record BoxIsOpen(string Step) : Refusal($"“{Step}”的票已经发出，还没有计票。先收票、计票，或者作废重投。");

public sealed record NotVotingYet() : Refusal("还在领票，没有开始投票。主持人点“开始投票”以后才能投、才能计票；请过一会儿再试。");

/// <summary>One slip for each who votes, not one more.</summary>
public sealed record SlipsDoNotAddUp(int Slips, int Voting) : Refusal($"一共发{Slips}张票，到会能表决的{Voting}人，要一人一张。请改发票的张数。");

public sealed record SlipsOutOfBounds(int Most) : Refusal($"票数填整数，合起来1到{Most}张；群众代表没有账号，不能用手机领票，请打印给他们。");

public sealed record MoreSlipsThanMembers(int Members) : Refusal($"给党员发的票比党员多：名册上{Members}人，一人至多一张。");

public sealed record NotTheirEvaluation(string Voters) : Refusal($"办法规定这一步由{Voters}评，不能给别人发票。");

public sealed record NobodyToJudge() : Refusal("名册上没有参加积分管理的党员，没有可评的。请先核对名册。");

public sealed record AnnulmentNeedsReason() : Refusal("作废要写明原因（至少四个字），留在账上。投过的票不看、不计，全部销毁。");

/// <summary>The slip is used, unknown, or the vote is over: to the outside they look the same.</summary>
public sealed record SlipDoesNotHold() : Refusal("这张票不能用：已经投过，或者投票已经结束，或者号码不对。一张票只收一次；如果刚才已经点过“投票”，票已经收到。");

public sealed record BallotIsIncomplete(int Missing) : Refusal($"还有{Missing}项没有选。每一项都选一个再投；不想表态的选“弃权”或“不了解”（没有这两样的，选您认为最接近的）。");

public sealed record BallotIsOther() : Refusal("票面与发出的不一样，没有收。请重新扫码打开再投。");

public sealed record OpinionTooLong(int Most) : Refusal($"意见最多写{Most}字，请删短些再投。");

public sealed record TooFewTellers(TellersOfPaper Tellers) : Refusal($"{Tellers.InWords}，纸质票发了没有人能点。{Tellers.Remedy}。", "JSIT-7④");

public sealed record TellersDoNotAgree() : Refusal("发了纸质票，要两名监票人各点一遍、各填一遍，数字完全一样才能计票。现在还没有两份一样的。", "JSIT-7④");

public sealed record PapersOutOfBounds(int Papers, int Issued) : Refusal($"填了收回纸质票{Papers}张，发出的是{Issued}张，对不上。请重新点。");

/// <summary>More votes than papers.</summary>
/// <param name="Lines">whose, and to how many they come</param>
public sealed record PapersDoNotAddUp(string Lines, int Papers) : Refusal($"{Lines}，收回的纸质票只有{Papers}张，对不上（合计不能多于收回的；空白、废票不填）。请重新点。");

/// <summary>A box of the tellers' form that holds no whole number.</summary>
/// <param name="Line">which line of the form</param>
public sealed record CountIsNoNumber(string Line) : Refusal($"{Line}：只填整数，没有的空着或者写 0。请改过再交。");

public sealed record NoSlipLeft() : Refusal("手机票已经领完，或者您已经领过、投票已经开始。没有领到的，请向主持人要纸质票。");

public sealed record NotTheTime() : Refusal("现在不能领票：要在领票的时候，由到会有表决权的人各领一张。");

/// <summary>The text lives in memory for a while, for printing only.</summary>
public sealed record SlipsAreGone() : Refusal("票面只在生成后保留30分钟，供打印一次，程序不保存。没有打印好的，请作废重投。");

/// <summary>An evaluation in which nobody took part is none.</summary>
public sealed record NothingWasCast() : Refusal("一张票也没有收回，不能计票。请等大家投了再收；不投了的，作废重投，写明原因。");
