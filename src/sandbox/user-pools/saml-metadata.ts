// The addresses that Cognito reads from the metadata of a SAML identity provider.
import type { Members } from '../service.ts'
import { compact } from './members.ts'
import { invalid } from './store.ts'

const redirectBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'

/** The redirect addresses for sign-in and sign-out; sign-out only where the metadata has one. */
export function readRedirects(file: string | undefined, url: string | undefined): Members {
  if (file === undefined) return guessRedirects(url ?? '')
  // Text not recorded.
  if (!/<(?:[\w.-]+:)?EntityDescriptor[\s>]/.test(file)) throw invalid('Error parsing the MetadataFile.')
  return compact({
    SSORedirectBindingURI: findLocation(file, 'SingleSignOnService'),
    SLORedirectBindingURI: findLocation(file, 'SingleLogoutService'),
  })
}

/** The sandbox contacts nobody, so the addresses follow the example in the SDK's documentation. */
function guessRedirects(metadata: string): Members {
  if (!URL.canParse(metadata) || !metadata.startsWith('https://')) {
    throw invalid('MetadataURL must be an https address.') // text not recorded
  }
  const { origin } = new URL(metadata)
  return { SSORedirectBindingURI: `${origin}/sso/saml`, SLORedirectBindingURI: `${origin}/slo/saml` }
}

function findLocation(xml: string, element: string): string | undefined {
  const tags = xml.match(new RegExp(`<(?:[\\w.-]+:)?${element}\\s[^>]*>`, 'g')) ?? []
  const tag = tags.find(each => readAttribute(each, 'Binding') === redirectBinding)
  return tag === undefined ? undefined : readAttribute(tag, 'Location')
}

function readAttribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)
  return (match?.[1] ?? match?.[2])?.replaceAll('&amp;', '&')
}
