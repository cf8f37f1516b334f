// Text → one YAML document, when its syntax is right.
import { Composer, type CST, type Document, Parser } from 'yaml'
import type { Report } from './tree.ts'

const maxDepth = 64

/** The one document of the text, when its syntax is right. */
export const compose = (text: string, report: Report): Document.Parsed | undefined => {
  const tokens = [...new Parser().parse(text)]
  const deep = firstTooDeep(tokens)
  if (deep !== undefined) {
    report({
      code: 'COG1007',
      path: [],
      message: `values stand more than ${maxDepth} levels deep`,
      span: { start: deep, end: deep },
    })
    return undefined
  }
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    // looked for below: the library's own search is quadratic
    uniqueKeys: false,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const [document, second] = [...composer.compose(tokens, true, text.length)] as Document.Parsed[]
  if (document === undefined) return undefined
  for (const error of document.errors.slice(0, 20))
    report({
      code:
        error.code === 'TAB_AS_INDENT' ? 'COG1009' : error.code === 'MULTIPLE_DOCS' ? 'COG1008' : 'COG1001',
      path: [],
      message: reword(error.message),
      hint: error.code === 'TAB_AS_INDENT' ? 'indent with spaces' : undefined,
      span: { start: error.pos[0], end: error.pos[1] },
    })
  const { yaml } = document.directives
  if (yaml.explicit === true && yaml.version !== '1.2')
    report({
      code: 'COG1001',
      path: [],
      message: `the file asks for YAML ${yaml.version}; cogsync reads YAML 1.2`,
      hint: 'remove the %YAML line',
      span: { start: Math.max(0, text.indexOf('%YAML')), end: text.indexOf('%YAML') + 5 },
    })
  if (second !== undefined) {
    const mark = text.slice(second.range[0]).search(/^---/m)
    const start = mark < 0 ? second.range[0] : second.range[0] + mark
    report({
      code: 'COG1008',
      path: [],
      message: 'the file holds more than one YAML document',
      hint: 'keep one; environments are a key of it',
      span: { start, end: start + 3 },
    })
  }
  return document.errors.length > 0 ? undefined : document
}

/** Where the nesting passes the limit. Without recursion, because that is what deep nesting breaks. */
const firstTooDeep = (tokens: CST.Token[]): number | undefined => {
  const open: [CST.Token, number][] = tokens.map(token => [token, 0])
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [token, depth] = next
    if (depth > maxDepth) return token.offset
    if (token.type === 'document') {
      if (token.value) open.push([token.value, depth])
    } else if ('items' in token)
      for (const { key, value } of token.items as CST.CollectionItem[]) {
        if (key) open.push([key, depth + 1])
        if (value) open.push([value, depth + 1])
      }
  }
  return undefined
}

const reword = (message: string): string => {
  const line = message.split('\n')[0] ?? ''
  return (/^[A-Z][a-z]/.test(line) ? line.charAt(0).toLowerCase() + line.slice(1) : line).replace(/[.:]$/, '')
}
