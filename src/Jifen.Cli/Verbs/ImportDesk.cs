using System.CommandLine;
using Dapper;
using Jifen.Cli.Usage;
using Jifen.Cycle;
using Jifen.Cycle.Organizations;
using Jifen.Cycle.Permissions;
using Jifen.Cycle.Records;
using Jifen.Store;
using Jifen.Store.Reads;

namespace Jifen.Cli.Verbs;

/// <summary>What the verbs that enter records have in common: into which branch, in whose office, or only looking.</summary>
internal sealed class ImportDesk
{
    private readonly Option<string> _organization = Typed.Text("--organization", "支部", "导入哪个支部：全称、简称或编号（UUID）", required: true);
    private readonly Option<string> _by = Typed.Text("--by", "编号", "以谁的职务导入：办理人在名册里的编号，或登录名；权限和网页上一样，账上记他的名字", required: true);
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "只检查，不入账" };

    public void AddTo(Command command)
    {
        command.Add(_organization);
        command.Add(_by);
        command.Add(_dryRun);
    }

    public bool IsDryRun(ParseResult parsed) => parsed.GetValue(_dryRun);

    /// <exception cref="RefusedException">there is no such branch or person, or the person may not</exception>
    /// <param name="isBranchOnly">false: also an organization above branches, for a list that names the branch of each line</param>
    public async Task<(OrganizationRow Branch, Actor By)> FindAsync(
        ParseResult parsed, Database database, ActionRow action, CancellationToken cancel, bool isBranchOnly = true)
    {
        var (name, number) = (parsed.GetValue(_organization)!, parsed.GetValue(_by)!);
        await using var connection = await database.Reader.OpenConnectionAsync(cancel);
        var persons = (await connection.QueryAsync<Guid>("select person_id from person where number = @number", new { number })).ToList();
        var organizations = (await connection.QueryAsync<Guid>(
            "select organization_id from organization where dissolved_on is null and (name = @name or short_name = @name or organization_id::text = lower(@name))",
            new { name })).ToList();
        if (persons.Count == 0)
        {
            // An officer from outside the roll may have a login name and no number.
            await using var owner = await database.Owner.OpenConnectionAsync(cancel);
            persons = (await owner.QueryAsync<Guid>("select person_id from account where lower(login_name) = lower(@number) and disabled_at is null", new { number })).ToList();
        }

        if (persons is not [var person])
        {
            throw new RefusedException($"没有编号或登录名为“{number}”的人。改法：--by 写办理人在名册里的编号，或登录名");
        }

        if (organizations is not [var organization])
        {
            throw new RefusedException(organizations.Count == 0
                ? $"没有叫“{name}”的党组织。改法：--organization 写支部的全称、简称或编号"
                : $"叫“{name}”的党组织有{organizations.Count}个。改法：写全称，或写编号：{string.Join("、", organizations)}");
        }

        await using var scope = await OpenAsync(database, new PersonId(person), cancel);
        var branch = (await Organizations.OneAsync(scope, new OrganizationId(organization), cancel))!;
        var by = await Actors.LoadAsync(scope, new PersonId(person), cancel) ?? throw new RefusedException($"编号为“{number}”的人已不在册。改法：换现任的记录员");
        return isBranchOnly && branch.KindOf != OrganizationKind.Branch ? throw new RefusedException($"“{branch.Name}”不是党支部。改法：写一个党支部")
            : !Authority.MayEver(action, by, await Scopes.OfAsync(scope, branch.OrganizationId, cancel))
                ? throw new RefusedException($"{by.Name}在“{branch.Name}”没有“{action.Name}”的职务。改法：--by 写这个支部记录员的编号")
                : (branch, by);
    }

    public static Task<DataScope> OpenAsync(Database database, PersonId person, CancellationToken cancel) =>
        DataScope.OpenAsync(database.App, person, TimeProvider.System.Today(), cancel);

    /// <summary>How a list names people: by their number, else by their name.</summary>
    public static string KeyOf(RecordPerson person) => person.Number ?? person.Name;
}
