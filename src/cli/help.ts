// The words of the help: what the program is, its exit codes, and how examples and options are set.
import type { Option } from 'commander'

export const intro = `Amazon Cognito in git. A cognito.yaml says what should exist: user pools, app clients, domains, identity pools and their roles. cogsync reads what does exist, shows the difference as a plan, and applies that plan. There is no state file: ownership is written as tags.`

export const exitCodes = `
Exit codes:
  0 ok    1 failure    2 differences (drift; plan --detailed-exitcode)    3 invalid file
  4 credentials or permission    5 stale, unapproved or blocked plan: nothing changed
  6 partly applied    64 usage    130 interrupted

Start here:
  $ cogsync sandbox --demo   see create, update, drift and repair, without an AWS account
  $ cogsync init             write a first cognito.yaml
`

export const examples = (...lines: [string, string][]): string => {
  const width = Math.max(...lines.map(([command]) => command.length))
  return `\nExamples:\n${lines.map(([command, what]) => `  $ ${command.padEnd(width)}  ${what}`.trimEnd()).join('\n')}\n`
}

/** An option and what it takes, without commander's quotes and presets. */
export const describeOption = ({ description, argChoices }: Option): string =>
  argChoices ? `${description}: ${argChoices.join(', ')}` : description
