using Jifen.Bench.Live;

var options = Options.Read(args);
var table = await LiveTable.MakeAsync(options);
Console.WriteLine(table);
if (options.WriteTo is { } path)
{
    await File.WriteAllTextAsync(path, table);
}
