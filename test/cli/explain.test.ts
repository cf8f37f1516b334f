// cogsync explain: pages that people have read, and laws that hold for every place of the file.
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { codes } from '../../src/codes/index.ts'
import { isWritten } from '../../src/explain/describe.ts'
import { explain, explainable } from '../../src/explain/index.ts'
import { kinds } from '../../src/kinds/index.ts'
import { renderExplanation } from '../../src/render/text/explain.ts'
import { coloured } from '../../src/render/text/style.ts'
import { run } from './fake.ts'

const golden = (name: string) => `./__goldens__/explain-${name}.txt`
const paths = explainable()
  .map(({ key }) => key)
  .filter(key => !key.startsWith('COG'))

describe('explain', () => {
  test.each([
    ['', 'file'],
    ['userPools.mfa', 'block'],
    ['identityPools', 'kind'],
    ['userPools.customers.clients.web.callbackUrls', 'setting'],
    ['userPools.usernameAttributes', 'fixed-setting'],
    ['userPools.domain.custom.certificateArn', 'domain'],
    ['passwordPolicy.requireSymbols', 'together'],
    ['userPools.x.attributes.email.required', 'inside'],
    ['secrets', 'top'],
    ['COG2005', 'code'],
    ['precedence', 'cannot-clear'],
    ['callbackurls', 'any-case'],
  ])('%j', async (path, name) => {
    const { code, stdout, stderr, asked } = await run(`explain ${path}`.trim())
    expect({ code, stderr, asked }).toEqual({ code: 0, stderr: '', asked: [] })
    await expect(stdout).toMatchFileSnapshot(golden(name))
  })

  test.each([
    ['userPools.mfaa', 'userPools.mfa'],
    ['userPools.mfaa.configuration', 'userPools.mfa.configuration'],
    ['userPools.customers.passwordPolicy.minimumLenght', 'userPools.passwordPolicy.minimumLength'],
    ['clients.callbackUrl', 'userPools.clients.callbackUrls'],
    ['userPool', 'userPools'],
    ['COG200', 'COG2001'],
  ])('of %s asks for %s', async (path, meant) => {
    const { code, stdout, stderr } = await run(`explain ${path}`)
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' })
    expect(stderr).toContain(`did you mean \`${meant}\`?`)
  })

  test('of a name that several settings have lists them', async () => {
    const { code, stdout } = await run('explain name')
    expect(code).toBe(0)
    expect(stdout).toContain('There are several called name:')
    expect(stdout).toContain('roles.name')
  })

  test('takes AWS’s own names', () => {
    for (const name of ['CallbackURLs', 'Policies.PasswordPolicy.MinimumLength', 'MfaConfiguration'])
      expect(explain(name), name).toMatchObject({ is: 'setting', member: name })
  })

  test('takes a resource’s key for a setting’s name only where that leads somewhere', () => {
    expect(explain('userPools.mfa.clients.web.callbackUrls')).toMatchObject({
      path: 'userPools.mfa.clients.web.callbackUrls',
    })
    expect(explain('userPools.mfa.configuration')).toMatchObject({
      path: 'userPools.<key>.mfa.configuration',
    })
    expect(explain('userPools.customers')).toMatchObject({ is: 'block', path: 'userPools.customers' })
  })

  test('prints one document', async () => {
    const { stdout } = await run('explain --json userPools.mfa.configuration')
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'explain',
      exitCode: 0,
      explanation: {
        is: 'setting',
        path: 'userPools.<key>.mfa.configuration',
        schema: { enum: ['OFF', 'OPTIONAL', 'ON'] },
        member: 'MfaConfiguration',
      },
    })
  })

  test('is completed one step at a time', async () => {
    const complete = async (word: string) => (await run(`complete -- explain ${word}`)).stdout
    expect(await complete('userPools.mf')).toMatch(/^userPools\.mfa\t/)
    expect(await complete('user')).not.toContain('userPools.')
    expect(await complete('COG200')).toContain('COG2001')
  })
})

describe('every place of the file', () => {
  test('is found by its path', () => {
    for (const path of paths) {
      const found = explain(path)
      if (found.is !== 'setting' && found.is !== 'block') throw new Error(`${path} is ${found.is}`)
      expect(found.path.replaceAll(/\.<[^>]+>/g, ''), path).toBe(path)
    }
    expect(paths.length).toBeGreaterThan(150)
  })
  test('is found with keys in its path, as in a file', () => {
    for (const path of paths) {
      const found = explain(path)
      if (found.is !== 'setting' && found.is !== 'block') throw new Error(path)
      const real = found.path.replaceAll(/<[^>]+>/g, 'x1')
      expect(explain(real), real).toMatchObject({ is: found.is, path: real })
    }
  })
  test('that is a setting has an example which stands there', () => {
    for (const path of paths) {
      const found = explain(path)
      if (found.is !== 'setting' || found.example === undefined) continue
      const keys = found.path.split('.')
      const value = keys.reduce<unknown>(
        (at, key) =>
          key.startsWith('<') ? Object.values(at as object)[0] : (at as { [key: string]: unknown })[key],
        parse(found.example),
      )
      expect(value, path).toBeDefined()
    }
  })
  test('covers every row of every kind', () => {
    const docs = new Set(
      paths.flatMap(path => {
        const found = explain(path)
        return found.is === 'setting' ? [`${found.member} ${found.doc}`] : []
      }),
    )
    const lost = kinds.flatMap(kind =>
      kind.fields
        .filter(field => isWritten(kind, field) && !docs.has(`${[field.wire].flat()[0]} ${field.doc}`))
        .map(field => `${kind.name} ${field.path}`),
    )
    expect(lost).toEqual([])
  })
  test('and every code can be printed, in colour too', () => {
    for (const path of [...paths, ...Object.keys(codes)]) {
      const found = explain(path)
      if (found.is === 'unknown') throw new Error(path)
      expect(renderExplanation(found), path).not.toMatch(/undefined|\[object| $/m)
      expect(renderExplanation(found, coloured), path).toContain('\u001b[')
    }
  })
})
