// Bundles the command line and the GitHub Action into dist/: no runtime dependencies, the same bytes on every machine.
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const read = path => readFileSync(join(root, path), 'utf8')
const versionOf = path => JSON.parse(read(path)).version

// What dependencies written for CommonJS expect to find. Named so that no bundled name can clash.
const banner = `import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);`

/** @returns the bundle as esbuild has it: files in memory and the graph */
export const bundle = () =>
  build({
    absWorkingDir: root,
    entryPoints: { cli: 'src/cli/main.ts', action: 'src/action/main.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    entryNames: '[name]',
    chunkNames: 'chunks/[name]-[hash]',
    minifySyntax: true,
    minifyWhitespace: true,
    // names stay: a stack trace in a bug report can be read
    minifyIdentifiers: false,
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'warning',
    metafile: true,
    write: false,
    banner: { js: banner },
    define: {
      COGSYNC_VERSION: JSON.stringify(versionOf('package.json')),
      COGSYNC_SDK_VERSION: JSON.stringify(
        versionOf('node_modules/@aws-sdk/client-cognito-identity-provider/package.json'),
      ),
      COGSYNC_QUICKSTART: JSON.stringify(read('examples/quickstart/cognito.yaml')),
    },
  })

/** The packages inside, each with its licence: their texts must travel with them. */
const thirdParty = ({ inputs }) => {
  const names = Object.keys(inputs).map(path =>
    /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.slice(0, 2),
  )
  const folders = new Map(names.filter(Boolean).map(([folder, name]) => [folder, name]))
  return [...folders]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([folder, name]) => {
      const { version, license } = JSON.parse(read(join(folder, 'package.json')))
      const file = readdirSync(join(root, folder)).find(each => /^licen[cs]e/i.test(each))
      return [`${name} ${version} (${license})`, ...(file ? ['', read(join(folder, file)).trim()] : [])].join(
        '\n',
      )
    })
    .join(`\n\n${'-'.repeat(80)}\n\n`)
}

const write = async () => {
  const { outputFiles, metafile } = await bundle()
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  let bytes = 0
  for (const { path, contents } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, contents)
    bytes += contents.length
  }
  writeFileSync(
    join(root, 'dist/THIRD-PARTY.txt'),
    `What is bundled here, and its licences.\n\n${thirdParty(metafile)}\n`,
  )
  chmodSync(join(root, 'dist/cli.js'), 0o755)
  console.log(`dist: ${outputFiles.length} files, ${(bytes / 1e6).toFixed(1)} MB`)
  for (const { path, contents } of outputFiles
    .toSorted((a, b) => b.contents.length - a.contents.length)
    .slice(0, 5))
    console.log(`  ${(contents.length / 1e3).toFixed(0).padStart(6)} kB  ${relative(root, path)}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await write()
