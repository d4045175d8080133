namespace Jifen.Store.Roles;

/// <summary>The roles the product works as. Their rights on tables are granted by the migrations.</summary>
public static class DatabaseRole
{
    /// <summary>Owns everything and runs the migrations; nothing else.</summary>
    public const string Owner = "jifen_owner";

    /// <summary>The running system: row-level security binds it, the ledger it can only append to.</summary>
    public const string App = "jifen_app";

    /// <summary>Reads, and nothing else.</summary>
    public const string Reader = "jifen_reader";
}
