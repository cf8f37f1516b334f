// What README.md's list of what cogsync never does promises, and the tests that try to break it.
import type { Page } from './page.ts'

const never = 'test/journeys/never.test.ts'
const secrets = 'test/hostile/secrets.test.ts'
const changes = 'test/project/promises.test.ts'
const undisturbed: [string, string] = [
  'test/faults/crash.test.ts',
  'is finished by the next one, whichever request it was',
]
const unclaimed = 'test/journeys/unclaimed.test.ts'
const replies = 'test/faults/replies.test.ts'
const found: [string, string] = [replies, 'whose reply is lost is found, and not asked for again']
const denied = 'test/faults/permissions.test.ts'
const incomplete: [string, string] = [
  denied,
  'makes drift incomplete, whichever it is: exit 4, what is unread, and nothing taken for missing',
]

export const readme: Page = {
  path: 'README.md',
  promises: {
    'It never logs, prints or saves a secret, and never writes a placeholder over one.': [
      [secrets, 'no command says a secret, or writes one'],
      [never, 'an update of a client says nothing about its secret, whether its own or generated'],
    ],
    'It never deletes a user pool, an identity pool or a client because the file stopped mentioning it, and never a user.':
      [
        [never, '${what} that is no longer in the file stays'],
        [changes, 'no operation that cogsync sends touches a user'],
      ],
    'It never replaces a pool or a client to change a setting.': [
      [changes, 'nothing but a domain is ever replaced to change a setting'],
    ],
    'It never repeats a creation whose outcome is unknown without looking first.': [
      [never, '${operation}: when ${when}, there is one in the end'],
      found,
    ],
    'It never picks one of two candidates: it asks which.': [
      [never, 'two clients of the name that the file gives are an error with both ids'],
      [never, 'two pools with the same tags are an error with both ids'],
    ],
    'It never makes a pool or role beside one of the same stack that the file has lost sight of.': [
      [unclaimed, '%s'],
      [unclaimed, 'that another pool has is found at plan time: the pool has lost its tags and its name'],
      [
        'test/journeys/histories.test.ts',
        'no history of a file makes a second one beside what is ours and unclaimed, or hides one that is unwatched',
      ],
    ],
    'It never says "no drift" when something could not be read, and never "no changes" while a pool or role with its tags is in no file.':
      [
        incomplete,
        [unclaimed, 'is listed and counts as drift: a stack %s'],
        [unclaimed, 'was not looked for by a run of less than everything, which says so'],
        ['test/cli/base.test.ts', 'deletes what the file names, and never says that all is as it should be'],
        [never, '${operation} is refused with ${code}: the answer is incomplete, and nothing is written'],
      ],
    'It never makes anything twice by running again: a run may be killed at any moment, and the next one finishes it.':
      [undisturbed, ['test/faults/storms.test.ts', 'loses nothing and doubles nothing']],
    'It never needs Docker, Python or an AWS account to be built, tested or tried.': [
      [
        'test/cli/demo.test.ts',
        'shows the whole life of a pool, in seconds, and leaves the environment as it was',
      ],
      [changes, 'no script of the project calls for docker, python or the AWS command line'],
    ],
  },
}
