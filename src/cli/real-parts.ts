// The program's real heavy parts, behind imports that happen when they are needed.
import type { Parts } from './parts.ts'

export const realParts: Parts = {
  pipeline: () => import('../index.ts'),
  sandbox: () => import('../sandbox/index.ts'),
  schema: async () => {
    const [{ cognitoJsonSchema }, { kinds }] = await Promise.all([
      import('../spec/editor/json-schema.ts'),
      import('../kinds/index.ts'),
    ])
    return cognitoJsonSchema(kinds)
  },
  explain: () => import('../explain/index.ts'),
  titles: async () => {
    const { kinds } = await import('../kinds/index.ts')
    const titles = new Map(kinds.map(kind => [kind.name, kind.title]))
    return kind => titles.get(kind) ?? kind
  },
  console: () => import('./console.ts'),
}
