// Rendered plans: goldens that people have read, and laws that hold for any text.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Path } from '../../src/model.ts'
import { renderJson } from '../../src/render/json.ts'
import { renderMarkdown } from '../../src/render/markdown/plan.ts'
import { codeSpan, escapeMarkdown } from '../../src/render/markdown/text.ts'
import { safe, safeJson, safeLines } from '../../src/render/printable.ts'
import { renderPlan } from '../../src/render/text/plan.ts'
import { coloured } from '../../src/render/text/style.ts'
import { change, everything, firstApply, hostile, nothing, plan, set } from './plans.ts'

const golden = (name: string) => `./__goldens__/${name}`
const placeOf = (path: Path) => `cognito.yaml:${path.length * 7}`
const lineAt = () => '      - { path: lambdaConfig }'

describe('a plan as text', () => {
  test('of nothing to do', async () => {
    await expect(renderPlan(nothing)).toMatchFileSnapshot(golden('nothing.txt'))
  })
  test('of a first apply', async () => {
    await expect(renderPlan(firstApply)).toMatchFileSnapshot(golden('first-apply.txt'))
  })
  test('with everything a plan can hold', async () => {
    await expect(renderPlan(everything, { lineAt, placeOf })).toMatchFileSnapshot(golden('everything.txt'))
  })
  test('in colour', async () => {
    await expect(renderPlan(everything, { lineAt, placeOf, style: coloured })).toMatchFileSnapshot(
      golden('everything.ansi'),
    )
  })
  test('read as drift', async () => {
    await expect(renderPlan(everything, { drift: true, lineAt })).toMatchFileSnapshot(golden('drift.txt'))
  })
  test('never says "no changes" or "no drift" when something could not be read', () => {
    const partial = plan({ unread: everything.unread })
    for (const text of [renderPlan(partial), renderPlan(partial, { drift: true }), renderMarkdown(partial)]) {
      expect(text).not.toMatch(/No changes|No drift/)
      expect(text).toContain('not everything could be read')
    }
  })
  test('never says so when the plan has an error', () => {
    const faulty = plan({
      diagnostics: [{ code: 'COG3001', severity: 'error', path: [], message: 'not ours' }],
    })
    for (const text of [renderPlan(faulty), renderPlan(faulty, { drift: true }), renderMarkdown(faulty)]) {
      expect(text).not.toMatch(/No changes|No drift/)
      expect(text).toContain('The plan has 1 error and cannot be applied.')
    }
  })
  test('counts an unlisted provider as drift', () => {
    const text = renderPlan(plan({ unlisted: everything.unlisted }), { drift: true })
    expect(text).toContain('Drift: 1 resource exists that the file does not list.')
  })
  test('shows a reordered list whole, and a set as its difference', () => {
    const of = (before: string[], after: string[]) =>
      renderPlan(
        plan({
          changes: [
            change({ address: 'a.b', kind: 'k', action: 'update', fields: [set('list', before, after)] }),
          ],
        }),
      )
    expect(of(['a', 'b'], ['b', 'a'])).toContain('list  [a, b] → [b, a]')
    expect(of(['a', 'b'], ['a', 'c'])).toMatch(/- b\n +\+ c\n +\(1 unchanged\)/)
  })
  test('shows every difference, however small', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        fc.pre(
          JSON.stringify(before) !== JSON.stringify(after) && (before ?? undefined) !== (after ?? undefined),
        )
        const fields = [set('x', before as never, after as never)]
        const lines = renderPlan(
          plan({ changes: [change({ address: 'a.b', kind: 'k', action: 'update', fields })] }),
        ).split('\n')
        expect(lines.slice(3, -3).join('')).toMatch(/→|[+~-] /)
      }),
    )
  })
})

describe('a plan as markdown', () => {
  test('of nothing to do', async () => {
    await expect(renderMarkdown(nothing)).toMatchFileSnapshot(golden('nothing.md'))
  })
  test('with everything a plan can hold', async () => {
    await expect(renderMarkdown(everything, { placeOf })).toMatchFileSnapshot(golden('everything.md'))
  })
  test('fences are longer than any run of backticks inside', () => {
    const text = renderMarkdown(hostile('a ````` b'))
    expect(text).toContain('\n``````diff\n')
    expect(text.split('\n').filter(line => line.startsWith('``````'))).toHaveLength(2)
  })
  test('text cannot mention, link, open a tag, or end a cell', () => {
    expect(escapeMarkdown('@team <img> [x](http://a) #12 www.a.b a|b')).toBe(
      '@<!-- -->team &#60;img&#62; \\[x\\]\\(http:<!-- -->//a\\) #<!-- -->12 w<!-- -->ww.a.b a\\|b',
    )
    expect(codeSpan('a`b|c')).toBe('`` a`b\\|c ``')
  })
})

describe('a plan as JSON', () => {
  test('has the same head as every document', () => {
    const document = JSON.parse(
      renderJson({ tool: 'cogsync/0.1.0', command: 'plan', exitCode: 4 }, { plan: everything }),
    )
    expect(document).toMatchObject({
      format: 1,
      tool: 'cogsync/0.1.0',
      command: 'plan',
      exitCode: 4,
      summary: {
        empty: false,
        complete: false,
        create: 0,
        update: 5,
        adopt: 1,
        replace: 1,
        delete: 1,
        blocked: 2,
      },
    })
    expect(document.plan).toEqual(everything)
  })
})

describe('text from elsewhere', () => {
  const dangerous =
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]|\p{Cs}/u
  const attacks = [
    '\u001b[2J\u001b[1;1Hgone',
    'a\rb\nc',
    '\u202egnp.exe',
    '\u009b31m',
    '\u{e0041}\u{e0042}',
    '\ud800x',
    'zero\u200bwidth\ufeff',
  ]

  test.each(attacks)('cannot act on a terminal: %j', text => {
    const rendered = [
      renderPlan(hostile(text)),
      renderMarkdown(hostile(text)),
      renderJson({ tool: 't', command: 'plan', exitCode: 0 }, { plan: hostile(text) }),
    ]
    for (const output of rendered) expect(output).not.toMatch(dangerous)
  })

  test('cannot act on a terminal, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(safe(text)).not.toMatch(dangerous)
        expect(safeLines(text).join('\n')).not.toMatch(dangerous)
        expect(safeJson({ [text]: text })).not.toMatch(dangerous)
        expect(JSON.parse(safeJson({ text }))).toEqual({ text })
        expect(renderPlan(hostile(text))).not.toMatch(dangerous)
        expect(renderMarkdown(hostile(text))).not.toMatch(dangerous)
      }),
      { numRuns: 300 },
    )
  })

  test('shows emoji and letters of all languages as they are', () => {
    for (const text of ['Zürich', '日本', 'عربي', '👩‍💻', '✔️']) expect(safe(text)).toBe(text)
  })
})
