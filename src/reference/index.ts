// Everything that is generated from the tables and the SDK: one function, used by the generator and its test.
import { codes } from '../codes/index.ts'
import { kinds } from '../kinds/index.ts'
import { cognitoJsonSchema } from '../spec/index.ts'
import { actionDoc } from './action.ts'
import { coverageDoc } from './coverage.ts'
import { diagnosticsDoc } from './diagnostics.ts'
import { referenceDoc } from './settings.ts'
import { shapesFile } from './shapes.ts'

const schemaId = 'https://unpkg.com/cogsync/schemas/cognito.schema.json'

/** The SDK's shapes alone, from which planning and the rest of the generated files are made. */
export const generatedShapes = async (): Promise<{ [path: string]: string }> => ({
  'src/aws/shapes.json': `${JSON.stringify(await shapesFile(kinds), null, 1)}\n`,
})

/** Every generated file of the project, by path from its root. */
export const generatedFiles = async (): Promise<{ [path: string]: string }> => {
  const shapes = await shapesFile(kinds)
  const { $schema, ...schema } = cognitoJsonSchema(kinds)
  return {
    ...(await generatedShapes()),
    'schemas/cognito.schema.json': `${JSON.stringify({ $schema, $id: schemaId, ...schema }, null, 2)}\n`,
    'docs/coverage.md': coverageDoc(kinds, shapes),
    'docs/diagnostics.md': diagnosticsDoc(codes),
    'docs/github-action.md': actionDoc(),
    'docs/reference.md': referenceDoc(kinds),
  }
}
