using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Jifen.Bench.Rivals;

/// <summary>
/// Which column of a member's sums a row adds to, and how much. The name of the fact is told by its length, its head and its tail,
/// looked up in a table without comparing: this is for exactly this file and nothing else.
/// </summary>
internal static unsafe class HandCsvKinds
{
    public const int Study = 0;
    public const int Speech = 1;
    public const int Grave = 2;
    public const int Meetings = 3;
    public const int Life = 4;
    public const int Dues = 5;
    public const int Reports = 6;
    public const int Role = 7;
    public const int Discipline = 8;
    public const int Gained = 9;
    public const int Deducted = 10;

    /// <summary>Goes nowhere: attendance, dues paid and the like.</summary>
    public const int Nothing = 11;

    /// <summary>Looked at with its level and content, or its points.</summary>
    public const int Commendation = 12;
    public const int Chosen = 13;

    /// <summary>Sums of one member fill one cache line.</summary>
    public const int Slots = 16;

    // Found by trial: no two names of jsit-2020 fall into one place.
    private const int Places = 1 << 12;
    private static readonly byte[] SlotAt = new byte[Places];
    private static readonly sbyte[] WeightAt = new sbyte[Places];

    /// <summary>Weights in halves: 未佩戴标识 costs half a point.</summary>
    private static readonly (string Name, int Slot, sbyte Weight)[] Kinds =
    [
        ("集中学习", Study, 2), ("违规言论", Speech, 10), ("严重违规言论", Grave, 2), ("会议缺席", Meetings, 4), ("组织生活迟到", Life, 4),
        ("组织生活早退", Life, 4), ("组织生活缺席", Life, 4), ("党费未按时", Dues, 4), ("党费未足额", Dues, 4), ("思想汇报", Reports, 2),
        ("未佩戴标识", Role, 1), ("投诉或履职不到位", Role, 4), ("违反规章请销假", Discipline, 2), ("不服从或不履职", Discipline, 4),
        ("违反八项十项规定", Discipline, 10), ("弘扬正气", Gained, 4), ("突发事件突出", Gained, 4), ("党内表彰", Commendation, 0),
        ("联系帮扶", Gained, 4), ("意见建议", Gained, 4), ("减分情形1", Deducted, 10), ("减分情形2", Deducted, 10), ("减分情形3", Deducted, 10),
        ("减分情形4", Deducted, 14), ("减分情形5", Deducted, 20), ("减分情形6", Chosen, 0), ("会议出席", Nothing, 0),
        ("组织生活出席", Nothing, 0), ("党费缴纳", Nothing, 0), ("联系师生情况", Nothing, 0), ("第三十一条情形", Nothing, 0), ("违纪", Nothing, 0),
    ];

    static HandCsvKinds()
    {
        var taken = new HashSet<int>();
        foreach (var (name, slot, weight) in Kinds)
        {
            var utf8 = System.Text.Encoding.UTF8.GetBytes($",{name},");
            fixed (byte* start = utf8)
            {
                var place = PlaceOf(start + 1, utf8.Length - 2);
                if (!taken.Add(place))
                {
                    throw new InvalidOperationException($"{name} falls into a place already taken");
                }

                SlotAt[place] = (byte)slot;
                WeightAt[place] = weight;
            }
        }
    }

    /// <param name="name">with the comma before it and the comma after it</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlaceOf(byte* name, int length)
    {
        var head = (ulong)Unsafe.ReadUnaligned<uint>(name);
        var tail = Unsafe.ReadUnaligned<ulong>(name + length - 7);
        return (int)(((tail ^ (head << 16)) + (ulong)length) * 0x9E3779B97F4A7C15 >> 52);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int Slot, int Weight) At(int place) =>
        (Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(SlotAt), place), Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(WeightAt), place));
}
