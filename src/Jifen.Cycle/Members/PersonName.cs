using System.Security.Cryptography;
using System.Text;

namespace Jifen.Cycle.Members;

/// <summary>What a person is called. Kept apart from the ledger so that it can be erased; the ledger holds the digest.</summary>
/// <param name="Number">编号: staff or student number, never an identity number; null where there is none</param>
/// <param name="Salt">random, hex; erased with the name, after which the digest cannot be guessed back into a name</param>
public sealed record PersonName(PersonId Person, string? Number, string Name, string? Salt)
{
    /// <summary>Longest name and number, in characters.</summary>
    public const int Longest = 50;

    /// <summary>SHA-256, hex, of person, name, number and salt with a space between; of person and name alone where there is no salt.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        Salt is null ? $"{Person} {Name}" : $"{Person} {Name} {Number} {Salt}")));

    /// <returns>why this cannot be kept, or null</returns>
    public Refusal? Objection()
    {
        if (Name.Length == 0)
        {
            return new NameIsMissing();
        }

        if (Name.Length > Longest || Number?.Length > Longest)
        {
            return new NameIsTooLong();
        }

        return Number is not null && LooksLikeIdentityNumber(Number) ? new IdentityNumberIsNotKept() : null;
    }

    /// <summary>公民身份号码: eighteen digits, the last of which may be X, with a possible day of birth.</summary>
    public static bool LooksLikeIdentityNumber(string text) =>
        text.Length == 18
        && text.AsSpan(0, 17).IndexOfAnyExceptInRange('0', '9') < 0
        && (char.IsAsciiDigit(text[17]) || text[17] is 'X' or 'x')
        && text[6..8] is "19" or "20"
        && string.CompareOrdinal(text[10..12], "12") <= 0
        && string.CompareOrdinal(text[12..14], "31") <= 0;
}

public sealed record NameIsMissing() : Refusal("没有写姓名。请写上姓名再提交。");

public sealed record NameIsTooLong() : Refusal($"姓名、编号至多 {PersonName.Longest} 个字。请检查是不是把别的内容贴进来了。");

/// <summary>Data minimisation: nothing in the product needs it.</summary>
public sealed record IdentityNumberIsNotKept()
    : Refusal("编号像是身份证号。本系统不收集身份证号，请改用工号、学号或支部自编的号。");
