// What docs/reliability.md promises, and the tests that try to break it.
import type { Page } from './page.ts'

const replies = 'test/faults/replies.test.ts'
const secrets = 'test/hostile/secrets.test.ts'
const hostileFiles = 'test/hostile/hostile-files.test.ts'
const hostileAws = 'test/hostile/hostile-aws.test.ts'
const hostileAnswers = 'test/hostile/hostile-answers.test.ts'
const writers = 'test/faults/writers.test.ts'
const propagation = 'test/faults/propagation.test.ts'
const denied = 'test/faults/permissions.test.ts'
const unclaimed = 'test/journeys/unclaimed.test.ts'
const answers = 'test/bounds/answers.test.ts'
const written = 'test/files/written.test.ts'
const edited = 'test/hostile/edited-plans.test.ts'
const flows = 'test/hostile/secret-flows.test.ts'
const trust = 'test/action/trust.test.ts'
const ended = 'test/faults/process.test.ts'
const quotas = 'test/faults/quotas.test.ts'
const work = 'test/bounds/proportion.test.ts'
const silence = 'test/bounds/silence.test.ts'
const since = 'test/cli/base.test.ts'
const stale = 'test/journeys/stale.test.ts'
const meanwhile = 'test/import/meanwhile.test.ts'
const progress = 'test/cli/progress.test.ts'
const moved = 'test/laws/moved.test.ts'
const slips: [string, string] = [
  'test/laws/interleavings.test.ts',
  'what somebody changes of %s while it is written stands, and what is told of it is true',
]
const undisturbed: [string, string] = [
  'test/faults/crash.test.ts',
  'is finished by the next one, whichever request it was',
]
const found: [string, string] = [replies, 'whose reply is lost is found, and not asked for again']
const unknownMembers: [string, string] = [
  'test/faults/strangers.test.ts',
  'at any depth of any answer stop every update that would send a whole object back, and say so',
]
const passing: [string, string] = [
  'test/faults/passing.test.ts',
  'any request of any change meets it, and the change comes to the same',
]
const incomplete: [string, string] = [
  denied,
  'makes drift incomplete, whichever it is: exit 4, what is unread, and nothing taken for missing',
]
const bothNamed: [string, string] = [
  writers,
  'wherever the second begins: in the end there is one of each, or both are named',
]

