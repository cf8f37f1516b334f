// docs/reliability.md: what cogsync guarantees when things go wrong, and how many cases of each were tried.
import { readdirSync, readFileSync } from 'node:fs'

/** Where the tests of faults leave their counts, one file a class. */
const kept = new URL('../../test/faults/counts/', import.meta.url)

interface FaultClass {
  title: string
  /** what holds whatever happens, in sentences */
  guarantees: readonly string[]
  /** how it is tried */
  tested: string
  /** the folder under test/, where it is not faults */
  folder?: string
}

const classes: { [name: string]: FaultClass } = {
  crash: {
    title: 'A run that ends anywhere',
    guarantees: [
      'A run may be killed at any moment. The next one finds what is there, by ids, tags and names, and finishes the work.',
      'It makes no second user pool, client, identity pool or secret, and a secret that was made and not yet delivered is delivered.',
    ],
    tested:
      'An apply of the largest example is ended at each of its requests, just before the request is sent and just after AWS acted. The next apply must come to what an undisturbed one comes to, generated ids aside, and the third must write nothing. States that are alike are finished once.',
  },
  process: {
    title: 'Killed and interrupted processes',
    guarantees: [
      'The first Ctrl-C lets the request in flight end, waits for nothing more, reports what was done and what was not, and exits with 130. The second one ends the process at once. SIGTERM and a terminal that closes count like Ctrl-C.',
      'While nothing is being written, the first Ctrl-C ends the process at once.',
    ],
    tested:
      'Real processes get SIGKILL and must leave what a run leaves that was ended in process at the same place; real processes get SIGINT once and twice, and lose their terminal, while a request is held.',
  },
  interrupts: {
    title: 'Interrupted while several pools are written',
    guarantees: [
      'Pools are written side by side. After Ctrl-C each finishes the request that is under way, and nothing else is sent; every change is reported as done, failed or not tried.',
    ],
    tested:
      'Three pools go in step, and the run is interrupted at each of their requests, just before and just after AWS acts. The next apply must come to what an undisturbed one comes to, and the third must write nothing.',
  },
  replies: {
    title: 'Lost replies to creations',
    guarantees: [
      'A creation is never repeated blindly. When nobody knows whether it happened, cogsync waits a moment and looks; what is there is taken, and only what is not there is asked for again.',
      'When two are found, both ids are reported and none is chosen.',
    ],
    tested:
      'For every creation: the reply is lost, the request is lost or the server fails several times in a row, both in turn, and a list that shows late what was made. In the end there is one.',
  },
  passing: {
    title: 'Faults that pass',
    guarantees: [
      'Throttling, another writer at that moment, faults of the server, connections that close, replies that are cut short, unreadable or never come: the request is tried again with growing waits, unless trying again could do something twice.',
      'What is gone when it is to be removed was removed; entries that AWS would refuse to add twice are looked for.',
    ],
    tested:
      'Every request of every change (creations, updates, removals) and every request of every read meets each fault once, and must come to what it comes to undisturbed.',
  },
  storms: {
    title: 'Storms',
    guarantees: [
      'However many requests fail, a run ends with an exit code and a report, never with a stack trace, and leaves a state that the next run finishes.',
    ],
    tested:
      'Whole applies in which a fifth, half and most of the requests meet one of those faults by chance, from seeds.',
  },
  quotas: {
    title: 'Quotas',
    guarantees: ['A quota that is used up is not tried again. The report names it.'],
    tested: 'Every write of an apply meets each of the words that AWS has for it, and is sent once.',
  },
  propagation: {
    title: 'IAM takes its time',
    guarantees: [
      'Errors that pass once a role has spread are waited for, two minutes at most, if the plan makes or changes the role or the role is younger than five minutes. For any other role, what AWS says is said at once.',
    ],
    tested: 'A sandbox whose services learn late of what IAM was told, and a clock that only waiting moves.',
  },
  writers: {
    title: 'Other writers',
    guarantees: [
      'What has changed, gone or appeared since the plan is noticed before anything is written: exit 5, with the addresses, and with both values where the plan holds the first.',
      'Whatever is there is read once more right before it is written, however fresh the plan is, and before each further call that sends the whole of it. When it is not as the plan saw it, nothing more is written to it, and the report shows what the plan saw and what is there now.',
      'AWS has no conditional writes, so one round trip stays open: a change that arrives after that read and before the write is overwritten, if the write carries the setting. Two more stay open: of settings that belong to another resource (a risk configuration to its pool, a replica to its pool), what changes while that one is written cannot be told from what the write does to them; and a style that is made blank first is said again as a whole. What is new is not read between the calls that make it.',
      'Two applies at once may both make what AWS lets two make: a pool, a client or an identity pool. Each apply that made some looks once more in the end; whoever was later names both ids and exits with 6. Every plan after that names them too. cogsync deletes neither.',
    ],
    tested:
      'Between plan and apply, somebody else changes each thing that a plan touches and makes each thing that it would make. Two applies make one thing at once, and a second apply begins at many places of the first.',
  },
  histories: {
    title: 'Files that lose sight of what they made',
    guarantees: [
      'Every plan and drift of everything lists the user pools, identity pools and roles that carry the stack\'s tags and that the file does not claim, and never says "no changes" or "no drift" while there is one. With `--target` and `--since` it says that it did not look.',
      'None is made while one of the same kind may be the one that is meant: one whose key is gone from the file, or that has the same key without an environment or under one that the file does not declare.',
      'What carries no tag of ours, or is in another Region, cannot be listed. What still points at it stops the plan: a domain that another pool has, a name that is taken, a role whose trust policy names an identity pool that the file does not claim, or identity pools of another Region.',
      'What remains: a pool or identity pool that lost its tags and its name, and at which no domain and no role points; one in another Region, likewise; a role that Cognito may not assume, which only `drift --full` looks for; an identity pool of another account in a trust policy, which looks like one that is gone.',
    ],
    tested:
      'Histories of a file from seeds: keys are renamed with and without `movedFrom`, blocks are taken out and added, environments come, go and change their names, roots are released, others make and rename pools by hand. Whose everything is, is read from the tags in AWS. `test/journeys/unclaimed.test.ts` has what stops a plan where there are no tags.',
    folder: 'journeys',
  },
  strangers: {
    title: 'Settings that cogsync does not know',
    guarantees: [
      'When AWS has settings that this version does not know, an update that would send the whole object back is stopped. The names and the way out are said.',
    ],
    tested:
      'Every object in every answer, at any depth, gets a member that nobody has heard of: everywhere at once, and operation by operation.',
  },
  permissions: {
    title: 'Partial permissions',
    guarantees: [
      'What could not be read is said, is never taken for missing or for "no drift", and makes plan and drift exit with 4. Nothing is written then.',
      'A write that is denied is reported with exit 6; what does not need it goes on, and the next run finishes the rest.',
    ],
    tested:
      'Each read of a settled stack is denied in a drift; each reading operation is denied while there is work to do; each writing operation is denied midway.',
  },
  'hostile-files': {
    title: 'Hostile files',
    guarantees: [
      'Whatever a file holds, cogsync ends with a documented exit code and says where each mistake stands; it never crashes, and prints nothing that a terminal or a runner would obey.',
      'A file reads nothing that is not in its repository, by no path and no link, and no variable of the environment that it does not declare.',
    ],
    tested:
      'Random text and bytes, files with every row in which something is cut, doubled, moved or replaced, and names made of escapes and orders go through the command line. Files with up to ten thousand clients go through it too.',
    folder: 'hostile',
  },
  'valid-files': {
    title: 'Valid files with values that nobody thought of',
    guarantees: [
      'A file that is valid is applied, and then there is nothing to do; or AWS refuses something, and the report names the operation and its words.',
    ],
    tested:
      "Files are made of the settings' own examples, values are changed within what validation lets through, and the command line applies them.",
    folder: 'hostile',
  },
  trust: {
    title: 'Events that a fork is behind',
    guarantees: [
      "For a fork nothing is planned, applied or compared, whatever event the action was called by: the file is validated, without AWS. An event is a fork's when anything in it says so, or the pull request or commit that it is about.",
      'What is looked up adds doubt and takes none away. What cannot be looked up is refused.',
    ],
    tested:
      "Every published example of every event that can start a workflow, as it is, and with another repository in each place that names one; GitHub's answers say that it is a fork's, that it is not, or nothing. Pull requests named by an input never make the verdict milder.",
    folder: 'action',
  },
  'hostile-aws': {
    title: 'Hostile AWS',
    guarantees: [
      'Names, descriptions, tags, documents and errors that AWS holds are printed safely in terminals, logs and comments: no escapes, no orders to a runner, no markup.',
      'Files that are made of them are valid, and hold nothing that cannot be seen.',
    ],
    tested:
      'Every text that AWS may hold is replaced by escapes, markdown, HTML and orders, or by eighty thousand characters; commands that plan, compare, import, show, write and print outputs run on that, and errors of AWS say the same.',
    folder: 'hostile',
  },
  'hostile-answers': {
    title: 'Answers that no AWS gives, and plans that somebody changed',
    guarantees: [
      'An answer that is cut, empty or somebody else\'s page is said to be none, with the operation. It is never taken for "there is nothing", so that nothing is made a second time.',
      'A saved plan that is not as it was saved is neither shown nor applied: exit 5.',
    ],
    tested:
      'Each operation that reads is answered with pages of proxies, errors without a name, halves, other formats and nothing, and plan, drift, outputs and apply run on that. Saved plans are cut, emptied and edited.',
    folder: 'hostile',
  },
  answers: {
    title: 'Answers without form or end',
    guarantees: [
      'An answer about another pool, client or role, of another form than the SDK knows, or with pages that lead back or never end is said to be none, with the operation: exit 1, and nothing is written.',
      'When nobody has answered anything for 15 seconds, the progress line says who; after a minute the run ends with exit 1 and the address.',
    ],
    tested:
      'Answers are replaced by such ones, and plan, drift and apply run on that; a server that says bytes of its own, or nothing, is asked on a clock that the test moves.',
    folder: 'bounds',
  },
  proportion: {
    title: 'Work in proportion',
    guarantees: [
      'Twice as long a file is about twice the work, whatever it is that there is twice of; of its mistakes a hundred are printed and the rest are counted.',
    ],
    tested:
      'V8 counts how often each block of the program runs, for a file and for one that is twice as long; nothing is timed. Regular expressions, whose steps nobody counts, are searched for forms that go over a text again and again.',
    folder: 'bounds',
  },
  written: {
    title: "The user's files",
    guarantees: [
      'A file that cogsync writes (cognito.yaml, images of an import, a saved plan) is written beside the old one, flushed and put in its place, with its mode. A link is refused. When the disk is full, or anything else fails, the old file is whole and nothing else is left: exit 1.',
      'What somebody changed in a file while AWS was read is not overwritten by import --into.',
    ],
    tested:
      'Each step of writing fails with each of the errors of a disk, from seeds, and a real process writes where files may not grow.',
    folder: 'files',
  },
  'edited-plans': {
    title: 'Saved plans that somebody edited and sealed again',
    guarantees: [
      'Beside its file, no edit of a saved plan makes apply send a request that a fresh plan would not have sent: it plans again, and a plan that is another is refused with exit 5.',
      'Without its file, a plan with another hash than the reviewed one is refused, and so is one with a call that its change does not show.',
    ],
    tested:
      'A plan of creations, updates and deletions is edited at random: calls, operations, ids, labels, secrets and their sources, values, errors, options. It is hashed and sealed again with our own functions and applied with and without its file, and every request that reaches AWS is compared with those of a fresh plan.',
    folder: 'hostile',
  },
  secrets: {
    title: 'Secrets',
    guarantees: [
      'No secret, whether the file names its source or AWS makes it, is in any output, error, plan, file or debug log.',
      'When a request that carried a secret is refused, nothing is shown that AWS wrote: its error is named if it is one that AWS has, with the member that held the secret.',
      'Other texts of AWS are shown without the secrets that the run has read, in the spellings that machines use: escapes of JSON, URLs, forms, HTML, XML and mail, one inside another; base64, base32, hex and lists of bytes. A piece of a secret, or a spelling that somebody makes up, is not recognised there.',
    ],
    tested:
      'Canaries stand in every place that takes a secret, and those that the sandbox makes are known. Commands run with `--debug`, undisturbed and with each answer spoilt: refused with the request quoted, cut, unreadable, with members that nobody knows. Random secrets in 45 spellings are taken out (`test/hostile/redact.test.ts`), and random texts that refuse a request with a secret are not shown (`test/hostile/secret-flows.test.ts`).',
    folder: 'hostile',
  },
}

