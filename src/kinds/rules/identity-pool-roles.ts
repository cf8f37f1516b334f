// What Cognito would refuse of the roles of an identity pool.
import type { Context, Values, Violation } from '../kind.ts'

export const checkIdentityPoolRoles = (_values: Values, _context: Context): Violation[] => []
