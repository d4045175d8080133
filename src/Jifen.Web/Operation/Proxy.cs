using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Jifen.Web.Operation;

/// <summary>
/// A proxy in front that speaks TLS says for whom it asks and how it was asked. Believed of the addresses named in the configuration and of
/// nobody else: who may write these headers may pretend to be any device, and guesses of passwords are counted by it.
/// </summary>
public static class Proxy
{
    /// <param name="text">addresses or networks, by comma: <c>127.0.0.1, 10.0.0.0/8</c></param>
    /// <returns>null: one of them is neither</returns>
    public static IReadOnlyList<IPNetwork>? Read(string text)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(part, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(part, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                return null;
            }
        }

        return networks;
    }

    internal static void UseProxies(this IApplicationBuilder site, IReadOnlyList<IPNetwork> proxies)
    {
        if (proxies.Count == 0)
        {
            return;
        }

        // The host stays as the proxy passes it on: forms are compared with it.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As many as are ours: the first address that is not one of these is the visitor's.
            ForwardLimit = null,
        };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownIPNetworks.Add(proxy);
        }

        site.UseForwardedHeaders(options);
    }
}
