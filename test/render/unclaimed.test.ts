// What to write about what the file does not claim: commands that can be pasted as they are.
import { expect, it } from 'vitest'
import type { Plan, Unclaimed } from '../../src/model.ts'
import { waysOf } from '../../src/render/unclaimed.ts'

const target: Plan['target'] = {
  stack: 'shop',
  account: '111122223333',
  region: 'eu-west-1',
  partition: 'aws',
}
const old: Unclaimed = {
  kind: 'userPool',
  address: 'userPools.old',
  name: 'shop-prod',
  id: 'eu-west-1_1',
  key: 'old',
  environment: 'prod',
}
const deletion = (...given: Parameters<typeof waysOf>) =>
  waysOf(...given).find(({ to }) => to === 'delete it')?.write

it('names the environment of the plan, without which destroy refuses the file', () => {
  expect(deletion(old, { ...target, environment: 'prod' })).toBe(
    'cogsync destroy --env prod --target userPools.old',
  )
  expect(deletion(old, target)).toBe('cogsync destroy --target userPools.old')
})

it('names the file and the environment as the caller does', () => {
  expect(deletion(old, { ...target, environment: 'prod' }, ' --config a.yaml --env prod')).toBe(
    'cogsync destroy --config a.yaml --env prod --target userPools.old',
  )
})
