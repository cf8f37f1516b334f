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
    title: "nobody looked for what carries this stack's tags",
    explain:
      "The file has nothing of a kind, and the credentials may not search AWS for resources of that kind that carry this stack's ownership tags. So nobody knows whether there are some that the file once had. Planning and applying go on without it; drift cannot say that there is none, and ends with exit code 4. Allow what `cogsync iam --plan` prints: for roles iam:ListRoles and iam:ListRoleTags. Where the file has something of the kind, a search that is denied makes the answer incomplete, like any other read.",
  },
  COG4008: {
    title: 'made beside one of ours that the file does not claim',
    explain:
      "The file adds a user pool, identity pool or role, and AWS has one of the same kind with this stack's tags that no resource of the file claims: its key is gone from the file, or it has the same key without an environment or under one that the file does not declare. It may well be the one that is meant, and a second one beside it would be empty. Say which: the same one, with `movedFrom:` and its former key or `id:` and its id; one that is to go, with `cogsync destroy --target`; one that is no longer this file's, with `released:` at the top. Two files that share one stack see each other's resources so: give each a stack of its own.",
  },
  COG4009: {
    title: 'found by its tags under another name',
    explain:
      "What carries this resource's tags has another name than the file says. Somebody renamed it in the console, or the file's name was changed, or the file is a copy of another whose stack it still names and whose pool it would take. If it is a copy, change `stack`. If the name is to change, write `renamedFrom:` and the name that AWS has, or pass --allow rename. On a terminal, saying yes to the plan is enough.",
  },
  COG4010: {
    title: 'a name that another resource holds',
    explain:
      'A domain belongs to one user pool, and the one that the file states is that of another pool of the account. AWS would refuse to make it. Often that other pool is the one that is meant and has lost its tags: pin it with `id`. Otherwise choose another domain, or delete it there first.',
  },
  COG4011: {
    title: 'a role would be taken from an identity pool',
    explain:
      "The trust policy of a role of this stack names an identity pool that exists and that the file does not claim, and the plan would take it out: everybody who comes through that pool would lose access to AWS. If it is this stack's pool, pin it with `id`. If both are to use the role, write the trust policy as a document whose `aud` lists both. What the file itself states is never refused. A pool that does not exist any more is nobody's.",
  },
  COG4012: {
    title: 'a role of another Region',
    explain:
      'Roles are global and their tags name no Region. A role whose trust policy names identity pools of another Region, which the file does not state, belongs to that Region, and a plan for this one neither changes nor deletes it. Give each Region a role of its own, with `${region}` in its name.',
  },
}
