// Explanations for people: a page for a setting, a list for a block, a paragraph for a code.
import type { Explanation, Line } from '../../explain/explanation.ts'
import { safe } from '../printable.ts'
import { plain, type Style } from './style.ts'
import { wrap } from './wrap.ts'

type Setting = Extract<Explanation, { is: 'setting' }>
type Block = Extract<Explanation, { is: 'block' }>

const indent = '  '

/** Names in backticks: in colour they need none. */
const marked = (text: string, style: Style): string =>
  style === plain ? text : text.replace(/`([^`]+)`/g, (_, name: string) => style.cyan(name))

const prose = (text: string, style: Style): string => marked(wrap(text, indent).join('\n'), style)

/** A label, and text beside it that goes on below itself. */
const fact = (label: string, text: string, style: Style): string => {
  const beside = ' '.repeat(indent.length + 10)
  const [first = '', ...rest] = wrap(text, beside)
  return marked([`${indent}${style.dim(label.padEnd(8))}  ${first.trimStart()}`, ...rest].join('\n'), style)
}

const setting = (one: Setting, style: Style): string[] => [
  `${style.bold(safe(one.path))}  ${style.dim(one.of === 'file' ? 'at the top of the file' : one.of === 'any resource' ? 'on any resource' : `setting of ${withArticle(one.of)}`)}`,
  prose(one.doc, style),
  [
    fact('value', one.type, style),
    ...(one.inside ? [fact('inside', safe(`${one.inside.path}: ${one.inside.type}`), style)] : []),
    ...(one.notes.length === 0 ? [] : [fact('note', one.notes.join(' '), style)]),
    ...(one.silence === undefined ? [] : [fact('silence', one.silence, style)]),
    ...(one.changes.length === 0 ? [] : [fact('change', one.changes.join(' '), style)]),
    ...(one.together ? [fact('with', `Stated together with ${listed(one.together)}.`, style)] : []),
    ...(one.member === undefined ? [] : [fact('AWS', `\`${one.member}\``, style)]),
  ].join('\n'),
  ...(one.example === undefined
    ? []
    : [
        one.example
          .split('\n')
          .map(line => indent + indent + safe(line))
          .join('\n'),
      ]),
]

const withArticle = (title: string): string =>
  /^(roles|principal)/.test(title) ? title : `${/^[aeioAEIO]/.test(title) ? 'an' : 'a'} ${title}`

const listed = (names: readonly string[]): string => names.map(name => `\`${name}\``).join(', ')

const lines = (all: readonly Line[], style: Style): string => {
  const width = Math.max(...all.map(({ key }) => key.length))
  const beside = ' '.repeat(indent.length + width + 2)
  return all
    .map(({ key, text }) => {
      const [first = '', ...rest] = wrap(text, beside)
      return marked(
        [`${indent}${safe(key.padEnd(width))}  ${first.trimStart()}`.trimEnd(), ...rest].join('\n'),
        style,
      )
    })
    .join('\n')
}

const headed = (heading: string, all: readonly Line[], style: Style): string[] =>
  all.length === 0 ? [] : [`${style.dim(heading)}\n${lines(all, style)}`]

const block = (one: Block, style: Style): string[] => [
  one.path === '' ? style.bold('cognito.yaml') : `${style.bold(safe(one.path))}  ${style.dim(one.title)}`,
  ...(one.doc === '' ? [] : [prose(one.doc, style)]),
  ...headed('settings', one.settings, style),
  ...headed('blocks', one.blocks, style),
  ...headed('as on any resource', one.common, style),
  ...(one.attributes.length === 0
    ? []
    : [`${style.dim('references to it end in')}\n${indent}${one.attributes.join(', ')}`]),
]

/** Everything but a path that is unknown, which is an error and not an answer. */
export const renderExplanation = (
  explanation: Exclude<Explanation, { is: 'unknown' }>,
  style: Style = plain,
): string => {
  const parts =
    explanation.is === 'setting'
      ? setting(explanation, style)
      : explanation.is === 'block'
        ? block(explanation, style)
        : explanation.is === 'code'
          ? [`${style.bold(explanation.code)}  ${safe(explanation.title)}`, prose(explanation.explain, style)]
          : [`There are several called ${safe(explanation.path)}:`, lines(explanation.candidates, style)]
  return `${parts.join('\n\n')}\n`
}
