// `npm ci` takes the lockfile on every platform: nothing that a locked package names is missing.
import { describe, expect, it } from 'vitest'
import { read } from './source.ts'

interface Locked {
  version?: string
  resolved?: string
  integrity?: string
  link?: true
  dependencies?: { [name: string]: string }
  optionalDependencies?: { [name: string]: string }
}

const { packages } = JSON.parse(read('package-lock.json')) as { packages: { [path: string]: Locked } }
const { dependencies = {} } = JSON.parse(read('package.json')) as Locked

/** Whether a package is locked where one at `path` would look for it. */
const isLocked = (name: string, path: string): boolean => {
  if (`${path === '' ? '' : `${path}/`}node_modules/${name}` in packages) return true
  return path !== '' && isLocked(name, path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))))
}

describe('the lockfile', () => {
  it('locks whatever a locked package needs, on other platforms too', () => {
    const missing = Object.entries(packages).flatMap(([path, locked]) =>
      Object.keys({ ...locked.dependencies, ...locked.optionalDependencies })
        .filter(name => !isLocked(name, path))
        .map(name => `${path} needs ${name}`),
    )
    expect(missing, 'npm ci refuses this lockfile: choose a version that can be locked whole').toEqual([])
  })
  it('names no registry, and knows what each package must hash to', () => {
    // what is in this repository comes from nowhere else
    const others = Object.entries(packages).filter(
      ([path, { link }]) => path.startsWith('node_modules/') && link !== true,
    )
    expect(
      others.filter(
        ([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
      ),
    ).toEqual([])
    expect(others.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([])
  })
})

describe('the package', () => {
  it('asks for no other at run time: everything is bundled', () => {
    expect(dependencies).toEqual({})
  })
})
