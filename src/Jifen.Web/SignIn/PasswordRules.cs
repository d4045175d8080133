using Jifen.Store.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Jifen.Web.SignIn;

/// <summary>
/// Long rather than contrived: ten characters of any kind. Refused is what a guesser tries first: the known lists, runs on the keyboard,
/// one thing repeated, one's own name.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int Shortest = 10;
    public const int Longest = 128;

    private static readonly string[] Runs =
    [
        "01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
        "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujmikolp", "zaq12wsxcde34rfvbgt56yhn",
    ];

    // With what people put around them taken off: digits and signs at both ends.
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "password", "passw0rd", "p@ssword", "p@ssw0rd", "pa$$word", "pa$$w0rd", "mypassword", "newpassword", "administrator", "admin", "adminadmin",
        "root", "rootroot", "welcome", "letmein", "changeme", "iloveyou", "woaini", "woaiwoziji", "woaiwojia", "woaizhongguo", "zhongguo", "dangyuan",
        "dangyuandangyuan", "gongchandang", "jifen", "jifence", "test", "testtest", "guest", "default", "secret", "superman", "sunshine", "princess",
        "football", "dragon", "master", "monkey", "shadow", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abc", "abcd", "abcdef", "aaa", "computer", "internet",
        "trustnoone", "whatever", "basketball", "michael", "jordan", "charlie", "liverpool", "chelsea", "pokemon", "naruto", "samsung", "taobao", "weixin",
        "wechat", "xuexiqiangguo", "qiangguo", "user", "login", "system", "manager", "student", "teacher", "school", "xuexiao", "laoshi", "beijing",
        "shanghai", "jiangsu", "nanjing", "wuxi", "suzhou", "china", "我爱你", "我爱中国", "中国共产党", "为人民服务", "密码", "密码密码", "不忘初心",
    };

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(Objection(user.LoginName, password ?? "") is { } why
            ? IdentityResult.Failed(new IdentityError { Code = "PasswordTooCommon", Description = why })
            : IdentityResult.Success);

    /// <returns>why a guesser finds it soon, or null</returns>
    internal static string? Objection(string? loginName, string password)
    {
        if (password.Length > Longest)
        {
            return $"密码太长，最多 {Longest} 个字符。";
        }

        var plain = password.ToLowerInvariant();
        if (plain.Distinct().Count() < 5 || IsRepeated(plain))
        {
            return "密码里重复太多，一猜就中。换几个不相干的词连起来，好记也难猜。";
        }

        if (Runs.Any(run => run.Contains(plain, StringComparison.Ordinal) || Reverse(run).Contains(plain, StringComparison.Ordinal)))
        {
            return "密码是键盘或数字上连着的一串，一猜就中。换几个不相干的词连起来，好记也难猜。";
        }

        var bare = plain.Trim([.. "0123456789!@#$%^&*()_-+=.,~?/ "]);
        if (Words.Contains(plain) || Words.Contains(bare) || bare.Length < 2)
        {
            return "这是常见的密码，猜密码的人最先试它。换几个不相干的词连起来，好记也难猜。";
        }

        return loginName is { Length: >= 4 } name && plain.Contains(name.ToLowerInvariant(), StringComparison.Ordinal)
            ? "密码里有登录名，容易被猜中。请换一个。"
            : null;
    }

    // abcabcabcabc: it stands in itself, moved.
    private static bool IsRepeated(string text) => text.Length > 1 && (text + text).IndexOf(text, 1, StringComparison.Ordinal) <= text.Length / 2;

    private static string Reverse(string text) => new([.. text.Reverse()]);
}
