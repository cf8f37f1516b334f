// What WAF would refuse as the web ACL of a user pool.
import { arnParts, checkWith, otherPartition, rule, textOf } from '../../table/rule.ts'

const aclOf = (values: Parameters<typeof textOf>[0]) => textOf(values, 'webAcl')

export const checkWebAcl = checkWith([
  rule(
    'COG2951',
    values => {
      const acl = aclOf(values)
      const resource = arnParts(acl)?.resource
      return acl !== undefined && resource !== undefined && !resource.startsWith('regional/webacl/')
        ? acl
        : undefined
    },
    {
      field: 'webAcl',
      message: wrong => `${wrong} is no regional web ACL`,
      hint: 'use one of scope REGIONAL: those of scope CLOUDFRONT stand before distributions only',
    },
  ),
  rule(
    'COG2952',
    (values, { region }) => {
      const acl = aclOf(values)
      const at = arnParts(acl)?.region
      return acl !== undefined && region !== '' && at !== undefined && at !== '' && at !== region
        ? acl
        : undefined
    },
    {
      field: 'webAcl',
      message: wrong => `${wrong} is in another Region than the pool`,
      hint: "use a web ACL of the pool's Region",
    },
  ),
  rule(
    'COG2953',
    (values, context) => {
      const acl = aclOf(values)
      return otherPartition(acl, context) === undefined ? undefined : acl
    },
    {
      field: 'webAcl',
      message: wrong => `${wrong} is in another partition of AWS than the pool`,
      hint: "use a web ACL of the pool's partition: China, GovCloud and the other Regions share nothing",
    },
  ),
])
