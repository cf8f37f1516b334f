// WAF in the sandbox: which web ACL protects which user pool.
import { DeleteUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider'
import {
  AssociateWebACLCommand,
  CreateWebACLCommand,
  type CreateWebACLCommandInput,
  DisassociateWebACLCommand,
  GetWebACLCommand,
  GetWebACLForResourceCommand,
  ListResourcesForWebACLCommand,
  WAFV2Client,
} from '@aws-sdk/client-wafv2'
import { expect, test } from 'vitest'
import { registerWebAcl } from '../../src/sandbox/index.ts'
import { expectRefusal, type World, withSandbox } from './fixture.ts'

const missing = 'AWS WAF couldn’t perform the operation because your resource doesn’t exist.'
const badArn =
  "Error reason: The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes., field: RESOURCE_ARN, parameter: "

function create(more: Partial<CreateWebACLCommandInput> = {}): CreateWebACLCommand {
  return new CreateWebACLCommand({
    Name: 'shield',
    Scope: 'REGIONAL',
    DefaultAction: { Allow: {} },
    VisibilityConfig: {
      SampledRequestsEnabled: false,
      CloudWatchMetricsEnabled: false,
      MetricName: 'shield',
    },
    ...more,
  })
}

interface Walled extends World {
  waf: WAFV2Client
  /** the ARNs of a web ACL and of a pool */
  acl: string
  poolArn: string
}

function withWall(test: (world: Walled) => Promise<void>): Promise<void> {
  return withSandbox(async world => {
    const waf = world.client(WAFV2Client)
    const { Summary } = await waf.send(create())
    const poolArn = `arn:aws:cognito-idp:eu-west-1:123456789012:userpool/${await world.pool()}`
    await test({ ...world, waf, acl: Summary?.ARN ?? '', poolArn })
  })
}

async function readAcl(waf: WAFV2Client, ResourceArn: string) {
  const answer = await waf.send(new GetWebACLForResourceCommand({ ResourceArn }))
  return answer.WebACL
}

test('protects a pool with one web ACL at a time', () =>
  withWall(async ({ waf, acl, poolArn }) => {
    expect(await readAcl(waf, poolArn)).toBeUndefined()
    await waf.send(new AssociateWebACLCommand({ WebACLArn: acl, ResourceArn: poolArn }))
    expect(await readAcl(waf, poolArn)).toMatchObject({
      Name: 'shield',
      ARN: acl,
      DefaultAction: { Allow: {} },
    })
    const { Summary } = await waf.send(create({ Name: 'other' }))
    await waf.send(new AssociateWebACLCommand({ WebACLArn: Summary?.ARN, ResourceArn: poolArn }))
    expect((await readAcl(waf, poolArn))?.Name).toBe('other')
    for (let count = 0; count < 2; count++) {
      await waf.send(new DisassociateWebACLCommand({ ResourceArn: poolArn }))
      expect(await readAcl(waf, poolArn)).toBeUndefined()
    }
  }))

test('answers without a WebACL where there is none', () =>
  withWall(async ({ sandbox, poolArn }) => {
    const response = await fetch(sandbox.url, {
      method: 'POST',
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=123456789012/20261121/eu-west-1/wafv2/aws4_request, SignedHeaders=host, Signature=0',
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSWAF_20190729.GetWebACLForResource',
      },
      body: JSON.stringify({ ResourceArn: poolArn }),
    })
    expect([response.status, await response.text()]).toEqual([200, '{}'])
  }))

test('lists the pools of a web ACL when asked for user pools, and load balancers when not asked', () =>
  withWall(async ({ waf, acl, poolArn, cognito }) => {
    await waf.send(new AssociateWebACLCommand({ WebACLArn: acl, ResourceArn: poolArn }))
    const list = async (more: object) => {
      const answer = await waf.send(new ListResourcesForWebACLCommand({ WebACLArn: acl, ...more }))
      return answer.ResourceArns
    }
    expect(await list({ ResourceType: 'COGNITO_USER_POOL' })).toEqual([poolArn])
    expect(await list({})).toEqual([])
    await cognito.send(new DeleteUserPoolCommand({ UserPoolId: poolArn.split('/')[1] }))
    expect(await list({ ResourceType: 'COGNITO_USER_POOL' })).toEqual([])
    await expectRefusal(readAcl(waf, poolArn), 'WAFNonexistentItemException', missing)
  }))

