// The SDK's runtime schemas as shapes: all that coverage looks at, and `src/aws/shapes.json` for the program.
import { operationsIn, readShapes } from '../../src/aws/shapes.ts'
import type { Kind } from '../../src/table/kind.ts'
import { operationsOf } from '../../src/table/operations.ts'
import type { Shapes } from './ownership.ts'

const loadSdk = async (): Promise<{ [service: string]: { [name: string]: unknown } }> => {
  const sdk = {
    'cognito-idp': await import('@aws-sdk/client-cognito-identity-provider'),
    'cognito-identity': await import('@aws-sdk/client-cognito-identity'),
    iam: await import('@aws-sdk/client-iam'),
    lambda: await import('@aws-sdk/client-lambda'),
    wafv2: await import('@aws-sdk/client-wafv2'),
  }
  return sdk as unknown as { [service: string]: { [name: string]: unknown } }
}

const operationsOfKinds = (kinds: readonly Kind[]): string[] =>
  kinds.flatMap(kind => Object.values(operationsOf(kind)).flat())

/** The shapes of every operation of Cognito's two APIs, and of those that the kinds send to others. */
export const sdkShapes = async (kinds: readonly Kind[]): Promise<Shapes> => {
  const shapes: Shapes = {}
  for (const [service, client] of Object.entries(await loadSdk())) {
    const all = service.startsWith('cognito-') ? operationsIn(client, service) : []
    const operations = [...new Set([...all, ...operationsOfKinds(kinds)])].sort()
    Object.assign(shapes, readShapes(client, service, operations))
  }
  return shapes
}

/** What the program keeps of them: the operations of the kinds. */
export const shapesFile = async (kinds: readonly Kind[]): Promise<Shapes> => {
  const own = operationsOfKinds(kinds)
  // what is others' is not watched for unknown members, so its shape is of no use
  const others: string[] = kinds.filter(kind => kind.read.others).flatMap(kind => kind.read.operations)
  return Object.fromEntries(
    Object.entries(await sdkShapes(kinds))
      .filter(([operation]) => own.includes(operation))
      .map(([operation, shape]) => [
        operation,
        others.includes(operation) ? { ...shape, output: 'document' } : shape,
      ]),
  )
}
