// cogsync version: what is running, for bug reports.
import { safeJson } from '../../render/printable.ts'
import { sdkVersion, tool, version } from '../../workflows/version.ts'
import { exits } from '../exit.ts'
import type { Run } from '../session.ts'

export const run: Run = async session => {
  const versions = {
    cogsync: version,
    node: process.versions.node,
    sdk: sdkVersion(),
    platform: `${process.platform} ${process.arch}`,
  }
  session.print(
    session.json
      ? `${safeJson({ format: 1, tool, command: 'version', exitCode: 0, ...versions })}\n`
      : `cogsync ${versions.cogsync}\nnode    ${versions.node}\naws-sdk ${versions.sdk}\n`,
  )
  return exits.ok
}
