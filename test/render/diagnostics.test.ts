// Diagnostics as compilers print them, and apply's report.
import { describe, expect, test } from 'vitest'
import type { Diagnostic, Outcome } from '../../src/model.ts'
import { renderDiagnostics, sorted } from '../../src/render/text/diagnostics.ts'
import { renderOutcome, renderReport } from '../../src/render/text/report.ts'
import { elapsed, wrap } from '../../src/render/text/wrap.ts'

const source = [
  'version: 1',
  'userPools:',
  '  customers:',
  '    passwordPolicy: { minimumLenght: 12 }',
  '\tmfa: { configuration: "ON\u001b[31m" }   # tabs and escapes',
  `    callbackUrls: [${'"https://a-very-long-host.example.com/callback", '.repeat(6)}"ftp://bad", "https://z"]`,
].join('\n')

const lineAt = ({ line }: { line: number }) => source.split('\n')[line - 1]

const diagnostic = (
  line: number,
  column: number,
  endColumn: number,
  more: Partial<Diagnostic> = {},
): Diagnostic => ({
  code: 'COG1203',
  severity: 'error',
  path: ['userPools', 'customers'],
  message: 'unknown setting "minimumLenght"',
  at: { file: 'cognito.yaml', line, column, endLine: line, endColumn },
  ...more,
})

const list: Diagnostic[] = [
  diagnostic(6, source.split('\n')[5]!.indexOf('"ftp') + 1, source.split('\n')[5]!.indexOf('"ftp') + 12, {
    code: 'COG2101',
    message: 'callback URL "ftp://bad" is neither https nor a custom scheme',
    hint: 'write `https://…`; `http://` is allowed for localhost only, and an app may use a scheme of its own such as `shop://callback`, which needs no host',
  }),
  diagnostic(5, 25, 33, {
    severity: 'warning',
    code: 'COG2001',
    message: 'bad \u001b[31m value\nsecond line',
  }),
  diagnostic(4, 23, 36, { hint: 'did you mean `minimumLength`?' }),
  { code: 'COG1001', severity: 'error', path: [], message: 'the file has no `region`' },
  {
    code: 'COG1301',
    severity: 'note',
    path: ['userPools', 'customers', 'clients', 0],
    message: 'no position is known for this one',
  },
]

describe('diagnostics', () => {
  test('show place, line, caret and help', async () => {
    await expect(renderDiagnostics(list, { lineAt })).toMatchFileSnapshot('./__goldens__/diagnostics.txt')
  })
  test('are sorted by place', () => {
    expect(sorted(list).map(({ at }) => at?.line)).toEqual([undefined, undefined, 4, 5, 6])
  })
  test('of nothing are nothing', () => {
    expect(renderDiagnostics([])).toBe('')
  })
  test('stand without a source line too', () => {
    expect(renderDiagnostics([diagnostic(4, 23, 36)])).toBe(
      'cognito.yaml:4:23: error[COG1203]: unknown setting "minimumLenght"\n\n1 error\n',
    )
  })
})

const outcome = (address: string, status: Outcome['status'], more: Partial<Outcome> = {}): Outcome => ({
  address,
  kind: 'client',
  action: 'update',
  status,
  calls: status === 'not tried' ? 0 : 1,
  ...more,
})

const outcomes = [
  outcome('userPools.customers', 'done', { action: 'create', calls: 2 }),
  outcome('userPools.customers.clients.web', 'failed', {
    error: {
      name: 'InvalidParameterException',
      message:
        'Invalid OAuthFlow: code needs at least one callback URL, and this message goes on for longer than one line of a terminal',
      operation: 'cognito-idp:UpdateUserPoolClient',
    },
  }),
  outcome('roles.member', 'not tried'),
]

describe('the report', () => {
  test('of a run that failed in the middle', async () => {
    const text =
      outcomes.map(each => renderOutcome(each, { milliseconds: 1234 })).join('') +
      renderReport({ outcomes, known: {} }, { milliseconds: 65_000 })
    await expect(text).toMatchFileSnapshot('./__goldens__/report-partial.txt')
  })
  test('of a run that went well', () => {
    expect(renderReport({ outcomes: outcomes.slice(0, 1), known: {} }, { milliseconds: 900 })).toBe(
      'Applied: 1 created. 2 requests in 900 ms.\n',
    )
  })
  test('of a run in which nothing was done', () => {
    expect(renderReport({ outcomes: outcomes.slice(1), known: {} })).toContain(
      'Not applied: nothing changed, 1 failed, 1 not tried.',
    )
  })
  test('of a run that was stopped', () => {
    expect(
      renderReport({ outcomes: [outcomes[0]!, outcomes[2]!], known: {} }, { interrupted: true }),
    ).toContain('Stopped because you asked.')
  })
})

test('prose is folded at spaces, and a long word stays whole', () => {
  expect(wrap('aa bb cccccccccc dd', '  ', 8)).toEqual(['  aa bb', '  cccccccccc', '  dd'])
})

test('times read as people say them', () => {
  expect([12, 1234, 59_949, 65_000].map(elapsed)).toEqual(['12 ms', '1.2 s', '59.9 s', '1 min 5 s'])
})
