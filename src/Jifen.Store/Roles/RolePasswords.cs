using System.Security.Cryptography;

namespace Jifen.Store.Roles;

/// <summary>The passwords of the product's roles: random, known to no person, in a file of the data folder its owner alone reads.</summary>
internal sealed class RolePasswords
{
    private readonly Dictionary<string, string> _byRole;

    private RolePasswords(Dictionary<string, string> byRole) => _byRole = byRole;

    public string this[string role] => _byRole[role];

    /// <summary>One line for each role: name=password.</summary>
    public static RolePasswords In(string file)
    {
        var lines = SecretFile.ReadOrCreate(file, Invent).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var byRole = lines.Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        string[] needed = [DatabaseRole.Owner, DatabaseRole.App, DatabaseRole.Reader];
        return needed.All(byRole.ContainsKey)
            ? new RolePasswords(byRole)
            : throw new InstallationException($"口令文件“{file}”不完整", "从备份里取回它；本机自带的数据库，删去它再启动，会重新生成");
    }

    private static string Invent() => string.Concat(
        new[] { DatabaseRole.Owner, DatabaseRole.App, DatabaseRole.Reader }
            .Select(role => $"{role}={Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}\n"));
}
