namespace Jifen.Cli.Text;

/// <summary>A label with what belongs under it, drawn with box-drawing characters.</summary>
internal sealed record Tree(string Label, params IReadOnlyList<Tree> Branches)
{
    /// <summary>The label at the margin, its branches under it.</summary>
    public void Write(TextWriter to)
    {
        to.WriteLine(Label.TrimEnd());
        Write(to, "");
    }

    private void Write(TextWriter to, string margin)
    {
        for (var i = 0; i < Branches.Count; i++)
        {
            var last = i == Branches.Count - 1;
            to.WriteLine($"{margin}{(last ? "└─ " : "├─ ")}{Branches[i].Label.TrimEnd()}");
            Branches[i].Write(to, margin + (last ? "   " : "│  "));
        }
    }
}
