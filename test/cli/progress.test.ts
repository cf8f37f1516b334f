// Signs of life: none for what is quick, a line now and then without a terminal, never an animation there.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watch } from '../../src/cli/progress.ts'
import type { Session } from '../../src/cli/session.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const watched = (quiet = false) => {
  const lines: string[] = []
  const io = {
    stderr: { write: (text: string) => lines.push(text), isTTY: false },
    env: {},
    now: () => Date.now(),
  }
  return { lines, seen: watch({ io, quiet } as unknown as Session, 'Reading AWS') }
}

test('nothing is said of what takes less than a second', () => {
  const { lines, seen } = watched()
  vi.advanceTimersByTime(990)
  seen.stop()
  vi.advanceTimersByTime(60_000)
  expect(lines).toEqual([])
})

test('a line after a second, then every ten, with what was last heard', () => {
  const { lines, seen } = watched()
  seen.progress({ stage: 'read', done: 1, total: 4, text: 'userPools.a\u001b' })
  vi.advanceTimersByTime(1000)
  seen.progress({ stage: 'read', done: 3, total: 4, text: 'roles.b' })
  vi.advanceTimersByTime(10_000)
  seen.stop()
  expect(lines).toEqual(['Reading 1/4 userPools.a\\x1b\n', 'Reading 3/4 roles.b (11.0 s)\n'])
})

test('--quiet silences it, and the lines of apply too', () => {
  const { lines, seen } = watched(true)
  vi.advanceTimersByTime(60_000)
  seen.line('✓\n')
  seen.stop()
  expect(lines).toEqual([])
})

test('after fifteen seconds without an answer, the line says who has not answered, once', () => {
  const { lines, seen } = watched()
  seen.contact('asked')
  seen.contact({ address: 'https://iam.amazonaws.com' })
  vi.advanceTimersByTime(14_000)
  expect(lines.join('')).not.toContain('no answer')
  vi.advanceTimersByTime(2000)
  expect(
    lines.filter(line => line.includes('no answer from https://iam.amazonaws.com for 15.0 s')),
  ).toHaveLength(1)
  seen.contact('answered')
  seen.contact('ended')
  lines.length = 0
  vi.advanceTimersByTime(60_000)
  seen.stop()
  expect(lines.join('')).not.toContain('no answer')
})
