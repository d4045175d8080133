using System.Text;
using Jifen.Scoring.Schemes;

namespace Jifen.Cycle.Schemes;

/// <summary>Where a branch starts from: a refinement without content, with every place the document leaves to it.</summary>
public static class RefinementText
{
    /// <param name="document">without a refinement; null where it could not be read</param>
    public static string Empty(Scheme? document, string branch, int year)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(branch).Append("的细则：只填办法里写“支部定”的地方，别的一概不能改。\n");
        text.Append("# 写法：“条款”里先写自己的话，“填”里每条写清填哪里、填多少、依据哪一条。\n");
        text.Append("细则:\n  编号: branch-").Append(year.ToString(System.Globalization.CultureInfo.InvariantCulture)).Append("\n  名称: ").Append(branch).Append(year).Append("年积分细则\n");
        text.Append("  细化: ").Append(document?.Id ?? "").Append("\n语言版本: 1\n文件版本: 1\n条款:\n  细则1: 在这里写支部自己的规定\n填:\n");
        foreach (var slot in document?.Slots ?? [])
        {
            text.Append("# 要填：").Append(slot.What).Append(slot.Clauses.Count == 0 ? "" : $"，依据{string.Join("、", slot.Clauses)}").Append('\n');
        }

        return text.ToString();
    }
}
