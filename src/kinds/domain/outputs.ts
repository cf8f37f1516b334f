// What a domain tells whoever looks after DNS.
import type { Output } from '../../table/output.ts'

export const userPoolDomainOutputs: readonly Output[] = [
  { name: 'domain', title: 'domain', attribute: 'host' },
  {
    name: 'domainTarget',
    title: 'alias target',
    // AWS names a distribution for a prefix too, where nobody has to point anything at it
    value: ({ wire }) => {
      const target = wire['CloudFrontDistribution']
      return wire['CustomDomainConfig'] === undefined || typeof target !== 'string' ? undefined : target
    },
  },
]
