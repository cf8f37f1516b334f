// The comment as a reviewer reads it: the seven pull requests of the specification, and plans of any size.
import { describe, expect, test } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import { renderMarkdown } from '../../src/render/markdown.ts'
import { onBench } from '../journeys/run.ts'
import { planOf, scenarios } from './scenarios.ts'

const title = (kind: string) => kinds.find(({ name }) => name === kind)?.title ?? kind

describe('a reviewer is told about', () => {
  test.each(Object.entries(scenarios))('%s', async (name, scenario) => {
    await onBench(async bench => {
      const { plan, origins, parsed } = await planOf(bench, scenario)
      const text = renderMarkdown(plan, {
        title,
        origins,
        alias: 'shop-prod',
        placeOf: path => {
          const at = parsed.locate(path, true)
          return at && `${at.file}:${at.line}`
        },
        linkTo: place => `https://github.com/shop/identity/blob/0a1b2c3/${place.replace(':', '#L')}`,
        reproduce: ['git checkout 0a1b2c3', 'cogsync plan'],
      })
      await expect(text).toMatchFileSnapshot(`./__goldens__/${name.replaceAll(' ', '-').toLowerCase()}.md`)
    })
  })
})
