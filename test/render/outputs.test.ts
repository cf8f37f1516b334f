// Outputs as files: names that stay, values that no reader takes apart.
import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Outputs, ResourceOutputs } from '../../src/model.ts'
import { renderDotenv } from '../../src/render/outputs/files.ts'
import { clashIn, variablesOf } from '../../src/render/outputs/names.ts'
import { renderOutputs } from '../../src/render/outputs/table.ts'
import { coloured } from '../../src/render/text/style.ts'

const resource = (keys: string[], outputs: { [name: string]: string }): ResourceOutputs => ({
  address: keys.join('.'),
  kind: 'thing',
  keys,
  outputs: Object.entries(outputs).map(([name, value]) => ({ name, title: name, value })),
  amplify: {},
  mentions: [],
})

const outputsWith = (...resources: ResourceOutputs[]): Outputs => ({
  target: { stack: 'shop', account: '111122223333', region: 'eu-west-1', partition: 'aws' },
  resources,
  missing: [],
  unread: [],
  diagnostics: [],
})

describe('names of variables', () => {
  test.each([
    [['customers', 'web'], 'clientId', '', 'CUSTOMERS_WEB_CLIENT_ID'],
    [['customers', 'web-app'], 'clientId', 'VITE_', 'VITE_CUSTOMERS_WEB_APP_CLIENT_ID'],
    [['webApp'], 'jwksUrl', '', 'WEB_APP_JWKS_URL'],
    [['2go'], 'roleArn', '', '_2GO_ROLE_ARN'],
    [['2go'], 'roleArn', 'X', 'X2GO_ROLE_ARN'],
  ])('%j %s with %j before is %s', (keys, output, prefix, name) => {
    expect(variablesOf(outputsWith(resource(keys, { [output]: 'x' })), prefix)).toMatchObject([{ name }])
  })
  test('that are the same are noticed', () => {
    const both = outputsWith(resource(['web-app'], { id: '1' }), resource(['webApp'], { id: '2' }))
    expect(clashIn(variablesOf(both))?.map(({ address }) => address)).toEqual(['web-app', 'webApp'])
  })
})

describe('dotenv', () => {
  const line = (value: string) => renderDotenv([{ name: 'X', address: 'a', value }])
  test('quotes only what a shell would take apart', () => {
    expect(line('eu-west-1_AbC')).toBe('X=eu-west-1_AbC\n')
    expect(line('https://a.example/b?c=d&e=f')).toBe("X='https://a.example/b?c=d&e=f'\n")
  })
  test('means to a shell what it says, whatever that is', () => {
    const printable = fc
      .string({ unit: 'grapheme-ascii', maxLength: 40 })
      .filter(text => !text.includes('\\'))
    const values = fc.sample(printable, { numRuns: 100, seed: 7 })
    const file = values
      .map(line)
      .map((text, index) => text.replace('X=', `X${index}=`))
      .join('')
    const said = execFileSync(
      'sh',
      ['-c', `${file}\nfor i in $(seq 0 ${values.length - 1}); do eval "printf '%s\\n' \\"\\$X$i\\""; done`],
      { encoding: 'utf8' },
    )
    expect(said).toBe(values.map(value => `${value}\n`).join(''))
  })
  test('has a line for each value, whatever is in it', () => {
    expect(line('a\nY=1')).toBe("X='a\\nY=1'\n")
  })
})

test('the table lets nothing in a value move the cursor', () => {
  const text = renderOutputs(outputsWith(resource(['a'], { id: '\u001b[2Jx' })), { style: coloured })
  expect(text).toContain('\\x1b[2Jx')
})
