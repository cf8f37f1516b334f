// `src/aws/shapes.json`: the SDK's runtime schemas of the operations that the kinds declare.
import { type OperationShape, readShapes } from '../aws/shapes.ts'
import type { Kind } from '../kinds/kind.ts'
import { operationsOf } from '../kinds/operations.ts'

/** The shapes of all operations of the kinds, from the installed SDK. */
export const shapesFile = async (
  kinds: readonly Kind[],
): Promise<{ [operation: string]: OperationShape }> => {
  const operations = [
    ...new Set(kinds.flatMap(kind => [...operationsOf(kind).reads, ...operationsOf(kind).writes])),
  ].sort()
  const sdk = {
    'cognito-idp': await import('@aws-sdk/client-cognito-identity-provider'),
    'cognito-identity': await import('@aws-sdk/client-cognito-identity'),
    iam: await import('@aws-sdk/client-iam'),
    lambda: await import('@aws-sdk/client-lambda'),
    wafv2: await import('@aws-sdk/client-wafv2'),
  }
  const shapes: { [operation: string]: OperationShape } = Object.assign(
    {},
    ...Object.entries(sdk).map(([service, client]) =>
      readShapes(client as unknown as { [name: string]: unknown }, service, operations),
    ),
  )
  // what is others' is not watched for unknown members, so its shape is of no use
  const others = kinds.filter(kind => kind.read.others).flatMap(kind => kind.read.operations)
  return Object.fromEntries(
    Object.entries(shapes).map(([operation, shape]) => [
      operation,
      others.some(other => other === operation) ? { ...shape, output: 'document' } : shape,
    ]),
  )
}
