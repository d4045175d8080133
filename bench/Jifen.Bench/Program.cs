using Jifen.Bench;
using Jifen.Bench.Figures;
using Jifen.Bench.Rivals;

// The hand-written csv loop is a process of its own, so that it is timed as jifen score is.
if (args is ["hand-csv", var members, var facts, var totals])
{
    HandCsv.Run(members, facts, totals);
    return 0;
}

var options = Options.Read(args);
using var work = new Workshop(options);
var table = FigureTable.Make(work);
Console.WriteLine(table);
if (options.WriteTo is { } path)
{
    File.WriteAllText(path, table);
}

return 0;
