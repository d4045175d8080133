namespace Jifen.Cycle.Notices;

/// <summary>拟公示: what is to be shown is frozen. It lies beside the ledger (names, even masked, can be erased); its digest is here.</summary>
/// <param name="Step">name of the step in the scheme; for an exemption the words of the scheme's 手续</param>
/// <param name="Digest">SHA-256 of the content, lower-case hex</param>
/// <param name="Replaces">更正公示: the notice it takes the place of</param>
/// <param name="Exemption">the application it is about; null: points of a round</param>
public sealed record NoticePrepared(NoticeId Notice, string Round, string Step, string Digest, NoticeId? Replaces, ExemptionId? Exemption) : IEvent;

/// <summary>发布公示. Its days are fixed here once and for all.</summary>
/// <param name="FirstOn">the day after it was published</param>
/// <param name="LastOn">last day of the notice, included; null where it has no days</param>
/// <param name="ObjectUntil">until then one may object, included; null where one cannot</param>
/// <param name="OpenToWeb">may be read without signing in by whoever has its address</param>
public sealed record NoticePublished(NoticeId Notice, DateOnly FirstOn, DateOnly? LastOn, DateOnly? ObjectUntil, bool OpenToWeb) : IEvent;
