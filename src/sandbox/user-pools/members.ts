// Reads members out of JSON whose types the model has already checked.
import type { Json, Members } from '../service.ts'
import { makeTable } from '../table.ts'

/** The member as a structure; empty when it is absent. */
export function readMembers(value: Json | undefined): Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {}
}

export function readList(value: Json | undefined): Members[] {
  return Array.isArray(value) ? value.map(readMembers) : []
}

export function readTexts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter(each => typeof each === 'string') : []
}

export function readText(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function readNumber(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** Without the members that are undefined: AWS leaves unset members out and never writes null. */
export function compact(members: { [member: string]: Json | undefined }): Members {
  const kept: Members = makeTable()
  for (const [name, value] of Object.entries(members)) if (value !== undefined) kept[name] = value
  return kept
}

export function pick(members: Members, names: readonly string[]): Members {
  return compact(Object.fromEntries(names.map(name => [name, members[name]] as const)))
}
