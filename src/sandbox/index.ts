// The sandbox: an embedded local AWS over real HTTP.
import { iamService } from './iam/index.ts'
import { findRole } from './iam/roles.ts'
import { identityPoolService } from './identity-pools/index.ts'
import { lambdaService } from './lambda/index.ts'
import { secretsManagerService } from './secrets-manager/index.ts'
import { type Sandbox, type SandboxOptions, serveServices } from './server.ts'
import { parameterStoreService } from './ssm/index.ts'
import { stsService } from './sts.ts'
import { hasUserPool, userPoolService } from './user-pools/index.ts'
import { wafService } from './waf/index.ts'

export type { Fault, FaultAction } from './faults.ts'
export { slowRoles } from './iam/spreading.ts'
export { registerFunction } from './lambda/functions.ts'
export type { RequestRecord } from './requests.ts'
export type { Sandbox, SandboxOptions } from './server.ts'
export type { Call, Json, Members, Operation, Service, State } from './service.ts'
export { ServiceError } from './service.ts'
export { registerWebAcl } from './waf/acls.ts'

/** Starts the sandbox; it serves until `close`. */
export function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return serveServices(
    state => [
      userPoolService(state, findRole),
      identityPoolService(state),
      iamService(state),
      stsService(),
      lambdaService(state),
      wafService(state, hasUserPool),
      parameterStoreService(state),
      secretsManagerService(state),
    ],
    options,
  )
}
