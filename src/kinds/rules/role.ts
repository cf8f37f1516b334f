// What IAM would refuse of a role.
import type { Context, Values, Violation } from '../kind.ts'

export const checkRole = (_values: Values, _context: Context): Violation[] => []
