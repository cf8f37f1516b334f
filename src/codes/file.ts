// What can be wrong with a file: COG10xx reading it, COG11xx its shape, COG12xx names, references, environments.
import type { Code } from './code.ts'

export const fileCodes: { [code: string]: Code } = {
  COG1001: {
    title: 'the YAML syntax is wrong',
    explain:
      'The file is read as YAML 1.2. Fix the place that is shown; nothing after it was looked at. Text with `: `, ` #`, or a leading `*`, `&`, `!`, `%`, `@`, `{` or `[` needs quotes.',
  },
  COG1002: {
    title: 'the file is too large',
    explain: 'cogsync reads files of up to 5 MB. Split the stack in two.',
  },
  COG1003: {
    title: 'the file is not UTF-8',
    explain: 'Save the file as UTF-8; a byte order mark is allowed.',
  },
  COG1004: {
    title: 'a hidden character',
    explain:
      'Control characters, and marks that change the direction of text, make a file read otherwise than it works. They are refused everywhere, comments included. Retype the line.',
  },
  COG1005: {
    title: 'the file is empty',
    explain: 'Start with `version: 1`, `stack:` and `region:`, or run `cogsync init`.',
  },
  COG1006: {
    title: 'the file is not a map',
    explain: 'At its top the file is a map: `version: 1`, `stack: ...`, and so on.',
  },
  COG1007: { title: 'values are nested too deep', explain: 'Values may stand up to 64 levels deep.' },
  COG1008: {
    title: 'more than one document',
    explain:
      'One file is one YAML document, without a second `---`. Variants of a stack are `environments:`.',
  },
  COG1009: { title: 'a tab as indentation', explain: 'YAML is indented with spaces.' },
  COG1010: {
    title: 'an unknown tag',
    explain:
      'The only tag is `!remove`, and it stands only in the `override` of an environment, as the value of a key. Write plain values everywhere else.',
  },
  COG1011: {
    title: 'an unknown alias',
    explain: 'An alias `*name` repeats the value marked `&name` earlier in the file.',
  },
  COG1012: {
    title: 'aliases or references without end',
    explain:
      'An alias may not stand inside its own anchor, and all aliases together may add at most 100,000 values. What references to variables and files put in may have 20 MB in all.',
  },
  COG1013: {
    title: 'a merge key',
    explain:
      'Merge keys (`<<`) are not part of YAML 1.2. Repeat the settings, or use an alias for a whole value.',
  },
  COG1014: { title: 'a key that stands twice', explain: 'Keys of one map must differ. Keep one of the two.' },
  COG1015: {
    title: 'a key that is not text',
    explain: 'Keys are text. Quote keys that look like numbers, true, false or null.',
  },
  COG1016: {
    title: 'a reserved key',
    explain:
      '`__proto__`, `constructor`, `prototype`, `$ref`, `$join`, `$json`, `$secret`, `$entries` and `$hole` cannot be keys.',
  },
  COG1017: {
    title: 'a number that cannot be kept',
    explain: 'The number is infinite, not a number, or too large to be exact. If it is an id, quote it.',
  },

  COG1101: {
    title: 'an unknown key',
    explain:
      'No setting has this name here. Settings are named as AWS names them, in camelCase (`CallbackURLs` is `callbackUrls`); docs/coverage.md gives the exceptions. `cogsync explain` shows what a setting means.',
  },
  COG1102: {
    title: 'a value of the wrong type',
    explain:
      'The setting takes another type: text, a number, true or false, a list or a map. Numbers that are ids must be quoted.',
  },
  COG1103: {
    title: 'a value that is not among those allowed',
    explain: 'AWS knows a fixed set of values for this setting, in exactly this spelling.',
  },
  COG1104: {
    title: 'a value out of bounds',
    explain:
      'The value has the right type, but AWS would refuse it: too long, too short, too large, or of another form.',
  },
  COG1105: { title: 'something is missing', explain: 'The key is needed here.' },
  COG1106: {
    title: 'a reference where none can be',
    explain:
      'References to things that are known only once they exist stand for text. Numbers, true or false, and fixed choices must be stated, or come from `${var.name}`.',
  },
  COG1107: {
    title: 'an empty list that does not mean empty',
    explain:
      'AWS refuses `[]` for this setting, or takes it for its default. Leave the setting out, or write null, for the default.',
  },
  COG1108: {
    title: 'a contradiction',
    explain:
      'Other settings of the file imply a value for this one. State that value, or better, leave it out.',
  },
  COG1109: {
    title: 'a setting of something that others own',
    explain:
      'A resource with `existing:` is read and referred to, but never written, so its own settings cannot be stated. What stands under it (clients of a pool) can. To own it, replace `existing` by `id`.',
  },
  COG1110: {
    title: 'a key that cannot be one',
    explain:
      'Local keys are letters, digits, `_` and `-`, at most 64. They stand in references, so they have no dots. The name in AWS can be another: `name:`.',
  },
  COG1111: {
    title: 'a collection that cannot be pruned',
    explain:
      'Clients, providers, groups, domains, pools and roles are only ever deleted by name, under `removed:`; custom attributes never.',
  },
  COG1112: {
    title: 'an unknown collection',
    explain:
      '`prune` and `removed` name collections: the maps of a resource, such as `resourceServers` or `scopes`.',
  },
  COG1113: {
    title: 'an unknown path to ignore',
    explain: '`ignore` names settings of the resource it stands on, by path: `passwordPolicy.minimumLength`.',
  },
  COG1114: {
    title: 'an unknown version',
    explain: 'This cogsync reads `version: 1`. A file with a higher version needs a newer cogsync.',
  },
  COG1115: {
    title: 'an unknown source of secrets',
    explain:
      'Secrets come from the environment (`env`), a file (`file`), Parameter Store (`ssm`) or Secrets Manager (`secretsManager`). Let the pipeline fetch others into an environment variable.',
  },
  COG1116: {
    title: 'listed and removed',
    explain: 'What the file lists cannot also stand under `removed:`. Keep one of the two.',
  },
  COG1117: {
    title: 'something the file never deletes',
    explain:
      'Pools and identity pools are deleted only by `cogsync destroy --target`; custom attributes never.',
  },
  COG1120: {
    title: 'no secret to deliver',
    explain:
      '`clientSecretTo` delivers the secret that AWS generates, so the client needs `generateSecret: true`. A secret of your own is where you keep it, and a client that others own is theirs.',
  },
  COG1121: {
    title: 'two secrets for one place',
    explain:
      'Two clients have their secrets delivered to the same parameter or secret. One would overwrite the other.',
  },
  COG1122: {
    title: "somebody else's variable as a secret",
    explain:
      'Variables of the runner, of AWS and of cogsync (`AWS_*`, `ACTIONS_*`, `GITHUB_*`, `GH_*`, `RUNNER_*`, `INPUT_*`, `NPM_*`, `NODE_AUTH_TOKEN`, `COGSYNC_*` but `COGSYNC_VAR_*`, `CI_*`, `SYSTEM_*`, `BUILDKITE_*`, `CIRCLE_*`, `VAULT_*`, `SSH_*`, in any case) hold credentials, which a file could send to anybody. Rename the variable in the workflow: `env: { SHOP_GOOGLE_SECRET: ${{ secrets.GOOGLE }} }`.',
  },
  COG1119: {
    title: 'half of what belongs together',
    explain:
      'Some settings are stated together or not at all, because what AWS takes for the ones left out depends on whether the others are there: the four requirements of a password policy, and whether dynamic client registration is enabled.',
  },
  COG1118: {
    title: 'a setting without its resource',
    explain:
      'The setting is shared by resources of which none is stated that takes it: `domain.managedLoginVersion` needs `domain.prefix` or `domain.custom`.',
  },

  COG1201: {
    title: 'not a reference',
    explain: 'A reference is `${root.name.attribute}`. Write `$${` for a literal `${`.',
  },
  COG1202: {
    title: 'an unknown root of a reference',
    explain:
      'References begin with `var`, `secret`, `account`, `region`, `stack`, `environment`, `file:`, a collection at the top of the file, or a collection of the same pool. In IAM documents `${aws:username}` is left to IAM.',
  },
  COG1203: {
    title: 'a reference to a name that is not there',
    explain: 'Nothing in the file has this name. Names are local keys, not names in AWS.',
  },
  COG1204: {
    title: 'an unknown attribute',
    explain:
      'A reference to a resource ends in one of its attributes, such as `id`, `arn`, `name` or `scopes.<key>`.',
  },
  COG1205: {
    title: 'variables in a circle',
    explain: 'A variable may use others, but not itself, not even by way of others.',
  },
  COG1206: {
    title: 'resources in a circle',
    explain: 'Each of these resources refers to the next, so none can be made first. Take one reference out.',
  },
  COG1207: {
    title: 'a secret where it would be seen',
    explain: '`${secret.name}` goes only into settings that hold secrets, and as the whole value.',
  },
  COG1208: {
    title: 'a path outside the repository',
    explain: '`${file:path}` reads files inside the repository: relative, with `/`, without `..`.',
  },
  COG1209: {
    title: 'a file that cannot be read',
    explain: 'The file that `${file:path}` names is not there, or cannot be read.',
  },
  COG1210: {
    title: 'a bare path that names nothing',
    explain:
      'Settings that name a resource of the file take its local path: `customers.web` is the client `web` of the pool `customers`.',
  },
  COG1211: {
    title: 'no environment chosen',
    explain:
      'The file has `environments:`, so one must be chosen with `--env`; nothing is done to a default one by accident.',
  },
  COG1212: {
    title: 'an unknown environment',
    explain: 'The chosen environment is not under `environments:`.',
  },
  COG1213: {
    title: 'no environments to choose from',
    explain: 'An environment was chosen, but the file declares none.',
  },
  COG1214: {
    title: 'nothing to remove',
    explain: '`!remove` removes what the file states; here it states nothing. Perhaps the key was renamed.',
  },
  COG1215: {
    title: 'something that cannot be overridden',
    explain: '`version` and `environments` are the same in all environments.',
  },
  COG1216: {
    title: 'two resources with one name',
    explain:
      'Resources are found again by this name, so two of them could not be told apart. A domain belongs to one pool.',
  },
  COG1217: {
    title: 'moved from something that is still there',
    explain: '`movedFrom` names the former key of this resource, so nothing else may have that key.',
  },
  COG1218: { title: 'a reference in a key', explain: 'Only values may hold references.' },
  COG1219: { title: 'no environment to name', explain: '`${environment}` needs `environments:`.' },
  COG1220: {
    title: 'a secret in the file',
    explain:
      'Declare the secret under `secrets:` and write `${secret.name}`. A secret that was committed must be replaced.',
  },
  COG1221: {
    title: 'a hidden file',
    explain:
      'Files whose path has a part that begins with a dot (`.git/config`, `.env`) are not read, wherever links lead: what tools keep there is often a credential. This holds for `${file:path}` and for `file:` under `secrets`.',
  },
  COG1230: {
    title: 'something else in the place of a file',
    explain:
      'The setting is the bytes of a file. Write `${file:path}` and nothing beside it; the path is relative to the file that names it.',
  },
}
