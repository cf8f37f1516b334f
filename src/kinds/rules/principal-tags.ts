// What Cognito would refuse of principal tags.
import type { Context, Values, Violation } from '../kind.ts'

export const checkPrincipalTags = (_values: Values, _context: Context): Violation[] => []