const number = (value: number): string => value.toLocaleString('en-US')

/** The counts of a class, as its tests left them. */
const countsOf = (name: string): [what: string, cases: number][] =>
  Object.entries(
    JSON.parse(readFileSync(new URL(`${name}.json`, kept), 'utf8')) as { [what: string]: number },
  )

/** docs/reliability.md. Throws when a class of faults has counts and no words, or words and no counts. */
export const reliabilityDoc = (): string => {
  const counted = readdirSync(kept).map(file => file.replace(/\.json$/, ''))
  const unspoken = counted.filter(name => classes[name] === undefined)
  if (unspoken.length > 0)
    throw new Error(`tools/reference/reliability.ts says nothing of ${unspoken.join(', ')}`)
  const all = Object.entries(classes).map(([name, told]) => ({ ...told, name, counts: countsOf(name) }))
  const sum = (counts: readonly [string, number][]) => counts.reduce((total, [, cases]) => total + cases, 0)
  return [
    '<!-- Generated by npm run generate. -->',
    '',
    '# Reliability',
    '',
    'Sign-in depends on what cogsync writes. This page says what holds when something goes wrong, and how each guarantee is tested. The figures are counted by the tests themselves, which run with `npm test` over real HTTP against the [local AWS](sandbox.md); none of them sleeps.',
    '',
    '| what goes wrong | cases |',
    '|---|---:|',
    ...all.map(({ title, counts }) => `| ${title} | ${number(sum(counts))} |`),
    `| **all** | **${number(all.reduce((total, { counts }) => total + sum(counts), 0))}** |`,
    '',
    ...all.flatMap(({ title, guarantees, tested, folder = 'faults', name, counts }) => [
      `## ${title}`,
      '',
      ...guarantees.map(guarantee => `- ${guarantee}`),
      '',
      `How it is tested (\`test/${folder}/${name}.test.ts\`): ${tested}`,
      '',
      '| case | tried |',
      '|---|---:|',
      ...counts.map(([what, cases]) => `| ${what} | ${number(cases)} |`),
      '',
    ]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}