export const reliability: Page = {
  path: 'docs/reliability.md',
  promises: {
    'A run may be killed at any moment.': [
      undisturbed,
      [ended, 'killed just %s %s, a process leaves of %s what a run leaves that ends there in process'],
    ],
    'The next one finds what is there, by ids, tags and names, and finishes the work.': [undisturbed],
    'It makes no second user pool, client, identity pool or secret, and a secret that was made and not yet delivered is delivered.':
      [undisturbed],
    'The first Ctrl-C lets the request in flight end, waits for nothing more, reports what was done and what was not, and exits with 130.':
      [
        [ended, 'the first Ctrl-C lets the request in flight end, and reports'],
        [ended, 'who was told to stop no longer waits for %s'],
      ],
    'While nothing is being written, the first Ctrl-C ends the process at once.': [
      [ended, 'the first Ctrl-C ends a process that only reads, at once'],
    ],
    'SIGTERM and a terminal that closes count like Ctrl-C.': [
      [ended, 'a terminal that closes lets the request in flight end, though nobody can read the report'],
      ['test/faults/sigterm.test.ts', 'SIGTERM lets the request in flight end, and reports'],
    ],
    'The second one ends the process at once.': [
      [ended, 'the second Ctrl-C ends the process while the request is still in flight'],
    ],
    'Pools are written side by side.': [
      [ended, 'the first Ctrl-C lets the requests of all pools in flight end'],
    ],
    'After Ctrl-C each finishes the request that is under way, and nothing else is sent; every change is reported as done, failed or not tried.':
      [
        [
          'test/faults/interrupts.test.ts',
          'whatever three pools are at, just %s AWS acts, it ends, is reported, and the next run goes on',
        ],
      ],
    'A creation is never repeated blindly.': [found],
    'When nobody knows whether it happened, cogsync waits a moment and looks; what is there is taken, and only what is not there is asked for again.':
      [
        found,
        [replies, 'is waited for before the look: AWS may not show at once what it has made'],
        [replies, 'that never arrives, and whose reply is lost the second time, is made once'],
      ],
    'When two are found, both ids are reported and none is chosen.': [bothNamed],
    'Throttling, another writer at that moment, faults of the server, connections that close, replies that are cut short, unreadable or never come: the request is tried again with growing waits, unless trying again could do something twice.':
      [
        passing,
        ['test/faults/passing.test.ts', 'any request of any read meets it, and the answer is the same'],
      ],
    'What is gone when it is to be removed was removed; entries that AWS would refuse to add twice are looked for.':
      [passing],
    'However many requests fail, a run ends with an exit code and a report, never with a stack trace, and leaves a state that the next run finishes.':
      [['test/faults/storms.test.ts', 'loses nothing and doubles nothing']],
    'A quota that is used up is not tried again.': [
      [quotas, '%s with status %i is asked for once, at every write'],
    ],
    'The report names it.': [[quotas, '%s with status %i is asked for once, at every write']],
    'Errors that pass once a role has spread are waited for, two minutes at most, if the plan makes or changes the role or the role is younger than five minutes.':
      [
        [propagation, 'are waited for, though it takes %i seconds'],
        [propagation, 'are waited for two minutes and no longer, and the next run goes on'],
        [propagation, 'four minutes ago are waited for'],
      ],
    'For any other role, what AWS says is said at once.': [
      [propagation, 'six minutes ago are not: what AWS says is said at once'],
    ],
    'Whatever is there is read once more right before it is written, however fresh the plan is, and before each further call that sends the whole of it.':
      [[moved, 'each write of what is there is preceded by a read of it, however fresh the plan is'], slips],
    'When it is not as the plan saw it, nothing more is written to it, and the report shows what the plan saw and what is there now.':
      [[moved, 'a resource that somebody changed since the look at the beginning is not written'], slips],
    'What has changed, gone or appeared since the plan is noticed before anything is written: exit 5, with the addresses, and with both values where the plan holds the first.':
      [
        [writers, 'a change of anything that the plan touches is noticed'],
        [writers, 'whatever the plan would make, made by somebody else, is noticed'],
        [stale, 'what has changed since the plan is told with its address and both values'],
      ],
    'Two applies at once may both make what AWS lets two make: a pool, a client or an identity pool.': [
      bothNamed,
    ],
    'Each apply that made some looks once more in the end; whoever was later names both ids and exits with 6.':
      [
        [writers, 'while one makes a pool: it says so in the end, with both ids, and is partly applied'],
        bothNamed,
      ],
    'Every plan after that names them too.': [bothNamed],
    'cogsync deletes neither.': [bothNamed],
    'When AWS has settings that this version does not know, an update that would send the whole object back is stopped.':
      [unknownMembers],
    'The names and the way out are said.': [unknownMembers],
    'What could not be read is said, is never taken for missing or for "no drift", and makes plan and drift exit with 4.':
      [incomplete],
    'Nothing is written then.': [
      [denied, 'keeps apply from writing anything, whatever the operation and the word for it'],
    ],
    'A write that is denied is reported with exit 6; what does not need it goes on, and the next run finishes the rest.':
      [[denied, 'is reported with its operation, what needs it is not tried, and the next run goes on']],
    'Whatever a file holds, cogsync ends with a documented exit code and says where each mistake stands; it never crashes, and prints nothing that a terminal or a runner would obey.':
      [
        [hostileFiles, 'validate survives any text, any bytes and any mistake'],
        [hostileFiles, 'plan survives any mistake in a file with every row'],
      ],
    'A file reads nothing that is not in its repository, by no path and no link, and no variable of the environment that it does not declare.':
      [
        [hostileFiles, '${file:%s} is no path inside the repository'],
        [hostileFiles, '${file:%s} is not read'],
        [hostileFiles, 'a variable of the environment that is not declared cannot be had: %s'],
      ],
    'A file that is valid is applied, and then there is nothing to do; or AWS refuses something, and the report names the operation and its words.':
      [
        [
          'test/hostile/valid-files.test.ts',
          'a valid file is applied and then at rest, or AWS says what it does not take',
        ],
      ],
    'Names, descriptions, tags, documents and errors that AWS holds are printed safely in terminals, logs and comments: no escapes, no orders to a runner, no markup.':
      [
        [hostileAws, 'texts %s are printed safely, and imported into a file that is valid'],
        [hostileAws, 'errors of AWS are printed safely, whatever met them'],
        ['test/action/comment.test.ts', 'is only text: %j'],
      ],
    'Files that are made of them are valid, and hold nothing that cannot be seen.': [
      [hostileAws, 'texts %s are printed safely, and imported into a file that is valid'],
    ],
    "An answer that is cut, empty or somebody else's page is said to be none, with the operation.": [
      [hostileAnswers, 'any answer may be %s'],
    ],
    'It is never taken for "there is nothing", so that nothing is made a second time.': [
      [hostileAnswers, 'an empty answer to a list is not taken for nothing there: nothing is made again'],
    ],
    'An answer about another pool, client or role, of another form than the SDK knows, or with pages that lead back or never end is said to be none, with the operation: exit 1, and nothing is written.':
      [
        [
          answers,
          'every one of them ends plan, drift and apply with exit 1 and its operation, and nothing is written',
        ],
        [answers, 'tokens that come back after a while are noticed'],
      ],
    'When nobody has answered anything for 15 seconds, the progress line says who; after a minute the run ends with exit 1 and the address.':
      [
        [progress, 'after fifteen seconds without an answer, the line says who has not answered, once'],
        [silence, 'without any answer for a minute %s ends with exit 1 and the address'],
      ],
    'Twice as long a file is about twice the work, whatever it is that there is twice of; of its mistakes a hundred are printed and the rest are counted.':
      [
        [work, '%s: twice as many are no more than about twice the work'],
        [work, 'of very many mistakes a hundred are printed, errors first, and the rest is counted'],
      ],
    'A file that cogsync writes (cognito.yaml, images of an import, a saved plan) is written beside the old one, flushed and put in its place, with its mode.':
      [
        [
          written,
          'whatever step fails with whatever error, the old files are whole, and nothing else is left',
        ],
        [written, 'mode %o is kept'],
      ],
    'A link is refused.': [
      [written, 'a link to %s is refused, and what it leads to stays'],
      [written, 'a folder below the given one that is a link is not gone through, and missing ones are made'],
    ],
    'When the disk is full, or anything else fails, the old file is whole and nothing else is left: exit 1.':
      [
        [
          written,
          'whatever step fails with whatever error, the old files are whole, and nothing else is left',
        ],
        [written, 'a file that may not grow keeps what it held, and the exit code is 1'],
      ],
    'What somebody changed in a file while AWS was read is not overwritten by import --into.': [
      [meanwhile, 'what somebody writes into the file while AWS is read is not overwritten'],
      [written, 'a file that somebody changed, made or removed since it was read is left as it is'],
    ],
    'Beside its file, no edit of a saved plan makes apply send a request that a fresh plan would not have sent: it plans again, and a plan that is another is refused with exit 5.':
      [[edited, 'sends nothing that a fresh plan would not have sent']],
    'Without its file, a plan with another hash than the reviewed one is refused, and so is one with a call that its change does not show.':
      [
        [edited, 'is refused without its file when it is not the one with the reviewed hash'],
        [edited, 'is refused without its file, and not even shown, when a call is not what its change shows'],
      ],
    'For a fork nothing is planned, applied or compared, whatever event the action was called by: the file is validated, without AWS.':
      [[trust, 'plans, applies and compares nothing for a fork, whatever event it comes by']],
    "An event is a fork's when anything in it says so, or the pull request or commit that it is about.": [
      [trust, "is a fork's as soon as one place of it names another repository, or one that is gone"],
      [
        trust,
        "is a fork's when GitHub says so of a pull request or commit in it, and nobody's when GitHub does not say",
      ],
    ],
    'What is looked up adds doubt and takes none away.': [
      [trust, 'is never trusted more for a pull request that an input names'],
    ],
    'What cannot be looked up is refused.': [
      [trust, 'refuses where GitHub cannot say, and validates all the same'],
    ],
    'Every plan and drift of everything lists the user pools, identity pools and roles that carry the stack\'s tags and that the file does not claim, and never says "no changes" or "no drift" while there is one.':
      [
        [unclaimed, 'is listed and counts as drift: a stack %s'],
        [
          'test/journeys/histories.test.ts',
          'no history of a file makes a second one beside what is ours and unclaimed, or hides one that is unwatched',
        ],
      ],
    'With `--target` and `--since` it says that it did not look.': [
      [unclaimed, 'was not looked for by a run of less than everything, which says so'],
      [since, 'deletes what the file names, and never says that all is as it should be'],
    ],
    'None is made while one of the same kind may be the one that is meant: one whose key is gone from the file, or that has the same key without an environment or under one that the file does not declare.':
      [[unclaimed, '%s']],
    'What still points at it stops the plan: a domain that another pool has, a name that is taken, a role whose trust policy names an identity pool that the file does not claim, or identity pools of another Region.':
      [
        [unclaimed, 'that another pool has is found at plan time: the pool has lost its tags and its name'],
        [unclaimed, 'is not taken from an identity pool that is not the file’s, unless the file states it'],
        [unclaimed, 'belongs to the Region whose identity pools it serves, and is changed from nowhere else'],
        ['test/journeys/ownership.test.ts', 'and bears the name is an error, until it is pinned or adopted'],
      ],
    'When a request that carried a secret is refused, nothing is shown that AWS wrote: its error is named if it is one that AWS has, with the member that held the secret.':
      [
        [
          flows,
          'when a request carried a secret, nothing that AWS says of it is shown, in whatever spelling',
        ],
      ],
    'Other texts of AWS are shown without the secrets that the run has read, in the spellings that machines use: escapes of JSON, URLs, forms, HTML, XML and mail, one inside another; base64, base32, hex and lists of bytes.':
      [['test/hostile/redact.test.ts', 'spelt as %s']],
    'A saved plan that is not as it was saved is neither shown nor applied: exit 5.': [
      [hostileAnswers, 'a saved plan that is %s is neither shown nor applied'],
    ],
    'No secret, whether the file names its source or AWS makes it, is in any output, error, plan, file or debug log.':
      [
        [secrets, 'no command says a secret, or writes one'],
        [secrets, 'no secret is said when an answer is spoilt'],
        [secrets, 'no secret is said when an answer about what exists is spoilt'],
      ],
  },
}
