// Generated files are what the generator makes of the source.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generatedFiles } from '../../tools/reference/index.ts'
import { read, root } from './source.ts'

const files = await generatedFiles()

describe('generated files', () => {
  it.each(Object.keys(files))('%s is fresh', path => {
    const committed = existsSync(join(root, path)) ? read(path) : ''
    expect(committed === files[path], `${path} is out of date: run npm run generate and commit it`).toBe(true)
  })
  it('are the same each time', async () => {
    expect(await generatedFiles()).toEqual(files)
  })
  it('say of themselves that they are generated, where they are for people', () => {
    for (const [path, text] of Object.entries(files))
      if (path.endsWith('.md')) expect(text.split('\n')[0], path).toContain('npm run generate')
  })
})
