// What docs/security.md promises, and the tests that try to break it.
import type { Page } from './page.ts'

const never = 'test/journeys/never.test.ts'
const permissions = 'test/journeys/permissions.test.ts'
const documented = 'test/journeys/documented.test.ts'
const secrets = 'test/hostile/secrets.test.ts'
const hostileFiles = 'test/hostile/hostile-files.test.ts'
const hostileAws = 'test/hostile/hostile-aws.test.ts'
const changes = 'test/project/promises.test.ts'
const trust = 'test/action/trust.test.ts'
const supply = 'test/project/supply-chain.test.ts'
const edited = 'test/hostile/edited-plans.test.ts'
const saved = 'test/journeys/saved-plans.test.ts'
const flows = 'test/hostile/secret-flows.test.ts'
const said: [string, string] = [
  flows,
  'what a change sends is said with its source and its destination, and anything new of either has an impact',
]
const suffices: [string, string] = [documented, 'when the file ${what}']

export const security: Page = {
  path: 'docs/security.md',
  promises: {
    'nothing in it is executed': [[hostileFiles, 'validate survives any text, any bytes and any mistake']],
    "`${file:…}` stays below the file's folder and reads nothing hidden (`.git/config`, `.env`), links followed":
      [
        [flows, 'from a file with a hidden part, wherever a link leads'],
        [flows, 'from any path that leads to a hidden file'],
        [hostileFiles, '${file:%s} is no path inside the repository'],
        [hostileFiles, '${file:%s} is not read'],
      ],
    'the environment is read only by declared secrets, only where a secret is asked for, and never from a variable of the runner or of AWS':
      [
        [flows, 'from a variable of the runner or of AWS, even if a saved plan says so'],
        [hostileFiles, 'a variable of the environment that is not declared cannot be had: %s'],
      ],
    'secrets are never rendered': [[secrets, 'no command says a secret, or writes one']],
    'where each secret is read and sent stands in the plan': [said],
    'each impact is named there, `secret-flow` for a new source or destination, and `--fail-on` stops at it':
      [
        said,
        ['test/cli/commands.test.ts', '%s ends as it should (%#)'],
        [
          'test/action/inside.test.ts',
          'refuses deletions, blocked changes and impacts that the workflow does not allow',
        ],
      ],
    'the action only validates what a fork is behind, [whatever the event](github-action.md#whose-an-event-is) (`test/action/trust.test.ts`)':
      [
        [trust, 'plans, applies and compares nothing for a fork, whatever event it comes by'],
        [trust, "is a fork's as soon as one place of it names another repository, or one that is gone"],
        ['test/action/inside.test.ts', 'of a fork is validated only, and needs no credentials'],
      ],
    'text from AWS is printed with control characters made visible, and escaped in markdown': [
      [hostileAws, 'texts %s are printed safely, and imported into a file that is valid'],
      ['test/action/comment.test.ts', 'is only text: %j'],
    ],
    "what is not cogsync's is left alone": [
      ['test/journeys/ownership.test.ts', 'and bears the name is an error, until it is pinned or adopted'],
      [permissions, 'writes no pool that is not this stack’s'],
    ],
    'no secret is in any of them, and no hash of one': [
      [secrets, 'no command says a secret, or writes one'],
      [secrets, 'no secret is said when an answer is spoilt'],
    ],
    'of a refused request that carried a secret nothing is shown that AWS wrote': [
      [flows, 'when a request carried a secret, nothing that AWS says of it is shown, in whatever spelling'],
    ],
    '`apply` plans again from the file and AWS and carries out its own plan, only if it is the one that was saved':
      [
        [edited, 'sends nothing that a fresh plan would not have sent'],
        [saved, 'is made again, beside the file it was made from, in the way it was made'],
        [saved, 'that is refused shows the plan of now, as text and as a document'],
        [saved, 'when what it touches has changed, naming what, when, and how to go on'],
        [
          'test/action/inside.test.ts',
          'does nothing that a saved plan says and the file does not, however it is sealed',
        ],
      ],
    'what it deletes is counted by calls': [
      ['test/render/effect.test.ts', 'is counted as one, by its calls, whatever it is labelled: %s'],
    ],
    'Without the file (`--no-file`) the hash must come from elsewhere': [
      [edited, 'is refused without its file when it is not the one with the reviewed hash'],
    ],
    'the published package has no dependencies and no install scripts': [
      ['test/project/pack.test.ts', 'needs no other package'],
      [changes, 'the package runs nothing when it is installed'],
    ],
    "releases are published by `release.yml` alone, without a token, with npm's provenance": [
      [supply, 'is published by the workflow itself, with its provenance, by no token'],
      [
        'test/project/releases.test.ts',
        'nothing but release.yml publishes: no other workflow, no script and no file of the pipeline',
      ],
    ],
    'actions are named by commit': [
      [
        supply,
        'is named by its commit, with the version beside it, or is one that cannot be, with a word on it',
      ],
      [supply, 'is in every step that GitHub would take for one'],
    ],
    'It needs no credentials.': [[permissions, 'cogsync iam asks AWS nothing, and needs no credentials']],
    "`--plan` is enough for all that is read of the file's stack, and allows no write.": [
      suffices,
      [permissions, 'reads everything, and writes nothing'],
    ],
    '`--rotate` adds what `cogsync rotate` needs, to show its steps too, and `--destroy` what `cogsync destroy` needs on top of `--apply`; `--plan` is enough to show what it would delete.':
      [[documented, "every command of the documents, ${environment ?? 'without an environment'}"], suffices],
    'this pool, by its ARN': [
      [permissions, 'of a file whose pools are pinned may create none and names them'],
    ],
    'A file whose pools are all pinned needs no permission to create any': [
      [permissions, 'of a file whose pools are pinned may create none and names them'],
    ],
    "pools that carry this stack's tags": [[permissions, 'writes no pool that is not this stack’s']],
    'Creating is allowed with these tags only': [
      [changes, 'pools are created with the tags of the stack only'],
    ],
    'this pool: reading, and writing the clients or whatever the file has in it': [
      suffices,
      ['test/journeys/examples.test.ts', 'app-team writes nothing but its clients'],
    ],
    'every pool of the Region, since IAM knows no names': [
      [permissions, 'the policy of a pool that is given by its name says that it is wide'],
    ],
    "any function's policy, but only permissions for Cognito": [
      [permissions, 'an apply role may write permissions of functions for Cognito only'],
    ],
    'by name': [[permissions, 'hands over the roles of the file, and others only where the file is silent']],
    '`iam:PassRole` on the roles that the file hands to Cognito, and to Cognito only': [
      [permissions, 'hands over the roles of the file, and others only where the file is silent'],
    ],
    'those the file names': [[permissions, 'does not read secrets that need not be compared']],
    'So `--apply` allows `iam:PassRole` on any role, to Cognito only, in a statement of its own, `PassCarriedRoles`, as long as the file is silent about such a setting.':
      [[permissions, 'hands over the roles of the file, and others only where the file is silent']],
    'To try a policy before you attach it, start the sandbox under it: `cogsync sandbox --policy apply-role.json` refuses what AWS would refuse.':
      [[permissions, 'writes no pool that is not this stack’s']],
    'The tests do the same: every journey runs under the policy of its own file, and together they need every action in it; every command of these pages runs under the policy that is printed for it.':
      [
        [
          'test/journeys/journeys.test.ts',
          'no journey needs more than cogsync iam allows, and together they need all of it',
        ],
        [
          documented,
          'every command of the documents is run here, or needs no permission, and the other way round',
        ],
      ],
    'cogsync drops them as soon as they are read, but whoever takes the plan role can call the operations themselves.':
      [[never, 'a secret that AWS generated is in nothing that was read, planned, saved or printed']],
    "`--debug` logs requests: operation, ids of pools, clients and roles, status, duration, AWS's request id.":
      [[permissions, '--debug tells the requests, and neither secrets nor the account']],
    'No values, no messages, no account ids.': [
      [permissions, '--debug tells the requests, and neither secrets nor the account'],
    ],
    'It is safe to paste into an issue.': [[secrets, 'no command says a secret, or writes one']],
    'A saved plan names accounts, ids and settings, and no secret.': [
      [never, 'a declared secret is in no plan, saved plan, report or output of a command'],
    ],
  },
}
