using System.Text;

namespace Jifen.Bench.Generation;

/// <summary>What is written under 内容: topics of study, months of dues, names of honours. Position 0 is none.</summary>
internal static class Contents
{
    public const int FirstTopic = 1;
    public const int Topics = 12;
    public const int FirstMonth = FirstTopic + Topics;
    public const int FirstHonour = FirstMonth + 12;
    public const int Honours = 8;

    public static readonly IReadOnlyList<byte[]> All = new[]
    {
        "",
        "党章专题", "条例学习", "廉洁教育", "会议精神", "形势报告", "主题党日", "先锋故事", "安全保密", "师德师风", "党史", "专题党课", "集中研讨",
        "1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月",
        "优秀共产党员", "优秀党务工作者", "先锋示范岗", "志愿服务先进个人", "师德标兵", "最美党员", "服务育人先进", "抗灾先进个人",
    }.Select(Encoding.UTF8.GetBytes).ToArray();
}
