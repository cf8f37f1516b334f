// What docs/security.md promises, and the tests that try to break it.
import type { Page } from './page.ts'

const never = 'test/journeys/never.test.ts'
const permissions = 'test/journeys/permissions.test.ts'
const documented = 'test/journeys/documented.test.ts'
const secrets = 'test/hostile/secrets.test.ts'
const hostileFiles = 'test/hostile/hostile-files.test.ts'
const hostileAws = 'test/hostile/hostile-aws.test.ts'
const writers = 'test/faults/writers.test.ts'
const changes = 'test/project/promises.test.ts'
const suffices: [string, string] = [documented, 'when the file ${what}']

export const security: Page = {
  path: 'docs/security.md',
  promises: {
    'nothing in it is executed': [[hostileFiles, 'validate survives any text, any bytes and any mistake']],
    "`${file:…}` stays below the file's folder, links followed": [
      [hostileFiles, '${file:%s} is no path inside the repository'],
      [hostileFiles, '${file:%s} is not read'],
    ],
    'the environment is read only by declared secrets, and only where a secret is asked for': [
      [hostileFiles, 'a variable of the environment that is not declared cannot be had: %s'],
    ],
    'secrets are never rendered': [[secrets, 'no command says a secret, or writes one']],
    'each impact is named in the plan, and `--fail-on` stops at it': [
      ['test/cli/commands.test.ts', '%s ends as it should (%#)'],
      [
        'test/action/inside.test.ts',
        'refuses deletions, blocked changes and impacts that the workflow does not allow',
      ],
    ],
    'nothing of theirs runs with credentials: from a fork run `validate` only, which needs none': [
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
    'a plan whose hash does not match its content is refused, and every resource is read again before it is written':
      [
        ['test/journeys/saved-plans.test.ts', 'when it was edited and sealed again, but not hashed'],
        [writers, 'a change of anything that the plan touches is noticed'],
      ],
    'the published package has no dependencies and no install scripts': [
      ['test/project/pack.test.ts', 'needs no other package'],
      [changes, 'the package runs nothing when it is installed'],
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
