using System.Text;
using Jifen.Scoring.Schemes;
using Jifen.Scoring.Scorecards;

namespace Jifen.Bench.Generation;

/// <summary>jsit-2020 with the example refinement that is delivered with it.</summary>
internal sealed class JsitScheme
{
    public JsitScheme(string root)
    {
        SchemePath = Path.Combine(root, "schemes", "jsit-2020", "jsit-2020.scheme.yaml");
        RefinementPath = Path.Combine(root, "schemes", "jsit-2020", "example.refinement.yaml");
        var scheme = File.ReadAllBytes(SchemePath);
        var refinement = File.ReadAllBytes(RefinementPath);
        SchemeText = Encoding.UTF8.GetString(scheme);
        RefinementText = Encoding.UTF8.GetString(refinement);
        var loaded = SchemeLoader.Load(new SchemeSource(SchemePath, scheme), new SchemeSource(RefinementPath, refinement));
        Scheme = loaded.Value ?? throw new InvalidOperationException(string.Join('\n', loaded.Problems));
        JsitKinds.Check(Scheme);
        Plan = Plan.Compile(Scheme, BranchYears.Year);
    }

    public string SchemePath { get; }

    public string RefinementPath { get; }

    public string SchemeText { get; }

    public string RefinementText { get; }

    public Scheme Scheme { get; }

    public Plan Plan { get; }
}
