#!/usr/bin/env node
// The `cogsync` executable.
import { keepCompiled } from './compiled.ts'
import { exits } from './exit.ts'
import { processIo, whenOutputCloses } from './io.ts'
import { realParts } from './real-parts.ts'
import { main } from './run.ts'

keepCompiled(process.env)

// The SDK's notice about node 20 is for its developers, not for readers of a plan.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'

whenOutputCloses()

process.once('SIGINT', function leave() {
  // the last resort: a command that minds installs its own handler and this one stays silent
  if (process.listenerCount('SIGINT') === 0) process.exit(exits.interrupted)
  else process.once('SIGINT', leave)
})

process.exitCode = await main(process.argv.slice(2), processIo(), realParts)
