// Terms documents: what people agree to on the sign-in pages of a client.

import type { CreateTermsRequest } from '@aws-sdk/client-cognito-identity-provider'
import { z } from 'zod'
import { pages } from '../../aws/pages.ts'
import type { JsonObject } from '../../model.ts'
import type { Kind, Leaf } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { oneOf, text } from '../../table/schemas.ts'

const row = rows<Leaf<CreateTermsRequest>>()
const languages = [
  'default',
  'dutch',
  'english',
  'french',
  'spanish',
  'german',
  'bahasa-indonesia',
  'italian',
  'japanese',
  'korean',
  'portuguese-brazil',
  'chinese-simplified',
  'chinese-traditional',
]
const language = () =>
  z
    .string()
    .regex(
      new RegExp(`^cognito:(?:${languages.join('|')})$`),
      `must be cognito: and one of ${languages.join(', ')}`,
    )
const given = { name: 'terms-of-use', links: { 'cognito:default': 'https://shop.example/terms' } }

export const terms: Kind = {
  name: 'terms',
  title: 'terms document',
  doc: 'The terms of use (`terms-of-use`) or the privacy policy (`privacy-policy`) of a client. Managed login shows them once there are both.',
  place: { form: 'map', block: 'terms' },
  presence: 'resource',
  quota: '40 terms documents in a user pool',
  onDemand: true,
  parent: 'userPoolClient',
  ids: ['UserPoolId', 'ClientId', 'TermsId'],
  nameField: 'name',
  create: { operation: 'cognito-idp:CreateTerms', yields: { TermsId: 'Terms.TermsId' } },
  writers: [{ mode: 'replace', operation: 'cognito-idp:UpdateTerms' }],
  remove: { operation: 'cognito-idp:DeleteTerms' },
  fields: [
    row({
      path: 'name',
      wire: 'TermsName',
      schema: () => oneOf('terms-of-use', 'privacy-policy'),
      unset: 'keep',
      implied: (_spec, key) => key,
      examples: ['terms-of-use', 'terms-of-use'],
      given,
      doc: 'Which document it is: the key says it.',
    }),
    row({
      path: 'links',
      wire: 'Links',
      shape: 'map',
      schema: () =>
        z.record(language(), text(1, 1024, String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+`, 'a URL without spaces')),
      unset: 'keep',
      examples: [given.links, { ...given.links, 'cognito:german': 'https://shop.example/agb' }],
      given,
      doc: 'Where the document is, by language: `cognito:default`, `cognito:english` and so on.',
    }),
    row({
      path: 'source',
      wire: 'TermsSource',
      schema: () => oneOf('LINK'),
      unset: 'LINK',
      examples: ['LINK', 'LINK'],
      given,
      doc: 'How the document is given. AWS knows only LINK.',
    }),
    row({
      path: 'enforcement',
      wire: 'Enforcement',
      schema: () => oneOf('NONE'),
      unset: 'NONE',
      examples: ['NONE', 'NONE'],
      given,
      doc: 'Whether agreeing is enforced. AWS knows only NONE.',
    }),
  ],
  read: {
    operations: ['cognito-idp:ListTerms', 'cognito-idp:DescribeTerms'],
    // the list does not say whose a document is, so each is looked at
    list: async (aws, site) => {
      const pool = site.parentIds['UserPoolId'] as string
      const listed = await pages(aws, 'cognito-idp:ListTerms', { UserPoolId: pool, MaxResults: 60 }, 'Terms')
      const described = await Promise.all(
        listed.map(one =>
          aws.send('cognito-idp:DescribeTerms', {
            UserPoolId: site.parentIds['UserPoolId'] as string,
            TermsId: one['TermsId'] as string,
          }),
        ),
      )
      return described
        .map(answer => ({ one: answer['Terms'] as JsonObject, strangers: aws.strangersOf(answer) }))
        .filter(({ one }) => one['ClientId'] === site.parentIds['ClientId'])
        .map(({ one, strangers }) => ({
          ids: { ...site.parentIds, TermsId: String(one['TermsId']) },
          name: String(one['TermsName']),
          wire: one,
          strangers,
        }))
    },
    get: async (aws, ids) => {
      const { Terms } = await aws.send('cognito-idp:DescribeTerms', {
        UserPoolId: ids['UserPoolId'] as string,
        TermsId: ids['TermsId'] as string,
      })
      const one = Terms as JsonObject
      return { ids, name: String(one['TermsName']), wire: one }
    },
  },
  attributes: { id: { id: 'TermsId' } },
  ignored: {},
}
