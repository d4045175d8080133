using System.Globalization;
using System.Text;
using Jifen.Cycle;
using Microsoft.AspNetCore.Identity;

namespace Jifen.Web.SignIn;

/// <summary>登录名: Chinese characters, letters, digits. What differs only in case or in full-width typing is the same name.</summary>
internal sealed class LoginNames : ILookupNormalizer
{
    private const int Shortest = 2;
    private const int Longest = 32;

    public string? NormalizeName(string? name) => name?.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant();

    /// <summary>Accounts have no mail address.</summary>
    public string? NormalizeEmail(string? email) => NormalizeName(email);

    /// <returns>why nobody can be called that, or null</returns>
    public static Refusal? Objection(string name)
    {
        var length = new StringInfo(name).LengthInTextElements;
        return length is < Shortest or > Longest || name.Any(letter => !char.IsLetterOrDigit(letter) && letter is not ('.' or '-' or '_' or '@'))
            ? new LoginNameNotPossible()
            : null;
    }
}

public sealed record LoginNameNotPossible() : Refusal("登录名用 2 至 32 个汉字、字母或数字，可以有 . - _ @，不能有空格。");
