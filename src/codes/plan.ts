// The codes of planning: COG3xxx.
import type { Code } from './code.ts'

export const planCodes: { [code: string]: Code } = {
  COG3001: {
    title: 'a setting that is fixed at creation',
    explain:
      'AWS takes this setting only when the resource is made. cogsync never replaces a resource to change a setting, because that would lose its users, its id or its identities. The plan says what to do instead.',
  },
  COG3002: {
    title: 'a resource that cannot be renamed',
    explain:
      'The resource would have to be deleted and made again under the new name. A domain that goes breaks sign-in for everybody who uses it, so it takes --allow replace-domain.',
  },
  COG3003: {
    title: 'a setting that cannot be cleared',
    explain:
      'AWS has no way, or none that is proven, to take this setting away again. Leave the line out: silence keeps what is there.',
  },
  COG3004: {
    title: 'changes in no order that AWS accepts',
    explain:
      'The changes need several calls, and AWS would refuse the state after the first of them whichever that is. Make the changes in two steps.',
  },
  COG3005: {
    title: 'settings that this version does not know',
    explain:
      'AWS answers with members that the AWS SDK inside this version drops. An update of the whole object would reset them. Update cogsync, or accept the loss with `strangers`.',
  },
  COG3006: {
    title: 'taking over would reset settings',
    explain:
      "A resource that cogsync has not managed so far has settings that the file does not mention, and silence means AWS's default. State them, set `unspecified: keep`, or pass --allow restore-defaults.",
  },
  COG3007: {
    title: 'an ignore that has run out',
    explain: 'The date in `until` has passed. Take the setting back into the file, or give a later date.',
  },
  COG3008: {
    title: 'a function that Cognito may not invoke',
    explain:
      "A trigger names a function whose policy has no permission for this pool, so that whoever comes to the trigger gets an error. A new pool's ARN cannot be in any policy yet. State `invokePermission: manage` on the pool and cogsync adds the permission, or add it where the function is deployed.",
  },
  COG3009: {
    title: 'a setting that another service keeps',
    explain:
      'Another AWS service has put the value there and would put it back, as AWS Firewall Manager does with its web ACLs. Leave the line out, or take the resource out of what that service manages.',
  },
  COG3010: {
    title: "another account's function",
    explain:
      "A trigger may name a function of another account. Its policy is that account's to read and to change, so cogsync does neither, whatever `invokePermission` says.",
  },
  COG3011: {
    title: "a function's policy that may not be read",
    explain:
      'The credentials lack lambda:GetPolicy for the function, so cogsync cannot tell whether Cognito may invoke it. Nothing else depends on it.',
  },
  COG3012: {
    title: 'a mass change',
    explain:
      'The plan deletes or blocks more than three in ten of a collection of ten or more, or deletes an identity provider of a pool that has users, any of whom may sign in through it. That is more often a mistake than meant. Look at each deletion, then pass --allow mass-change.',
  },
  COG3013: {
    title: 'something cannot let go of what is to be destroyed',
    explain:
      'A resource of this stack names what is to be destroyed, and taking the name out of it would leave nothing or is not possible in AWS: a group keeps its role for good. Give the setting another value and apply, or destroy both.',
  },
  COG3014: {
    title: 'others may go on naming what is destroyed',
    explain:
      'App clients that the file does not list are not written, so they may go on naming an identity provider or a scope that is destroyed. AWS accepts that; signing in through it fails. List them in the file first, and they let go too.',
  },
  COG3020: {
    title: 'a file that would be lost',
    explain:
      'AWS replaces the logo of the classic sign-in pages together with their CSS, and does not give it back. A logo that is only in AWS would go with any change. Name the file in the repository, or say `null` to let it go.',
  },
  COG3021: {
    title: 'a style that is emptied and filled again',
    explain:
      "AWS only ever adds settings and images to a managed login style. To take one away, cogsync first returns the style to Cognito's own and then sets the rest again. Nobody is locked out: between the requests, for about a second, the pages show Cognito's own style.",
  },
  COG3030: {
    title: 'no room for the ownership tags',
    explain:
      'A pool or role has at most 50 tags, and cogsync writes two or three of its own to know it again. One with more than 47 other tags cannot be managed until some are taken off.',
  },
  COG3031: {
    title: 'known by its name alone',
    explain:
      'App clients carry no tags. On a pool that the file makes, a client of the listed name is the listed one. On a pool that others own it may as well be theirs, and nothing in AWS tells. The plan shows what would change; state `id:` to say that it is yours. It is an error when the change breaks sign-in, loosens security or deletes the client: then it takes an `id:` (under `removed`, too), or --adopt with its address. It comes with changes only, and not for a client with an `id:`.',
  },
}
