// Bundles the command line and the GitHub Action into dist/: no runtime dependencies, the same bytes on every machine.
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const read = path => readFileSync(join(root, path), 'utf8')
const versionOf = path => JSON.parse(read(path)).version

// Messages of validation are our own, so that only one of zod's forty languages is needed.
const oneLanguage = {
  name: 'one-language',
  load: {
    filter: { id: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ },
    handler: () => "export { default as en } from './en.js'",
  },
}

// Commands are functions here: commander need not be able to start programs, for which it loads much of node.
const noPrograms = {
  name: 'no-programs',
  transform: {
    filter: { id: /[\\/]commander[\\/]lib[\\/]command\.js$/ },
    handler: code => {
      const loads = "require('node:child_process')"
      if (!code.includes(loads)) throw new Error(`commander has no ${loads} any more`)
      return code.replace(loads, '{}')
    },
  },
}

const entries = { cli: 'src/cli/main.ts', action: 'src/action/main.ts' }

/**
 * What is loaded together stands in one file, because node takes its time for each: what these load at once goes into
 * the first file that has it. Everything else goes where the graph says.
 */
const layers = Object.entries({
  start: [entries.cli],
  read: ['src/index.ts', 'src/cli/commands/validate.ts'],
  plan: [
    'src/cli/commands/plan.ts',
    'src/plan/plan.ts',
    'src/observe/observe.ts',
    'src/aws/port.ts',
    'src/workflows/secrets.ts',
    'src/workflows/target-errors.ts',
  ],
  sdk: ['node_modules/@aws-sdk/client-sts/dist-es/index.js'],
})

/** The layer of a module; none for the entries, which wait for what they load and so must be nobody's. */
const layering = () => {
  let reached
  const reach = (roots, graph) => {
    const seen = new Set()
    const visit = id => {
      if (seen.has(id)) return
      seen.add(id)
      for (const next of graph.getModuleInfo(id)?.importedIds ?? []) visit(next)
    }
    for (const path of roots) visit(join(root, path))
    return seen
  }
  return (id, graph) => {
    reached ??= layers.map(([name, roots]) => [name, reach(roots, graph)])
    if (Object.values(entries).some(path => id === join(root, path))) return null
    return reached.find(([, ids]) => ids.has(id))?.[0] ?? null
  }
}

/** A file of one-byte characters is half as much for node to keep and to read. */
const ascii = code => {
  // there an escape would not be read as one
  const raw = /\\[^\0-\x7f]|String\.raw`[^`]*[^\0-\x7f`]/.exec(code)
  if (raw !== null) throw new Error(`write ${raw[0]} with ASCII only`)
  return code.replace(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** @returns the files of the bundle, and what stands in each */
export const bundle = async () => {
  const made = await rolldown({
    cwd: root,
    input: entries,
    platform: 'node',
    preserveEntrySignatures: false,
    plugins: [oneLanguage, noPrograms],
    resolve: {
      mainFields: ['module', 'main'],
      conditionNames: ['module', 'import', 'node'],
      // the same as node's, as modules: what is not used can be left out
      alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
    },
    transform: {
      target: 'node20',
      define: {
        COGSYNC_VERSION: JSON.stringify(versionOf('package.json')),
        COGSYNC_SDK_VERSION: JSON.stringify(
          versionOf('node_modules/@aws-sdk/client-cognito-identity-provider/package.json'),
        ),
        COGSYNC_QUICKSTART: JSON.stringify(read('examples/quickstart/cognito.yaml')),
      },
    },
    // what is loaded late in one place and at once in another is meant so
    checks: { ineffectiveDynamicImport: false },
    logLevel: 'warn',
  })
  const { output } = await made.generate({
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    // functions keep their names: a stack trace in a bug report can be read
    minify: { compress: true, mangle: { toplevel: false, keepNames: true }, codegen: true },
    comments: false,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ name: layering(), debugName: 'layers' }],
    },
  })
  await made.close()
  return output.map(({ fileName, code, modules, imports }) => ({
    path: join(root, 'dist', fileName),
    text: ascii(code),
    inputs: Object.keys(modules).map(id => relative(root, id)),
    imports,
  }))
}

/** The packages inside, each with its licence: their texts must travel with them. */
const thirdParty = files => {
  const names = files
    .flatMap(({ inputs }) => inputs)
    .map(path => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.slice(0, 2))
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
  const files = await bundle()
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  let bytes = 0
  for (const { path, text } of files) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    bytes += text.length
  }
  writeFileSync(
    join(root, 'dist/THIRD-PARTY.txt'),
    `What is bundled here, and its licences.\n\n${thirdParty(files)}\n`,
  )
  chmodSync(join(root, 'dist/cli.js'), 0o755)
  console.log(`dist: ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`)
  for (const { path, text } of files.toSorted((a, b) => b.text.length - a.text.length).slice(0, 5))
    console.log(`  ${(text.length / 1e3).toFixed(0).padStart(6)} kB  ${relative(root, path)}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await write()
