// The command line as commander knows it: names, options, help. Runs nothing and loads nothing heavy.
import { Command, CommanderError, Option } from 'commander'
import { version } from '../workflows/version.ts'
import { describeOption, examples, exitCodes, intro } from './help.ts'
import {
  account,
  awsOptions,
  fileOptions,
  gather,
  origins,
  outputOptions,
  planHash,
  planningOptions,
  variablePrefix,
  whole,
} from './options.ts'
import type { Run } from './session.ts'

/** What the command line asks for. */
export interface Invocation {
  command: string
  options: { [name: string]: unknown }
  args: string[]
  load(): Promise<{ run: Run<never> }>
}

export interface Words {
  out(text: string): void
  err(text: string): void
  columns?: number
}

/** The whole program; each command's action only says what was asked for. */
export const makeProgram = (
  choose: (invocation: Invocation) => void,
  { out, err, columns = 80 }: Words,
): Command => {
  const program = new Command('cogsync')
    .description(intro)
    .usage('<command> [options]')
    .version(`cogsync ${version}`, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'help for a command')
    .helpCommand('help [command]', 'help for a command')
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({
      commandDescription: command => command.description(),
      showGlobalOptions: false,
      optionDescription: describeOption,
    })
    .configureOutput({
      writeOut: out,
      writeErr: err,
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
      outputError: () => {},
    })
    .addHelpText('after', exitCodes)

  const command = (
    usage: string,
    summary: string,
    description: string,
    load: Invocation['load'],
  ): Command => {
    const made = program.command(usage).summary(summary).description(description)
    return made.action((...given: unknown[]) => {
      const args = given.slice(0, -2).filter((each): each is string => typeof each === 'string')
      choose({ command: made.name(), options: made.opts(), args, load })
    })
  }

  outputOptions(
    command(
      'init',
      'write a first cognito.yaml',
      'Writes a commented cognito.yaml: one user pool that people sign in to by email, its sign-in domain with a prefix nobody else has, and an app client for a browser app. Asks nothing, and never overwrites a file without --force.',
      () => import('./commands/init.ts'),
    )
      .option('-c, --config <file>', 'the file to write (default: $COGSYNC_CONFIG, else cognito.yaml)')
      .option('--stack <name>', "what owns it all (default: the folder's name)")
      .option('--region <region>', 'the AWS Region (default: $AWS_REGION, else us-east-1)')
      .option('--force', 'overwrite the file'),
  ).addHelpText(
    'after',
    examples(
      ['cogsync init', 'names it after the folder'],
      ['cogsync init --stack shop --region eu-west-1', ''],
    ),
  )

  outputOptions(
    fileOptions(
      command(
        'validate',
        'check the file, without asking AWS',
        'Checks everything that can be known from the file alone: its form, its references, and the rules that Cognito would only tell you at apply. Needs no credentials and no network. Exit code 3 when the file is invalid.',
        () => import('./commands/validate.ts'),
      ),
    ),
  ).addHelpText(
    'after',
    examples(['cogsync validate', ''], ['cogsync validate --env prod --json', 'for a machine to read']),
  )

  outputOptions(
    awsOptions(
      planningOptions(
        fileOptions(
          command(
            'plan',
            'show what apply would do',
            "Reads AWS, compares it with the file, and prints what apply would do: per resource, per setting, with what is dangerous labelled. Changes nothing. What the file does not mention goes back to AWS's default, and those settings are listed apart.",
            () => import('./commands/plan.ts'),
          )
            .option('-o, --out <file>', 'save the plan to a new file, for `cogsync apply`')
            .option('--markdown', 'print GitHub markdown')
            .option('--detailed-exitcode', 'exit code 2 when there are differences')
            .option('--base <ref>', 'tell what the file changed since it left this git ref from older drift')
            .option('--since <ref>', 'look only at what the file changed since it left this git ref'),
        ),
      ),
    ),
  ).addHelpText(
    'after',
    examples(
      ['cogsync plan', ''],
      ['cogsync plan --env prod --out prod.plan.json', 'to apply exactly this later'],
      ['cogsync plan --fail-on login-breaking', 'in a pull request'],
      ['cogsync plan --base origin/main', 'drift told apart'],
      ['cogsync plan --target userPools.customers', 'one pool and what it needs'],
    ),
  )

  outputOptions(
    awsOptions(
      planningOptions(
        fileOptions(
          command(
            'apply [plan-file]',
            'make AWS what the file says',
            'Makes a plan, shows it, asks, and carries it out. Given a saved plan, plans again from the file and AWS, and goes on only if that is the plan that was saved. A plan with blocked changes is not applied at all unless --skip-blocked is given. When something fails, what was done stays done and the next apply finishes the rest.',
            () => import('./commands/apply.ts'),
          )
            .option('-y, --yes', 'approve the plan without being asked')
            .option('--no-input', 'never ask: without --yes, refuse')
            .option('--skip-blocked', 'apply the rest of a plan that has blocked changes')
            .option(
              '--expect-hash <hash>',
              'refuse any plan but the reviewed one, which has this hash',
              planHash,
            )
            .option('--no-file', 'carry out a saved plan without its file; needs --expect-hash'),
        ),
      ),
    ),
  ).addHelpText(
    'after',
    examples(
      ['cogsync apply', 'plan, show, ask, apply'],
      ['cogsync apply --yes --env prod', 'in CI'],
      ['cogsync apply prod.plan.json --yes', 'exactly what was reviewed'],
    ),
  )

  outputOptions(
    awsOptions(
      fileOptions(
        command(
          'destroy',
          'delete what is named, for good',
          'Deletes the resources that --target names and what is under them, once their names in AWS have been typed or passed. Whatever of this stack refers to them lets go first: identity pools of app clients, app clients of providers and scopes. Deletion protection is switched off last. Refuses what others own. When something fails, the same command goes on where it stopped.',
          () => import('./commands/destroy.ts'),
        ),
      )
        .option('-t, --target <address>', 'what to destroy; may be repeated', gather)
        .option('--confirm <name>', 'its name in AWS, instead of typing it; may be repeated', gather)
        .option('--no-input', 'never ask: without --confirm, refuse'),
    ),
  ).addHelpText(
    'after',
    examples(
      ['cogsync destroy --target userPools.customers', 'show what would go, and ask for the name'],
      ['cogsync destroy -t userPools.customers --confirm shop-customers', 'in a script'],
    ),
  )

  outputOptions(
    awsOptions(
      fileOptions(
        command(
          'drift',
          'tell whether AWS still is what the file says',
          'Reads AWS and reports what differs from the file, for instance because somebody clicked in the console. Exit code 0: no drift. 2: drift. 4: something could not be read, so nobody knows.',
          () => import('./commands/drift.ts'),
        ),
      )
        .option('-t, --target <address>', 'only this resource; may be repeated', gather)
        .option('--full', 'look also at what the file says nothing of; each such part costs a read')
        .option('--accept', 'write what AWS has into the file, for a pull request'),
    ),
  ).addHelpText(
    'after',
    examples(
      ['cogsync drift', ''],
      ['cogsync drift --env prod --json', 'on a schedule'],
      ['cogsync drift --accept', 'keep what somebody changed in the console'],
    ),
  )

  outputOptions(
    awsOptions(
      command(
        'import',
        'write a file of what AWS has',
        'Reads user pools, the identity pools that trust them and the roles they use, and writes a cognito.yaml: what differs from AWS defaults, with names instead of ids. Changes nothing in AWS. The first plan of the file only takes ownership, by tags.',
        () => import('./commands/import.ts'),
      )
        .option('--all', 'everything in the Region that no other stack owns')
        .option('--pool <id-or-name>', 'this pool and what belongs to it; may be repeated', gather)
        .option('--stack <name>', 'what is to own it all')
        .option('--region <region>', 'the AWS Region (default: $AWS_REGION)')
        .option('-o, --out <file>', 'the file to write (default: $COGSYNC_CONFIG, else cognito.yaml)')
        .option('--into <file>', 'add to this file instead, without changing a line of it')
        .option('-e, --env <name>', 'the environment of the file that this is')
        .option('--force', 'overwrite the file'),
    ),
  ).addHelpText(
    'after',
    examples(
      ['cogsync import --all --stack shop', 'everything there is'],
      ['cogsync import --pool eu-west-1_AbC123xyz --stack shop', 'one pool'],
      ['cogsync import --pool partners --into cognito.yaml', 'one more'],
    ),
  )

  outputOptions(
    awsOptions(
      fileOptions(
        command(
          'outputs [address]',
          'print ids, URLs and ARNs for apps',
          'Reads AWS and prints what apps and other tools need: ids and ARNs, issuer, JWKS and discovery URLs, the domain, sign-in and sign-out URLs ready to open. For the whole file, or for one resource and what is under it. Changes nothing. Exit code 1 when something does not exist yet.',
          () => import('./commands/outputs.ts'),
        )
          .addOption(
            new Option('-f, --format <format>', 'how to print it (default: table), one of').choices([
              'table',
              'json',
              'dotenv',
              'amplify',
              'tfvars',
            ]),
          )
          .option('--prefix <text>', 'put before each name in dotenv, such as VITE_', variablePrefix)
          .option('--client <key>', 'the app client for amplify, where the file has several')
          .option('--limits', 'the request rates of the account too, as they are; cogsync never changes them')
          .option('--show-secrets', 'client secrets too; only on a terminal, and never in CI')
          .option('--force', 'with --show-secrets: wherever the output goes'),
      ),
    ),
  ).addHelpText(
    'after',
    `
Names in dotenv and tfvars are the keys of the file and then what it is, always
in full, so that a second pool renames nothing: CUSTOMERS_USER_POOL_ID,
CUSTOMERS_WEB_CLIENT_ID.
${examples(
  ['cogsync outputs', ''],
  ['cogsync outputs userPools.customers', 'one pool and what is under it'],
  ['cogsync outputs --format dotenv --prefix VITE_ > .env', 'for a browser app'],
  ['cogsync outputs --format amplify > amplify_outputs.json', 'for Amplify libraries'],
  ['cogsync outputs --format tfvars > cogsync.auto.tfvars.json', 'for Terraform'],
)}`,
  )

  outputOptions(
    awsOptions(
      fileOptions(
        command(
          'rotate <client>',
          "replace an app client's secret, in two steps",
          'Adds a second secret to an app client and puts it where `clientSecretTo` says; both work, so that every app can change over. With --finish, removes the first one. A second secret that was never delivered is replaced by another. Values are never printed. Refuses clients without a secret or without `clientSecretTo`, and a second secret that cogsync did not add.',
          () => import('./commands/rotate.ts'),
        )
          .option('--finish', 'the second step: remove the first secret')
          .option('-y, --yes', 'go on without being asked')
          .option('--no-input', 'never ask: without --yes, refuse'),
      ),
    ),
  ).addHelpText(
    'after',
    examples(
      ['cogsync rotate userPools.customers.clients.worker', 'add, deliver'],
      ['cogsync rotate userPools.customers.clients.worker --finish', 'once no app uses the first one'],
    ),
  )

  outputOptions(
    command(
      'explain [path]',
      'explain a setting, a block or a code',
      "Says of a setting what may be written, what leaving it out means, whether it can change and what a change does, AWS's name for it, and gives an example. Of a block it lists what stands there, and of a diagnostic code it says what it means. Needs neither the file nor AWS.",
      () => import('./commands/explain.ts'),
    ),
  ).addHelpText(
    'after',
    examples(
      ['cogsync explain userPools.mfa', 'a block'],
      ['cogsync explain passwordPolicy.minimumLength', 'a setting; its end is enough'],
      ['cogsync explain userPools.customers.clients.web.callbackUrls', 'as it stands in a file'],
      ['cogsync explain COG2005', 'a diagnostic code'],
    ),
  )

  command(
    'matrix [files]',
    'print files and environments for a job matrix',
    'Finds files by name or glob, and prints each with each of its environments as one line of JSON, for `strategy.matrix` of GitHub Actions. Needs no credentials and no network.',
    () => import('./commands/matrix.ts'),
  )
    .option('-e, --env <name>', 'only this environment; may be repeated', gather)
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .addHelpText(
      'after',
      examples(
        ["cogsync matrix 'stacks/*/cognito.yaml'", 'a fleet, a job for each'],
        ['cogsync matrix --env prod', ''],
      ),
    )

  outputOptions(
    fileOptions(
      command(
        'iam',
        'print the IAM policy that a file needs',
        "Prints the least that IAM must allow the role that plans, or that applies: the operations cogsync uses, on the file's own pools and roles. What is pinned with `id:` is named by its ARN, other pools by cogsync's tags. Needs no credentials.",
        () => import('./commands/iam.ts'),
      )
        .option('--plan', 'what plan, drift, outputs and everything else that reads need')
        .option('--apply', 'what apply needs: that, and writing')
        .option('--rotate', 'what rotate needs')
        .option('--destroy', 'what destroy needs: what apply needs, and deleting pools')
        .option('--account <id>', "the account (default: the file's, else any)", account),
    ),
  ).addHelpText(
    'after',
    examples(
      ['cogsync iam --plan > plan-role.json', 'for the role of pull requests'],
      ['cogsync iam --apply --env prod > apply-role.json', 'for the role of the pipeline'],
    ),
  )

  outputOptions(
    command(
      'show <plan-file>',
      'print a saved plan',
      'Prints a plan that `cogsync plan --out` saved. Asks AWS nothing and reads no file, so it cannot tell whether the plan is right: apply does.',
      () => import('./commands/show.ts'),
    ).option('--markdown', 'print GitHub markdown'),
  ).addHelpText(
    'after',
    examples(
      ['cogsync show prod.plan.json', ''],
      ['cogsync show prod.plan.json --markdown', 'for a pull request'],
    ),
  )

  command(
    'schema',
    'print the JSON Schema of cognito.yaml',
    'Prints the JSON Schema of the file, from which editors complete and check. Files that `init` writes name a published copy of it.',
    () => import('./commands/schema.ts'),
  ).addHelpText('after', examples(['cogsync schema > cognito.schema.json', '']))

  command(
    'sandbox',
    'run a local AWS to rehearse on',
    'Starts a local AWS for what cogsync uses: Cognito user pools and identity pools, IAM roles, STS. It is strict, needs no account, and any AWS client can talk to it. Prints the environment variables a shell needs, logs requests, and runs until Ctrl-C.',
    () => import('./commands/sandbox.ts'),
  )
    .option('--demo', 'a tour in seconds: create, change in the console, drift, repair')
    .option('--port <n>', 'the port; 0 for any free one (default: 4747)', whole(0, 65_535))
    .option('--data <file>', 'keep what it holds in this file')
    .option('--latency <ms>', 'let every request take longer', whole(0, 60_000))
    .addOption(
      new Option(
        '--quotas <whose>',
        "refuse what exceeds AWS's request quotas (default: none), one of",
      ).choices(['aws', 'none']),
    )
    .option('--account <id>', 'the account it plays (default: 000000000000)', account)
    .option('--policy <file>', 'allow callers only what this IAM policy allows')
    .option(
      '--allow-origin <url>',
      'let pages of this origin ask too, as far as no signature is needed; may be repeated',
      origins,
    )
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .option('-q, --quiet', 'do not log requests')
    .addHelpText(
      'after',
      examples(
        ['cogsync sandbox --demo', 'the tour'],
        ['cogsync sandbox --data .sandbox.json', 'a rehearsal room that remembers'],
      ),
    )

  const shells = ['bash', 'zsh', 'fish', 'powershell']
  command(
    'completion',
    'print a shell completion script',
    'Prints a script that completes commands and options in your shell.',
    () => import('./commands/completion.ts'),
  )
    .addArgument(program.createArgument('<shell>', 'your shell').choices(shells))
    .addHelpText(
      'after',
      `\nTo set it up:\n  bash  source <(cogsync completion bash)             in ~/.bashrc\n  zsh   source <(cogsync completion zsh)              in ~/.zshrc\n  fish  cogsync completion fish | source              in ~/.config/fish/config.fish\n`,
    )

  command(
    'version',
    'print what is running',
    'Prints the versions of cogsync, node and the AWS SDK inside: what a bug report needs.',
    () => import('./commands/version.ts'),
  ).option('--json', 'print one JSON document')

  program
    .command('complete', { hidden: true })
    .argument('[args...]')
    .allowUnknownOption()
    .helpOption(false)
    .action(() => {
      const rest = program.args.slice(1)
      choose({
        command: 'complete',
        options: {},
        args: rest,
        load: async () => ({ run: (await import('./commands/completion.ts')).complete }),
      })
    })

  return program
}

export const isCommanderError = (error: unknown): error is CommanderError => error instanceof CommanderError
