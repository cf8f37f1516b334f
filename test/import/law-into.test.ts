// The law of import, for files that are added to: what stood there stays.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWorld, type World } from '../laws/world.ts'
import { holds, type Images, progress, runs, seed, usual } from './holds.ts'
import { makeState, statePlan } from './states.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

it(
  'import in two steps, the second into the file of the first',
  async () => {
    let added = 0
    const done = progress('import into')
    await fc.assert(
      fc.asyncProperty(statePlan, fc.boolean(), async (state, environments) => {
        world.renew()
        await makeState(world, { ...state, sameStack: false })
        const [first] = (await world.aws.send('cognito-idp:ListUserPools', { MaxResults: 60 }))[
          'UserPools'
        ] as { Id: string }[]
        if (first === undefined) return
        const common = { stack: 'two-steps', ...(environments && { environment: 'prod' }) }
        const images: Images = new Map()
        const { text } = await holds(world, { ...common, wanted: [first.Id] }, images)
        const commented = text.replaceAll('\n\n', '\n# why\n\n')
        const into = { file: 'cognito.yaml', text: commented }
        const second = await holds(world, { ...common, wanted: 'all', into }, images)
        const lines = new Set(second.text.split('\n'))
        // braces that took something in are the only lines that change
        const gone = commented.split('\n').filter(line => !lines.has(line) && !line.endsWith('}'))
        expect(gone, second.text).toEqual([])
        added += second.addresses.length
        done()
      }),
      { numRuns: Math.ceil(runs / 5), seed, endOnFailure: runs > usual },
    )
    expect(added).toBeGreaterThan(0)
  },
  runs * 5000,
)
