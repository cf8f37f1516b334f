// Everything that is generated from the tables and the SDK: one function, used by the generator and its test.
import { kinds } from '../kinds/index.ts'
import { shapesFile } from './shapes.ts'

/** Every generated file of the project, by path from its root. */
export const generatedFiles = async (): Promise<{ [path: string]: string }> => ({
  'src/aws/shapes.json': `${JSON.stringify(await shapesFile(kinds), null, 1)}\n`,
})
