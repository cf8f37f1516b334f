// Everything that is generated from the tables and the SDK: one function, used by the generator and its test.
import { codes } from '../../src/codes/index.ts'
import { kinds } from '../../src/kinds/index.ts'
import { cognitoJsonSchema } from '../../src/spec/editor/json-schema.ts'
import { planJsonSchema } from '../../src/workflows/plan-schema.ts'
import { actionDoc } from './action.ts'
import { coverageDoc } from './coverage.ts'
import { diagnosticsDoc } from './diagnostics.ts'
import { promisesDoc } from './promises/index.ts'
import { reliabilityDoc } from './reliability.ts'
import { referenceDoc } from './settings.ts'
import { sdkShapes, shapesFile } from './shapes.ts'

const schemaId = 'https://unpkg.com/cogsync/schemas/cognito.schema.json'
const planSchemaId = 'https://unpkg.com/cogsync/schemas/plan.schema.json'

/** The SDK's shapes alone, from which planning and the rest of the generated files are made. */
export const generatedShapes = async (): Promise<{ [path: string]: string }> => ({
  'src/aws/shapes.json': `${JSON.stringify(await shapesFile(kinds), null, 1)}\n`,
})

/** Every generated file of the project, by path from its root. */
export const generatedFiles = async (): Promise<{ [path: string]: string }> => {
  const { $schema, ...schema } = cognitoJsonSchema(kinds)
  const plan = planJsonSchema()
  return {
    ...(await generatedShapes()),
    'schemas/cognito.schema.json': `${JSON.stringify({ $schema, $id: schemaId, ...schema }, null, 2)}\n`,
    'docs/coverage.md': coverageDoc(kinds, await sdkShapes(kinds)),
    'schemas/plan.schema.json': `${JSON.stringify({ $schema: plan['$schema'], $id: planSchemaId, ...plan }, null, 2)}\n`,
    'docs/diagnostics.md': diagnosticsDoc(codes),
    'docs/github-action.md': actionDoc(),
    'docs/reference.md': referenceDoc(kinds),
    'docs/promises.md': promisesDoc(),
    'docs/reliability.md': reliabilityDoc(),
  }
}
