// cogsync completion: the script for a shell, and the hidden command that the script asks.
import { readdirSync } from 'node:fs'
import { RootCommand } from '@bomb.sh/tab'
import type { Command, Option } from 'commander'
import { exits } from '../exit.ts'
import { makeProgram } from '../program.ts'
import type { Run, Session } from '../session.ts'

type Complete = (value: string, description: string) => void

/** Files that may be meant: the shell's own completion is off while ours answers. */
const files =
  ({ io }: Session, pattern: RegExp) =>
  (complete: Complete) => {
    for (const name of readdirSync(io.cwd)) if (pattern.test(name)) complete(name, '')
  }

const oneOf = (choices: readonly string[]) => (complete: Complete) => {
  for (const each of choices) complete(each, '')
}

/** The places of a file one step at a time, or the codes once that is what is typed. */
const places = async ({ parts }: Session, word: string) => {
  const { explainable } = await parts.explain()
  const depth = word.split('.').length
  const lines = explainable().filter(({ key }) =>
    /^COG\d/.test(key) ? /^COG/.test(word) : key.split('.').length <= depth,
  )
  return (complete: Complete) => {
    for (const { key, text } of lines) complete(key, text)
  }
}

const values = (session: Session, { long, argChoices }: Option) => {
  if (argChoices) return oneOf(argChoices)
  if (long === '--config') return files(session, /\.ya?ml$/)
  if (long === '--out' || long === '--data') return files(session, /\.json$/)
  return () => {}
}

/** The program as tab wants it: commands, options with what they take, arguments. */
const treeOf = async (session: Session, program: Command, args: readonly string[]): Promise<RootCommand> => {
  const tree = new RootCommand()
  const help = program.createHelp()
  for (const command of help.visibleCommands(program)) {
    const node = tree.command(command.name(), command.summary() || command.description())
    for (const option of help.visibleOptions(command)) {
      const [name, short] = [option.long?.slice(2), option.short?.slice(1)]
      if (name === undefined) continue
      if (option.required || option.optional)
        node.option(name, option.description, values(session, option), short)
      else if (short === undefined) node.option(name, option.description)
      else node.option(name, option.description, short)
    }
    for (const argument of command.registeredArguments) {
      const choices = argument.argChoices
      const known = choices
        ? oneOf(choices)
        : argument.name() === 'path' && args.includes(command.name())
          ? await places(session, args.at(-1) ?? '')
          : argument.name() === 'plan-file'
            ? files(session, /\.json$/)
            : () => {}
      node.argument(argument.name(), known)
    }
  }
  return tree
}

/** tab writes with console.log; here it writes where everything else does. */
const printing = (session: Session, act: () => void): void => {
  const { log } = console
  console.log = (text: string) => session.print(`${text}\n`)
  try {
    act()
  } finally {
    console.log = log
  }
}

const program = () => makeProgram(() => {}, { out: () => {}, err: () => {} })

export const run: Run = async (session, _options, shell = '') => {
  printing(session, () => new RootCommand().setup('cogsync', 'cogsync', shell))
  return exits.ok
}

export const complete: Run = async (session, _options, ...args) => {
  const tree = await treeOf(session, program(), args)
  printing(session, () => tree.parse(args))
  return exits.ok
}
