// What an editor makes of the JSON Schema, asked of the YAML language server that VS Code and others run: completion,
// hover, squiggles.
import { describe, expect, it } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { getLanguageService } from 'yaml-language-server'
import { filesIn, read } from '../project/source.ts'

const url = 'https://unpkg.com/cogsync/schemas/cognito.schema.json'
const head = `# yaml-language-server: $schema=${url}\nversion: 1\nstack: shop\nregion: eu-west-1\n`

const asked: string[] = []
const editor = getLanguageService({
  schemaRequestService: async uri => {
    asked.push(uri)
    return read('schemas/cognito.schema.json')
  },
  workspaceContext: { resolveRelativePath: path => path },
  clientCapabilities: { textDocument: { hover: { contentFormat: ['markdown'] } } },
})
editor.configure({ completion: true, hover: true, validate: true, hoverSchemaSource: false })

let opened = 0

const open = (text: string) => TextDocument.create(`file:///${opened++}/cognito.yaml`, 'yaml', 1, text)

/** A file as the editor has it open, and where the cursor is: at the bar. */
const openAt = (text: string) => {
  const all = head + text
  const file = open(all.replace('|', ''))
  return { file, cursor: file.positionAt(all.indexOf('|')) }
}

const completions = async (text: string): Promise<{ [label: string]: string }> => {
  const { file, cursor } = openAt(text)
  const { items } = await editor.doComplete(file, cursor, false)
  return Object.fromEntries(items.map(({ label, insertText }) => [label, insertText ?? '']))
}

const hover = async (text: string): Promise<string> => {
  const { file, cursor } = openAt(text)
  const { contents = '' } = (await editor.doHover(file, cursor)) ?? {}
  return typeof contents === 'object' && 'value' in contents ? contents.value : String(contents)
}

/** What is marked, by line of the whole text. */
const squiggles = async (text: string): Promise<[line: number, message: string][]> =>
  (await editor.doValidation(open(text), false)).map(({ range, message }) => [range.start.line + 1, message])

const inPool = (lines: string) => `userPools:\n  customers:\n    ${lines}`

describe('an editor', () => {
  it('finds the schema by the line at the top of the file', async () => {
    await completions('|')
    expect(asked).toEqual([url])
  })

  it('completes the keys at the top, less those that are there', async () => {
    const keys = Object.keys(await completions('|'))
    expect(keys).toEqual(
      expect.arrayContaining(['userPools', 'identityPools', 'roles', 'environments', 'vars']),
    )
    expect(keys).not.toContain('stack')
  })

  it('completes the settings of a pool, a client and a domain', async () => {
    expect(await completions(inPool('|'))).toHaveProperty('userPoolTier')
    expect(await completions(inPool('clients:\n      web:\n        ca|'))).toHaveProperty('callbackUrls')
    expect(Object.keys(await completions(inPool('domain:\n      |')))).toEqual(
      expect.arrayContaining(['prefix', 'custom', 'managedLoginVersion', 'routing']),
    )
    expect(Object.keys(await completions(inPool('mfa:\n      |')))).toEqual(
      expect.arrayContaining(['configuration', 'sms', 'softwareToken', 'email', 'webAuthn']),
    )
  })

  it('completes the values that there are', async () => {
    expect(await completions(inPool('userPoolTier: |'))).toMatchObject({
      LITE: 'LITE',
      ESSENTIALS: 'ESSENTIALS',
      PLUS: 'PLUS',
    })
    expect(await completions(inPool('autoVerifiedAttributes:\n      - |'))).toMatchObject({
      email: 'email',
      phone_number: 'phone_number',
    })
    // as text, whatever older YAML makes of it
    expect(await completions(inPool('mfa:\n      configuration: |'))).toMatchObject({
      '"OFF"': '"OFF"',
      OPTIONAL: 'OPTIONAL',
      '"ON"': '"ON"',
    })
  })

  it("says on hover what a setting means, with AWS's name for it and examples", async () => {
    const shown = await hover(inPool('passwordPolicy:\n      minimum|Length: 12'))
    expect(shown).toContain('Policies.PasswordPolicy.MinimumLength')
    expect(shown).toContain('The shortest password allowed.')
    expect(await hover(inPool('userPool|Tier: PLUS'))).toContain('ESSENTIALS')
    expect(await hover(inPool('clients:\n      w|eb: {}'))).toContain('An app that signs people in')
    expect(await hover('unspeci|fied: keep')).toContain('What unmentioned settings mean')
  })

  it('marks mistakes where they stand', async () => {
    expect(await squiggles(head + inPool('userPoolTeir: PLUS'))).toEqual([
      [7, 'Property userPoolTeir is not allowed.'],
    ])
    const wrong = await squiggles(
      head + inPool('userPoolTier: PULS\n    passwordPolicy: { minimumLength: 5 }'),
    )
    expect(wrong.map(([line]) => line)).toEqual([7, 8])
    const inFile = await squiggles(head + inPool('clients:\n      web: { clientSecret: plain-text }'))
    expect(inFile.map(([line]) => line)).toEqual([8])
  })

  it.each(filesIn('examples', /^cognito\.yaml$/))('marks nothing in %s', async path => {
    const text = read(path).replace(/\$schema=\S+/, `$schema=${url}`)
    expect(await squiggles(text)).toEqual([])
  })
})
