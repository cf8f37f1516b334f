// Releases leave this repository by one door.
import { expect, it } from 'vitest'
import { filesIn, read } from './source.ts'

const publishes =
  /\b(npm|pnpm|yarn|npx)\b[^\n]*\bpublish\b|\bgh release create\b|setup-node[\s\S]*registry-url/

it('nothing but release.yml publishes: no other workflow, no script and no file of the pipeline', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: { [name: string]: string } }
  const sources = {
    ...Object.fromEntries(filesIn('.github', /\.ya?ml$/).map(path => [path, read(path)])),
    ...Object.fromEntries(filesIn('.ci', /./).map(path => [path, read(path)])),
    ...Object.fromEntries(Object.entries(scripts).map(([name, script]) => [`npm run ${name}`, script])),
  }
  const doors = Object.entries(sources).filter(([, text]) => publishes.test(text))
  expect(doors.map(([path]) => path)).toEqual(['.github/workflows/release.yml'])
})
