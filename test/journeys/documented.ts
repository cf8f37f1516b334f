// The commands that the documents show, as somebody would type them.
import { filesIn, read } from '../project/source.ts'

/** Every command line in a block for a shell, and every one in a sentence; each once, without `cogsync`. */
export const documentedCommands = (): string[] => {
  const pages = ['README.md', ...filesIn('docs', /\.md$/), ...filesIn('examples', /\.md$/)]
  return [...new Set(pages.flatMap(page => commandsOf(read(page))))].sort()
}

const commandsOf = (text: string): string[] => {
  const fence = /^```(\w*)\n([\s\S]*?)^```$/gm
  const blocks = [...text.matchAll(fence)].flatMap(([, language, body = '']) =>
    language === 'sh' ? body.split('\n') : [],
  )
  const spans = [...text.replaceAll(fence, '').matchAll(/`((?:npx )?cogsync [^`\n]+)`/g)]
  return [...blocks, ...spans.map(([, span = '']) => span)].flatMap(commandIn)
}

/** The command of a line, without what is the shell's: comments, pipes, redirections, substitutions. */
const commandIn = (line: string): string[] => {
  const [, command] = /(?:^|[\s(])cogsync ([^|#()]+)/.exec(line) ?? []
  return command === undefined ? [] : [command.replace(/ > .*/, '').trim()]
}
