// The request model of every operation served: member shapes as a tree, read from model.json and, for the services
// around Cognito, model-edges.json.
import source from './model.json' with { type: 'json' }
import edges from './model-edges.json' with { type: 'json' }

export interface Shape {
  type: 'string' | 'integer' | 'boolean' | 'structure' | 'list' | 'map' | 'blob'
  min?: number
  max?: number
  /** holds for the whole value */
  pattern?: RegExp
  patternText?: string
  enum?: string[]
  /** its value is not repeated in error texts */
  sensitive?: boolean
}

/** One member of a request, with what stands inside it. */
export interface Member {
  shape: Shape
  required: boolean
  members: Map<string, Member>
  /** of a list's elements */
  element?: Member
  key?: Member
  value?: Member
}

interface SourceShape {
  type: string
  min?: number
  max?: number
  pattern?: string
  enum?: string[]
  sensitive?: boolean
}

interface SourceService {
  shapes: Record<string, SourceShape>
  /** operation → member path → shape name, with a `!` when required; `a.b` member, `a[]` element, `a{key}`, `a{}` */
  operations: Record<string, Record<string, string>>
}

const services = { ...source, ...edges } as unknown as Record<string, SourceService>
const trees = new Map<string, Member>()

/** The root of an operation's input, or undefined when the model does not have the operation. */
export function findInput(service: string, operation: string): Member | undefined {
  const operations = services[service]?.operations ?? {}
  const paths = Object.hasOwn(operations, operation) ? operations[operation] : undefined
  if (paths === undefined) return undefined
  const name = `${service}.${operation}`
  const tree = trees.get(name) ?? growTree(paths, services[service]?.shapes ?? {})
  trees.set(name, tree)
  return tree
}

function growTree(paths: Record<string, string>, shapes: Record<string, SourceShape>): Member {
  const root = makeMember({ type: 'structure' }, true)
  for (const [path, reference] of Object.entries(paths)) {
    const required = reference.endsWith('!')
    const shape = readShape(shapes[required ? reference.slice(0, -1) : reference])
    plant(root, splitPath(path), makeMember(shape, required))
  }
  return root
}

function splitPath(path: string): string[] {
  return path.match(/\[\]|\{key\}|\{\}|[^.[{]+/g) ?? []
}

/** Hangs a member into the tree at its path; the members above it come first in the file. */
function plant(root: Member, steps: string[], leaf: Member): void {
  const last = steps[steps.length - 1] ?? ''
  const parent = steps.slice(0, -1).reduce(descend, root)
  if (last === '[]') parent.element = leaf
  else if (last === '{key}') parent.key = leaf
  else if (last === '{}') parent.value = leaf
  else parent.members.set(last, leaf)
}

function descend(member: Member, step: string): Member {
  const next = step === '[]' ? member.element : step === '{}' ? member.value : member.members.get(step)
  if (next === undefined) throw new Error(`model.json: ${step} has no parent`)
  return next
}

function makeMember(shape: Shape, required: boolean): Member {
  return { shape, required, members: new Map() }
}

function readShape(source: SourceShape | undefined): Shape {
  if (source === undefined) throw new Error('model.json: unknown shape')
  const { pattern, type, ...limits } = source
  const shape: Shape = { ...limits, type: type as Shape['type'] }
  if (pattern !== undefined) {
    shape.patternText = pattern
    shape.pattern = new RegExp(`^(?:${pattern})$`, 'u')
  }
  return shape
}
