// While import reads AWS, somebody may edit the file that it adds to: what they wrote stays.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider'
import { expect, it } from 'vitest'
import { atRequest } from '../faults/faults.ts'
import { command } from '../journeys/command.ts'
import { onBench } from '../journeys/run.ts'

it('what somebody writes into the file while AWS is read is not overwritten', () =>
  onBench(async bench => {
    const config = await bench.file(
      'version: 1\nstack: shop\nregion: eu-west-1\nuserPools: { customers: {} }\n',
    )
    await bench.make(config)
    await bench.cognito.send(new CreateUserPoolCommand({ PoolName: 'partners' }))
    const path = join(bench.folder, 'cognito.yaml')
    const theirs = `${readFileSync(path, 'utf8')}# somebody was here\n`
    const until = async () => writeFileSync(path, theirs)
    const heal = bench.sandbox.inject(atRequest(1, { hold: 'before', until }, 'DescribeUserPool'))
    const argv = ['import', '--pool', 'partners', '--into', 'cognito.yaml']
    const { code, said } = await command(bench, ...argv)
    heal()
    expect([code, said]).toEqual([1, expect.stringContaining('could not write cognito.yaml')])
    expect(readFileSync(path, 'utf8')).toBe(theirs)
    expect((await command(bench, ...argv)).code).toBe(0)
    expect(readFileSync(path, 'utf8')).toMatch(/partners[\s\S]*# somebody was here/)
  }))
