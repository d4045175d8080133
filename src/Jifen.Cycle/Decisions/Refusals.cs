using System.Globalization;
using Jifen.Cycle.Records;
using Jifen.Cycle.Rounds;

namespace Jifen.Cycle.Decisions;

/// <summary>There is no such meeting, or it is another branch's.</summary>
public sealed record NoSuchMeeting() : Refusal("没有这次会议，或者不属于本支部。请从“考评期”重新进入。");

/// <summary>A branch holds one at a time.</summary>
public sealed record MeetingIsOpen(DateOnly On) : Refusal($"{Days.Full(On)}开始的会还没有散会。请先在那次会上接着办，或者散会，再开新的。");

public sealed record MeetingIsOver() : Refusal("会议已经散会，不能再签到、提议题、表决。要接着办，请再开一次会。");

public sealed record NobodyWithVote(MeetingBody Body) : Refusal(
    Body == MeetingBody.Members ? "名册上没有正式党员，开不成会。请先核对名册。" : "没有登记支委会成员，开不成会。请先在“任职”里登记。");

public sealed record HostTakesNoMinutes() : Refusal("主持人和记录人请选两个人：记录要由主持人以外的人记，会后两人都签字。");

/// <summary>Somebody was named who does not belong there.</summary>
public sealed record NotOfTheMeeting() : Refusal("选的人里有不在本次会议名单上的。请刷新页面，按现在的名册重新选。");

public sealed record UncountedNeedsGround() : Refusal("不计入应到会的，要写明哪次党员大会通过、哪级党组织同意（至少四个字）；不要写病情。");

public sealed record NoSuchMotion() : Refusal("没有这个议题，或者它不在这次会上。请刷新页面。");

public sealed record MotionIsSettled(MotionState State) : Refusal($"这个议题已经办过（{State.Name()}），不能再办。请刷新页面看结果；要重新议，请另提一个议题。");

public sealed record IsOnlyReported() : Refusal("通报的事项不表决，请用“已通报”。", "JSIT-7⑤");

public sealed record HasToBeVotedOn() : Refusal("这个议题要表决，不能只通报。");

public sealed record TableIsPresented() : Refusal("积分表用“宣读积分表”提请表决，不在这里写。");

public sealed record OneAtATime() : Refusal("改动积分的议题一次只写一个人：一人一议，各自计票。");

/// <summary>The meeting decides nothing before enough have come.</summary>
public sealed record NoQuorum(int Present, int Due, int Needed, string? Step) : Refusal(
    $"到会的有表决权的{Present}人，应到{Due}人，至少要到{Needed}人才能表决。请等人到齐再表决，或者散会改期。", Step);

public sealed record VotesDoNotAddUp(int Sum, int Voting) : Refusal(
    $"赞成、反对、弃权合起来{Sum}票，到会能表决的{Voting}人，对不上。没有举手的算弃权；请重新点一遍再填。");

/// <summary>Slips are out: what they were counted by stays as it is.</summary>
public sealed record VoteIsGoingOn() : Refusal("正在无记名投票，收票、计票以后再办。");

public sealed record VoteIsSecret(string? Step) : Refusal("办法规定无记名投票，不能举手表决。请用“无记名投票”。", Step);

public sealed record NoTableHere() : Refusal("这次会不评定积分，没有积分表要表决。评定在它自己的考评期里办。");

public sealed record EmptyTable() : Refusal("积分表上一个人也没有，不能提请表决。请先核对名册和办法。");

/// <summary>Not the table that was read out.</summary>
public sealed record TableHasChanged(IReadOnlyList<PointsTableChange> Changes) : Refusal(
    $"宣读以后有{Changes.Count.ToString(CultureInfo.InvariantCulture)}人的积分变了，不能照宣读的表决。变动列在下面，请重新宣读再表决。");

/// <summary>What was signed is not changed.</summary>
public sealed record MinutesAreFinal() : Refusal("会已经散了，票数不能再更正：会议记录以散会时为准。结果记错的，请再开一次会，就这件事重新表决。");

public sealed record NothingVotedYet() : Refusal("这个议题还没有表决，没有票数可以更正。请刷新页面。");

public sealed record SameVotes() : Refusal("填的票数和原来一样，没有要更正的。");

public sealed record CountedByTellers() : Refusal("无记名投票由两名监票人各自点票、点得一样才记下，票数不在这里更正。对结果有疑问的，请另提一个议题重新投票。");

/// <summary>The step was opened again since: its vote holds no more anyway.</summary>
public sealed record VoteHoldsNoMore(PlannedStep Step) : Refusal($"“{Step.Name}”已经重新开启，这次表决不再作数，不用更正。请重新宣读积分表、重新表决。", Step.Clause);

/// <summary>What came after would stand on nothing.</summary>
public sealed record TableIsBuiltOn(PlannedStep Step, IReadOnlyList<PlannedStep> Resting) : Refusal(
    $"照这次表决已经办了“{string.Join("”“", Resting.Select(one => one.Name))}”，票数不能直接更正。请散会以后由书记重新开启“{Step.Name}”（上级确认），再开一次会重新表决。",
    Step.Clause);

public sealed record ChangeIsCarriedOut() : Refusal(
    "照这次表决的冲正已经登记，或者正等第二人确认，不能改成未通过。还没有确认的，请先在“待确认”里退回；已经生效的，请另提一个“改动一人的积分”的议题，照它把原来的登记补回来。");

/// <summary>The application, the refinement has gone on by the wrong count.</summary>
public sealed record MatterHasMovedOn() : Refusal(
    "照这次表决已经往下办了（公示、登记、采用或者重新提请），票数不能直接更正。请把正确的票数写在会议记录上，主持人、记录人签字；结果也错了的，请就这件事再提一次、重新表决。");
