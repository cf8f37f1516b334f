// What no secret is taken from: variables that hold somebody else's secrets, and hidden files.

/** Of the runner, of AWS and of cogsync itself: their names begin so, or are so. */
const prefixes = [
  'AWS_',
  'ACTIONS_',
  'GITHUB_',
  'GH_',
  'RUNNER_',
  'INPUT_',
  'NPM_',
  'COGSYNC_',
  'CI_',
  'SYSTEM_',
  'BUILDKITE_',
  'CIRCLE_',
  'VAULT_',
  'SSH_',
]
const names = ['NODE_AUTH_TOKEN']
/** What a pipeline hands to the file. */
const free = 'COGSYNC_VAR_'

/**
 * Whose a variable is, as `AWS_*`, if the runner, AWS or cogsync may keep a secret of its own there. Some systems know
 * names without regard to case, so all are taken so.
 */
export const reservedAs = (variable: string): string | undefined => {
  const name = variable.trim().toUpperCase()
  if (name.startsWith(free)) return undefined
  const prefix = prefixes.find(one => name.startsWith(one))
  return prefix === undefined ? names.find(one => name === one) : `${prefix}*`
}

/** The first part of a path that begins with a dot and is neither `.` nor `..`: `.git`, `.env`. */
export const hiddenPart = (path: string): string | undefined =>
  path.split(/[/\\]/).find(part => part.startsWith('.') && part !== '.' && part !== '..')
