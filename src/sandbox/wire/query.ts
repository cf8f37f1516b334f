// AWS Query (IAM, STS): form fields in, XML out.
import { XMLBuilder } from 'fast-xml-parser'
import { findInput, type Member } from '../model.ts'
import { type Json, type Members, ServiceError } from '../service.ts'
import { makeTable } from '../table.ts'

export const queryContentType = 'text/xml'

const namespaces = makeTable({
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
})

/** The service whose Version a form names. */
export function findServiceOfVersion(version: string | null): string | undefined {
  if (version === '2010-05-08') return 'iam'
  return version === '2011-06-15' ? 'sts' : undefined
}

type Tree = string | Map<string, Tree>

/** Reads `Tags.member.1.Key=a&…` into members typed by the model. */
export function readQuery(service: string, operation: string, form: URLSearchParams): Members {
  const root: Map<string, Tree> = new Map()
  for (const [path, value] of form) {
    if (path === 'Action' || path === 'Version') continue
    const steps = path.split('.', deepest + 1)
    if (steps.length > deepest) throw new ServiceError('MalformedInput', 'Unexpected complex element')
    hang(root, steps, value)
  }
  return readTree(root, findInput(service, operation)) as Members
}

/** Deeper than any request of AWS's. */
const deepest = 100

function hang(tree: Map<string, Tree>, steps: string[], value: string): void {
  const [step = '', ...rest] = steps
  if (rest.length === 0) {
    tree.set(step, value)
    return
  }
  const inner = tree.get(step)
  const next: Map<string, Tree> = inner instanceof Map ? inner : new Map()
  tree.set(step, next)
  hang(next, rest, value)
}

function readTree(tree: Tree, member: Member | undefined): Json {
  if (!(tree instanceof Map)) return readScalar(tree, member)
  const elements = tree.get('member')
  if (elements instanceof Map) return listInOrder(elements).map(each => readTree(each, member?.element))
  const entries = tree.get('entry')
  if (entries instanceof Map) {
    return tableOf(
      listInOrder(entries).map(entry => [
        entry instanceof Map ? String(entry.get('key')) : '',
        entry instanceof Map ? readTree(entry.get('value') ?? '', member?.value) : '',
      ]),
    )
  }
  return tableOf([...tree].map(([name, inner]) => [name, readTree(inner, member?.members.get(name))]))
}

function tableOf(entries: [key: string, value: Json][]): Members {
  return makeTable(Object.fromEntries(entries))
}

function listInOrder(numbered: Map<string, Tree>): Tree[] {
  return [...numbered].sort(([left], [right]) => Number(left) - Number(right)).map(([, value]) => value)
}

function readScalar(text: string, member: Member | undefined): Json {
  const type = member?.shape.type
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  // An empty list is sent as an empty field.
  if (type === 'list' && text === '') return []
  if (type === 'map' && text === '') return {}
  return text
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
})

export function writeQuery(
  service: string,
  operation: string,
  output: Members | undefined,
  requestId: string,
): string {
  const response: Record<string, unknown> = { '@xmlns': namespaces[service] ?? '' }
  if (output !== undefined) response[`${operation}Result`] = shapeForXml(output, '')
  response.ResponseMetadata = { RequestId: requestId }
  return builder.build({ [`${operation}Response`]: response })
}

export function writeQueryError(service: string, error: ServiceError, requestId: string): string {
  return builder.build({
    ErrorResponse: {
      '@xmlns': namespaces[service] ?? '',
      Error: { Type: error.status >= 500 ? 'Receiver' : 'Sender', Code: error.code, Message: error.message },
      RequestId: requestId,
    },
  })
}

/** Lists stand in `<member>`; a date given in seconds becomes ISO text, as Query prints it. */
function shapeForXml(value: Json, name: string): unknown {
  if (Array.isArray(value)) {
    return value.length === 0 ? '' : { member: value.map(element => shapeForXml(element, '')) }
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([inner, each]) => [inner, shapeForXml(each, inner)]),
    )
  }
  if (typeof value === 'number' && name.endsWith('Date')) {
    return new Date(Math.floor(value) * 1000).toISOString().replace('.000Z', 'Z')
  }
  return value
}
