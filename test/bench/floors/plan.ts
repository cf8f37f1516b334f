// The least that a plan can cost until its first request: yaml, zod and one client of the SDK, and nothing of cogsync.
import './validate.ts'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'

await new STSClient({}).send(new GetCallerIdentityCommand({}))
