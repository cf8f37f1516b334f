// The codes of running: COG4xxx.
import type { Code } from './code.ts'

export const runCodes: { [code: string]: Code } = {
  COG4001: {
    title: 'nothing has that id or name',
    explain:
      'The file pins a resource with `id` or `existing`, and AWS has none such in this account and Region.',
  },
  COG4002: {
    title: 'more than one candidate',
    explain:
      'Names of pools, app clients and identity pools are not unique in AWS, and more than one could be meant. Say which with `id`.',
  },
  COG4003: {
    title: 'a resource of that name is not ours',
    explain:
      'Something has the name, but not the tags that say it belongs to this stack, key and environment. Take it over with `id` or --adopt, or choose another name.',
  },
  COG4004: {
    title: 'a secret was not compared',
    explain:
      'AWS did not let the plan read a secret that the file takes from Parameter Store or Secrets Manager, so nobody knows whether Cognito holds the same one. It is taken for unchanged. An apply that has to send it stops before it changes anything.',
  },
  COG4005: {
    title: 'the place for a secret is taken',
    explain:
      'A client would be made and its secret delivered, but the parameter or secret named by `clientSecretTo` holds a value already, or is scheduled for deletion. cogsync does not overwrite what it did not write. Delete it, or name another place.',
  },
  COG4006: {
    title: 'a run in a secondary Region',
    explain:
      "What the file's Region has under that id or name is a replica of a user pool of another Region. A secondary Region takes changes of a few settings only, and everything else follows the primary Region, so cogsync manages a pool and its replicas from there: the Region with which the pool's id begins.",
  },
  COG4007: {
    title: 'nobody looked for a renamed resource',
    explain:
      'A role would be made, and the credentials may not search the others for one with the same ownership tags. If the role was renamed in the file, AWS would then have two. Allow iam:ListRoles and iam:ListRoleTags, or make sure that it is new.',
  },
}
