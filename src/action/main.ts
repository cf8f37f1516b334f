// The GitHub Action's entry: the process as a value, and its exit code.
import { randomUUID } from 'node:crypto'
import { runAction } from './run.ts'

process.exitCode = await runAction({
  env: process.env,
  write: text => process.stdout.write(text),
  token: randomUUID,
})
