using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Jifen.Integration.SignIn;

/// <summary>Every request came in by https, as far as the site is told.</summary>
internal sealed class BehindTls : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            context.Request.Scheme = "https";
            return following(context);
        });
        next(app);
    };
}
