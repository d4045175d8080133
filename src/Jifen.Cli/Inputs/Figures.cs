using System.Text;

namespace Jifen.Cli.Inputs;

/// <summary>The figures in a text: runs of digits with a decimal part, full-width digits taken as ordinary ones.</summary>
internal static class Figures
{
    public static IEnumerable<string> In(string text)
    {
        var figure = new StringBuilder();
        for (var i = 0; i <= text.Length; i++)
        {
            var digit = i < text.Length ? DigitAt(text[i]) : '\0';
            if (digit != '\0')
            {
                figure.Append(digit);
            }
            else if (figure.Length > 0 && i + 1 < text.Length && text[i] is '.' or '．' && DigitAt(text[i + 1]) != '\0' && !Contains(figure, '.'))
            {
                figure.Append('.');
            }
            else if (figure.Length > 0)
            {
                yield return figure.ToString();
                figure.Clear();
            }
        }
    }

    private static char DigitAt(char c) => c switch
    {
        >= '0' and <= '9' => c,
        >= '０' and <= '９' => (char)(c - '０' + '0'),
        _ => '\0',
    };

    private static bool Contains(StringBuilder text, char c)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == c)
            {
                return true;
            }
        }

        return false;
    }
}
