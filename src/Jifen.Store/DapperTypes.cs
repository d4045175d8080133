using System.Data;
using Dapper;
using Jifen.Cycle;
using NpgsqlTypes;

namespace Jifen.Store;

/// <summary>Teaches Dapper the types of ours: ids are uuids, enums are kebab-case words, days are dates.</summary>
internal static class DapperTypes
{
    private static readonly Lazy<bool> Registered = new(RegisterOnce);

    /// <summary>May be called any number of times.</summary>
    public static void Register() => _ = Registered.Value;

    private static bool RegisterOnce()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        // Dapper has a mapping of its own for instants, which would win over the handler.
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new DayHandler());
        SqlMapper.AddTypeHandler(new InstantHandler());
        foreach (var type in typeof(IId<>).Assembly.GetTypes().Where(type => type.IsValueType
            && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>))))
        {
            SqlMapper.AddTypeHandler(type, (SqlMapper.ITypeHandler)Activator.CreateInstance(typeof(IdHandler<>).MakeGenericType(type))!);
        }

        return true;
    }

    private sealed class IdHandler<T> : SqlMapper.TypeHandler<T>
        where T : struct, IId<T>
    {
        public override T Parse(object value) => T.Of((Guid)value);

        public override void SetValue(IDbDataParameter parameter, T value) => parameter.Value = value.Value;
    }

    private sealed class DayHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override DateOnly Parse(object value) => value is DateOnly day ? day : DateOnly.FromDateTime((DateTime)value);

        public override void SetValue(IDbDataParameter parameter, DateOnly value)
        {
            ((Npgsql.NpgsqlParameter)parameter).NpgsqlDbType = NpgsqlDbType.Date;
            parameter.Value = value;
        }
    }

    private sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => value is DateTimeOffset instant ? instant : new DateTimeOffset((DateTime)value, TimeSpan.Zero);

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            ((Npgsql.NpgsqlParameter)parameter).NpgsqlDbType = NpgsqlDbType.TimestampTz;
            parameter.Value = value.ToUniversalTime();
        }
    }
}
