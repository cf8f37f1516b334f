// The options that commands share, and how option values are checked.
import { type Command, InvalidArgumentError, Option } from 'commander'
import { allowWords, gates } from '../workflows/allow-words.ts'

export const gather = (value: string, before: string[] | undefined) => [...(before ?? []), value]
const gatherOptional = (value: string | true, before: (string | true)[] | undefined) => [
  ...(before ?? []),
  value,
]

/** Repeatable, one of these words each time. */
const words = (option: Option, list: readonly string[]) =>
  option.choices([...list]).argParser((value: string, before: string[] | undefined) => {
    if (!list.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${list.join(', ')}.`)
    return gather(value, before)
  })

export const whole = (least: number, most: number) => (value: string) => {
  const n = Number(value)
  if (!/^\d+$/.test(value) || n < least || n > most)
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`)
  return n
}

const matching = (pattern: RegExp, rule: string) => (value: string) => {
  if (!pattern.test(value)) throw new InvalidArgumentError(rule)
  return value
}

export const account = matching(/^\d{12}$/, 'It must be twelve digits.')

export const planHash = matching(
  /^[0-9a-f]{64}$/,
  'It must be the hash of a plan: 64 digits and letters from a to f.',
)

export const variablePrefix = matching(
  /^[A-Za-z_][A-Za-z0-9_]*$/,
  'It must be letters, digits and _, and begin with no digit.',
)

const endpoint = matching(/^https?:\/\/[^/]/, 'It must be a URL, such as http://127.0.0.1:4747.')

/** Repeatable: the origin of a page, as browsers send it. */
export const origins = (value: string, before: string[] | undefined) => {
  const { protocol, origin, href } = URL.canParse(value) ? new URL(value) : new URL('about:blank')
  if (!/^https?:$/.test(protocol) || href !== `${origin}/`)
    throw new InvalidArgumentError('It must be an origin, such as https://shop.example.')
  return gather(origin, before)
}

export const fileOptions = (command: Command) =>
  command
    .option('-c, --config <file>', 'the file (default: $COGSYNC_CONFIG, else cognito.yaml)')
    .option('-e, --env <name>', 'the environment of the file to use')

export const awsOptions = (command: Command) =>
  command
    .option('--profile <name>', "an AWS profile; otherwise the SDK's usual chain decides")
    .option('--endpoint-url <url>', 'send AWS requests there, as AWS_ENDPOINT_URL does', endpoint)
    .addOption(
      new Option(
        '--pace <how>',
        "whether to keep AWS's request quotas (default: aws; none with another endpoint), one of",
      ).choices(['aws', 'none']),
    )
    .option('--debug', 'log requests to AWS on stderr, without what they carry: safe to paste into an issue')

export const outputOptions = (command: Command) =>
  command
    .option('--json', 'print one JSON document')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .option('-q, --quiet', 'only data and errors')

export const planningOptions = (command: Command) =>
  command
    .option('-t, --target <address>', 'only this resource and what it needs; may be repeated', gather)
    .addOption(
      words(
        new Option('--allow <word>', 'allow what is refused otherwise; may be repeated, one of'),
        allowWords,
      ),
    )
    .addOption(
      words(
        new Option(
          '--fail-on <impact>',
          'refuse a plan with such changes, exit code 5; may be repeated, one of',
        ),
        gates,
      ),
    )
    .addOption(
      new Option('--adopt [address]', 'take over what exists and carries no other tags: one resource, or all')
        .argParser(gatherOptional)
        .preset(true),
    )
