// The comment as a reviewer reads it: the seven pull requests of the specification, and plans of any size.
import { describe, expect, test } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import type { Term } from '../../src/model.ts'
import { commentBudget, summaryBudget } from '../../src/render/markdown/budget.ts'
import { renderDrift } from '../../src/render/markdown/drift.ts'
import { renderMarkdown } from '../../src/render/markdown/plan.ts'
import { driftImpact } from '../../src/workflows/impact-of-drift.ts'
import { onBench } from '../journeys/run.ts'
import { change, everything, hostile, plan, set } from '../render/plans.ts'
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

describe('a plan of any size', () => {
  const many = plan({
    changes: [
      ...Array.from({ length: 5000 }, (_, n) =>
        change({
          address: `userPools.customers.clients.c${n}`,
          kind: 'userPoolClient',
          action: 'update',
          fields: [set('callbackUrls', ['https://a.example/'], ['https://b.example/'])],
        }),
      ),
      change({
        address: 'userPools.customers.identityProviders.Google',
        kind: 'identityProvider',
        action: 'delete',
        impact: ['login-breaking'],
      }),
    ],
    unlisted: Array.from({ length: 5000 }, (_, n) => ({
      kind: 'userPoolClient',
      address: `userPools.customers.clients.x${n}`,
      name: `x${n}`,
      drift: false,
    })),
  })
  test.each([
    ['a comment', commentBudget],
    ['a summary', summaryBudget],
  ])('fits %s, with what is dangerous first and its hash at the end', (_, budget) => {
    const text = renderMarkdown(many, { title, budget })
    expect(budget.size(text)).toBeLessThanOrEqual(budget.most)
    expect(text.indexOf('**delete** identity provider `Google`')).toBeLessThan(2000)
    expect(text).toMatch(/…and \d+ changes not listed here\./)
    expect(text).toContain(`The plan's hash is \`${many.hash}\``)
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length)
  })
  test('with one long text leaves that diff out, whole', () => {
    const long = plan({
      changes: [
        change({
          address: 'userPools.a',
          kind: 'userPool',
          action: 'update',
          fields: [
            set('verificationMessageTemplate.emailMessage', 'a\n'.repeat(40_000), 'b\n'.repeat(40_000)),
          ],
        }),
        change({
          address: 'userPools.b',
          kind: 'userPool',
          action: 'update',
          fields: [set('deletionProtection', 'INACTIVE', 'ACTIVE')],
        }),
      ],
    })
    const text = renderMarkdown(long, { title, budget: commentBudget })
    expect(text).toContain('1 diff did not fit here')
    expect(text).toContain('+ deletionProtection: ACTIVE')
  })
})

describe('hostile text', () => {
  const attacks = [
    'a`` b',
    '| x |',
    '<img src=x>',
    '@everyone',
    '#1',
    '](http://evil)',
    '<!-- cogsync:plan',
    '```\n# x',
  ]
  test.each(attacks)('is only text: %j', attack => {
    const text = renderMarkdown(hostile(attack), { title })
    const outside = text.replace(/(`{3,})[\s\S]*?\n\1/g, '').replace(/(`+)[^\n]*?\1|<code>.*?<\/code>/g, '')
    expect(outside).not.toMatch(/<img|<!-- cogsync|@everyone|#1\b|\]\(http/)
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length)
  })
})

describe('a drift issue', () => {
  const changed = (kind: string, path: string, before: Term, after: Term) =>
    driftImpact(
      change({ address: 'a', action: 'update', kind, fields: [{ path, before, after, impact: [] }] }),
    )
  test('tells what was done to AWS, not what the repair does', () => {
    const [few, many] = [['ALLOW_USER_SRP_AUTH'], ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH']]
    expect(changed('userPoolClient', 'explicitAuthFlows', many, few)).toEqual(['security-loosening'])
    expect(changed('userPoolClient', 'explicitAuthFlows', few, many)).toEqual(['login-breaking'])
    expect(changed('userPool', 'passwordPolicy.minimumLength', 6, 12)).toEqual(['security-loosening'])
    expect(changed('userPool', 'passwordPolicy.minimumLength', 12, 6)).toEqual(['security-tightening'])
    expect(changed('role', 'policies', {}, {})).toEqual(['security-loosening'])
    expect(changed('userPool', 'triggers.preSignUp', 'arn:x', null)).toEqual(['login-breaking'])
  })
  test('has the worst first, and a next step for each', async () => {
    const text = renderDrift(everything, {
      title,
      impactOf: driftImpact,
      selection: ' --env prod',
      runUrl: 'https://github.com/a/b',
    })
    await expect(text).toMatchFileSnapshot('./__goldens__/drift.md')
  })
})