test('needs a web ACL and a pool that exist in the Region and account of the call', () =>
  withWall(async ({ waf, acl, poolArn, client, sandbox }) => {
    const associate = (WebACLArn: string, ResourceArn: string, by = waf) =>
      by.send(new AssociateWebACLCommand({ WebACLArn, ResourceArn }))
    await expectRefusal(associate(`${acl}0`, poolArn), 'WAFNonexistentItemException', missing)
    await expectRefusal(associate(acl, `${poolArn}0`), 'WAFNonexistentItemException', missing)
    for (const access of [{ account: '210987654321' }, { region: 'us-east-1' }]) {
      await expectRefusal(
        associate(acl, poolArn, client(WAFV2Client, access)),
        'WAFNonexistentItemException',
        missing,
      )
    }
    const bucket = 'arn:aws:s3:::somebodys-bucket'
    await expectRefusal(associate(acl, bucket), 'WAFInvalidParameterException', `${badArn}${bucket}`)
    expect(sandbox.requests.at(-1)).toMatchObject({
      service: 'wafv2',
      operation: 'AssociateWebACL',
      status: 400,
      error: 'WAFInvalidParameterException',
      write: true,
    })
    const global = acl.replace('regional', 'global')
    const error = await associate(global, poolArn).catch(thrown => thrown)
    expect([error.message, error.Field, error.Parameter]).toEqual([
      `${badArn}${global}`,
      'RESOURCE_ARN',
      global,
    ])
    await expectRefusal(associate('x', poolArn), 'ValidationException', /at 'webACLArn' failed/)
  }))

test('refuses the rules against account takeover for a pool', () =>
  withWall(async ({ waf, poolArn }) => {
    const { Summary } = await waf.send(
      create({
        Name: 'takeover',
        Rules: [
          {
            Name: 'atp',
            Priority: 0,
            Statement: {
              ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesATPRuleSet' },
            },
            OverrideAction: { None: {} },
            VisibilityConfig: {
              SampledRequestsEnabled: false,
              CloudWatchMetricsEnabled: false,
              MetricName: 'atp',
            },
          },
        ],
      }),
    )
    await expectRefusal(
      waf.send(new AssociateWebACLCommand({ WebACLArn: Summary?.ARN, ResourceArn: poolArn })),
      'WAFInvalidOperationException',
      /AWSManagedRulesATPRuleSet/,
    )
  }))

test('makes a web ACL once, and reads it by name and id or by ARN', () =>
  withWall(async ({ waf, acl, client }) => {
    const Id = acl.split('/').at(-1)
    expect(acl).toBe(`arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shield/${Id}`)
    const read = await waf.send(new GetWebACLCommand({ Name: 'shield', Scope: 'REGIONAL', Id }))
    expect(read.WebACL).toMatchObject({ ARN: acl, LabelNamespace: 'awswaf:123456789012:webacl:shield:' })
    expect((await waf.send(new GetWebACLCommand({ ARN: acl }))).WebACL?.Id).toBe(Id)
    await expectRefusal(
      waf.send(new GetWebACLCommand({ Name: 'sword', Scope: 'REGIONAL', Id })),
      'WAFNonexistentItemException',
      missing,
    )
    await expectRefusal(waf.send(create()), 'WAFDuplicateItemException', /duplicate of an existing one/)
    await expectRefusal(
      waf.send(create({ Scope: 'CLOUDFRONT' })),
      'WAFInvalidParameterException',
      'Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT',
    )
    const { Summary } = await client(WAFV2Client, { region: 'us-east-1' }).send(
      create({ Scope: 'CLOUDFRONT' }),
    )
    expect(Summary?.ARN).toContain(':us-east-1:123456789012:global/webacl/shield/')
  }))

test('takes a web ACL by its ARN without a request', () =>
  withSandbox(async ({ sandbox, client }) => {
    const arn = 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/FMManagedWebACLV2-all/1a2b'
    registerWebAcl(sandbox.state, arn)
    const { WebACL } = await client(WAFV2Client).send(new GetWebACLCommand({ ARN: arn }))
    expect(WebACL).toMatchObject({ Name: 'FMManagedWebACLV2-all', Id: '1a2b', ARN: arn })
    expect(() => registerWebAcl(sandbox.state, 'arn:aws:s3:::x')).toThrow(RangeError)
  }))
