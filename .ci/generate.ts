// Writes every generated file; the freshness test compares them with what is committed.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { generatedFiles, generatedShapes } from '../tools/reference/index.ts'

// the documents are made with the shapes, so those are written by a run of their own, before
const onlyShapes = process.argv[2] === 'shapes'
const files = onlyShapes ? await generatedShapes() : await generatedFiles()

for (const [path, text] of Object.entries(files)) {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
  console.log(`wrote ${path}`)
}
