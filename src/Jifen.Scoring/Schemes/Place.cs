namespace Jifen.Scoring.Schemes;

/// <summary>Where something stands in a scheme file: file, line, column (1-based).</summary>
public readonly record struct Place(string Source, int Line, int Column);
