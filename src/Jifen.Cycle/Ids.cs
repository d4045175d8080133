namespace Jifen.Cycle;

/// <summary>An id with its own type, so that two of them cannot change places. UUID version 7, made at the edge.</summary>
public interface IId<T>
    where T : struct, IId<T>
{
    Guid Value { get; }

    static abstract T Of(Guid value);
}

/// <summary>党组织: any node of the tree. Its ledger stream carries the same id.</summary>
public readonly record struct OrganizationId(Guid Value) : IId<OrganizationId>
{
    public static OrganizationId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A person: member, activist, applicant, officer.</summary>
public readonly record struct PersonId(Guid Value) : IId<PersonId>
{
    public static PersonId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>One entry of the ledger.</summary>
public readonly record struct EntryId(Guid Value) : IId<EntryId>
{
    public static EntryId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>What a form or a caller did once: the same id a second time is the same deed, not a second one.</summary>
public readonly record struct OperationId(Guid Value) : IId<OperationId>
{
    public static OperationId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>活动</summary>
public readonly record struct GatheringId(Guid Value) : IId<GatheringId>
{
    public static GatheringId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>任职</summary>
public readonly record struct OfficeTermId(Guid Value) : IId<OfficeTermId>
{
    public static OfficeTermId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>佐证材料: a stored file.</summary>
public readonly record struct EvidenceId(Guid Value) : IId<EvidenceId>
{
    public static EvidenceId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>公示</summary>
public readonly record struct NoticeId(Guid Value) : IId<NoticeId>
{
    public static NoticeId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>异议、申诉: a case somebody raised.</summary>
public readonly record struct CaseId(Guid Value) : IId<CaseId>
{
    public static CaseId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>免予积分的申请</summary>
public readonly record struct ExemptionId(Guid Value) : IId<ExemptionId>
{
    public static ExemptionId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
