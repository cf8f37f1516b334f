// The project's own source as data: files, imports, literals. Read with the compiler's parser, so that comments
// and strings are told apart.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

const posix = (path: string): string => path.split(sep).join('/')

export const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Every file below a folder of the project, by path from its root. */
export const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && ending.test(entry.name))
    .map(entry => posix(relative(root, join(entry.parentPath, entry.name))))
    .sort()

export interface Import {
  from: string
  /** a path of the project, or a package's name, or `node:…` */
  to: string
  /** gone once compiled */
  typeOnly: boolean
  /** happens when it is reached, not at the start */
  late: boolean
}

export interface Source {
  path: string
  text: string
  lines: number
  imports: Import[]
  /** string literals, without those that imports name and those that tell alternatives of a type apart */
  strings: { text: string; line: number }[]
  /** how often a thing to count stands in it */
  counts: { [thing in Counted]: number }
}

export const counted = ['any', 'as never', 'as unknown as', '@ts-expect-error'] as const
export type Counted = (typeof counted)[number]

/** `@aws-sdk/client-iam/x` → `@aws-sdk/client-iam`; paths of the project stay paths. */
const target = (from: string, specifier: string): string => {
  if (specifier.startsWith('.')) return posix(normalize(join(dirname(from), specifier)))
  if (specifier.startsWith('node:')) return specifier
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

const isTypeOnly = (clause: ts.ImportClause | undefined): boolean => {
  if (clause === undefined) return false
  if (clause.isTypeOnly) return true
  const named = clause.namedBindings
  return (
    clause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every(element => element.isTypeOnly)
  )
}

/** The string that says where an import comes from. */
const isSpecifier = ({ parent }: ts.Node): boolean =>
  ts.isImportDeclaration(parent) ||
  ts.isExportDeclaration(parent) ||
  (ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent)) ||
  (ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword)

/** The word after `is`, by which this source tells the alternatives of a type apart. */
const isTag = ({ parent }: ts.Node): boolean => {
  const owner = ts.isLiteralTypeNode(parent) ? parent.parent : parent
  if (ts.isPropertyAssignment(owner) || ts.isPropertySignature(owner)) return owner.name.getText() === 'is'
  return ts.isBinaryExpression(parent) && /\bis$/.test(parent.left.getText())
}

export const parse = (path: string, text = read(path)): Source => {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const source: Source = {
    path,
    text,
    lines: text.split('\n').length - 1,
    imports: [],
    strings: [],
    counts: { any: 0, 'as never': 0, 'as unknown as': 0, '@ts-expect-error': 0 },
  }
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, late: boolean) => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier))
      source.imports.push({ from: path, to: target(path, specifier.text), typeOnly, late })
  }
  const look = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause), false)
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly, false)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true, false)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false, true)
    else if (ts.isStringLiteralLike(node) && !isSpecifier(node) && !isTag(node)) {
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1
      source.strings.push({ text: node.text, line })
    } else if (node.kind === ts.SyntaxKind.AnyKeyword) source.counts.any += 1
    else if (ts.isAsExpression(node)) {
      if (node.type.kind === ts.SyntaxKind.NeverKeyword) source.counts['as never'] += 1
      const inner = node.expression
      if (ts.isAsExpression(inner) && inner.type.kind === ts.SyntaxKind.UnknownKeyword)
        source.counts['as unknown as'] += 1
    }
    ts.forEachChild(node, look)
  }
  look(file)
  source.counts['@ts-expect-error'] = (
    text.match(/^\s*\/\/ @ts-(?:expect-error|ignore|nocheck)/gm) ?? []
  ).length
  return source
}

/** Everything under src, parsed. */
export const sources: Source[] = filesIn('src', /\.ts$/).map(path => parse(path))
