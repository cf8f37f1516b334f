#!/usr/bin/env node
// The `cogsync` executable.
import nodeModule from 'node:module'
import { exits } from './exit.ts'
import { processIo } from './io.ts'
import { realParts } from './real-parts.ts'
import { main } from './run.ts'

// What a command loads is compiled once and kept, where node can (22.8 and newer).
;(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.()

// The SDK's notice about node 20 is for its developers, not for readers of a plan.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'

// `cogsync plan | head` ends quietly.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? process.exitCode : exits.failure),
  )

process.once('SIGINT', function leave() {
  // the last resort: a command that minds installs its own handler and this one stays silent
  if (process.listenerCount('SIGINT') === 0) process.exit(exits.interrupted)
  else process.once('SIGINT', leave)
})

process.exitCode = await main(process.argv.slice(2), processIo(), realParts)
