// Where a secret comes from and where it goes, in a sentence.
import type { SecretFlow, SecretPlace, SecretSource } from '../model.ts'
import { safe } from './printable.ts'

/** How a name is set off from the sentence. */
type Quote = (text: string) => string

const placeText = (place: SecretPlace, quote: Quote): string =>
  'ssm' in place
    ? `the parameter ${quote(safe(place.ssm))}`
    : `the secret ${quote(safe(place.secretsManager))} of Secrets Manager`

const sourceText = (source: SecretSource, quote: Quote): string => {
  if ('env' in source) return `env ${quote(safe(source.env))}`
  if ('file' in source) return `the file ${quote(safe(source.file))}`
  const member = 'key' in source && source.key !== undefined ? `, member ${quote(safe(source.key))}` : ''
  return `${placeText(source, quote)}${member}`
}

const fromText = ({ from }: SecretFlow, name: Quote, quote: Quote): string => {
  if ('secret' in from) return `reads ${name(safe(from.secret))} from ${sourceText(from.source, quote)}`
  return 'made' in from
    ? `takes the secret that AWS makes for ${quote(safe(from.made))}`
    : `takes the secret that AWS holds for ${quote(safe(from.held))}`
}

/** `reads "google" from env SHOP_GOOGLE_SECRET, sends it to userPools.a.identityProviders.Google details.client_secret` */
export const flowText = (
  flow: SecretFlow,
  quote: Quote = text => text,
  name: Quote = text => `\`${text}\``,
): string => {
  const { to } = flow
  const target = 'address' in to ? quote(`${safe(to.address)} ${safe(to.path)}`) : placeText(to, quote)
  return `${fromText(flow, name, quote)}, sends it to ${target}`
}
