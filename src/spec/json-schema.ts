// The kinds → a JSON Schema of the file, for editors: hover, completion, early warnings.
import type { z } from 'zod'
import type { Kind } from '../kinds/kind.ts'
import type { JsonObject } from '../model.ts'
export const cognitoJsonSchema = (_kinds: readonly Kind[]): JsonObject => ({})
