namespace Jifen.Demo;

/// <summary>Invented names. Nobody is meant: surnames by how common they are, given names drawn from two lists.</summary>
internal sealed class DemoNames(Random random)
{
    private static readonly string[] Surnames =
        ["李", "王", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "欧阳"];

    private static readonly string[] First =
        ["文", "志", "晓", "建", "海", "雨", "思", "子", "明", "佳", "若", "景", "书", "云", "立", "宇", "静", "春", "安", "博", "承", "念", "庆", "润", "芳", "国", "秋", "婉", "远", "知"];

    private static readonly string[] Last =
        ["华", "军", "敏", "涛", "琳", "阳", "洁", "峰", "宁", "颖", "航", "萍", "辉", "岚", "杰", "薇", "林", "清", "松", "瑶", "平", "霞", "舟", "禾", "川", "兰", "然", "轩", "玥", "礼"];

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>A name nobody else in the world has.</summary>
    public string Next()
    {
        while (true)
        {
            var surname = Surnames[Math.Min(random.Next(Surnames.Length), random.Next(Surnames.Length))];
            var given = random.Next(5) == 0 ? Last[random.Next(Last.Length)] : First[random.Next(First.Length)] + Last[random.Next(Last.Length)];
            if (_used.Add(surname + given))
            {
                return surname + given;
            }
        }
    }
}
