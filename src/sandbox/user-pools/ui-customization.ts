// Classic UI customization: CSS and logo of the hosted UI, for a client or the whole pool.
import type { Call, Json, Members, State } from '../service.ts'
import { requireClient } from './clients.ts'
import { listDomains } from './domains.ts'
import { compact, readText } from './members.ts'
import { mergeUpdate } from './omission.ts'
import { invalid, type Pool, readSeconds, requirePool } from './store.ts'

const wholePool = 'ALL'
/** [Cognito developer guide, 2023] */
const maxCss = 3 * 1024
const maxImage = 100 * 1024
const maxRequest = 135 * 1024

/** CSS and image replace both of the old ones; neither removes the customization [Terraform]. */
export function setCustomization(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const target = findTarget(pool, input.ClientId)
  checkDomain(pool, call)
  const { CSS, ImageFile } = mergeUpdate('SetUICustomization', {}, input)
  checkSizes(input)
  checkCss(readText(CSS) ?? '')
  checkRules(readText(CSS) ?? '')
  checkImage(readText(ImageFile) ?? '')
  if ((CSS ?? '') === '' && (ImageFile ?? '') === '') {
    delete pool.uiCustomizations[target]
    return { UICustomization: {} }
  }
  const stamp = call.now().toISOString().replace(/\D/g, '').slice(0, 14)
  const now = readSeconds(call)
  const customization = compact({
    UserPoolId: pool.id,
    ClientId: target,
    // The image can only be had from its address.
    ImageUrl: ImageFile === undefined ? undefined : formatImageUrl(pool, target, stamp, call),
    CSS,
    CSSVersion: stamp,
    LastModifiedDate: now,
    CreationDate: pool.uiCustomizations[target]?.CreationDate ?? now,
  })
  pool.uiCustomizations[target] = customization
  return { UICustomization: customization }
}

/** A client without its own shows the pool's, named ALL; without either the object is empty [documented]. */
export function getCustomization(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const target = findTarget(pool, input.ClientId)
  return { UICustomization: pool.uiCustomizations[target] ?? pool.uiCustomizations[wholePool] ?? {} }
}

function findTarget(pool: Pool, clientId: Json | undefined): string {
  return clientId === undefined || clientId === wholePool ? wholePool : requireClient(pool, clientId).id
}

function checkDomain(pool: Pool, call: Call): void {
  const domains = listDomains(pool, call)
  // [badmintoncryer/cdk-preflight]
  if (domains.length === 0) throw invalid('A domain must be associated with this user pool.')
  // Two spaces [ISS: aws/aws-cdk 6953, 2022].
  if (domains.every(domain => domain.change?.status === 'CREATING')) {
    throw invalid('The domain  associated with this user pool is currently not Active.')
  }
}

/** The texts of these refusals are not recorded. */
function checkSizes(input: Members): void {
  const css = Buffer.byteLength(readText(input.CSS) ?? '')
  const image = Buffer.byteLength(readText(input.ImageFile) ?? '', 'base64')
  if (css > maxCss) throw invalid('The CSS exceeds the maximum size of 3 KB.')
  if (image > maxImage) throw invalid('The image exceeds the maximum size of 100 KB.')
  if (Buffer.byteLength(JSON.stringify(input)) > maxRequest)
    throw invalid('The request exceeds the maximum size of 135 KB.')
}

/** Only Cognito's own classes can be styled [badmintoncryer/cdk-preflight]. */
function checkCss(css: string): void {
  const selectors = css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split('}')
    .flatMap(rule => (rule.includes('{') ? [rule.slice(0, rule.indexOf('{')).trim()] : []))
  const stranger = selectors.find(selector => !selector.includes('-customizable'))
  if (stranger !== undefined) {
    throw invalid(`The CSS class ${stranger} is not in the list of allowed classes.`)
  }
}

/** [Cognito developer guide, 2023]; the text is not recorded */
function checkRules(css: string): void {
  const [found] = /@(?:import|supports|page|media)\b|<\/?[a-z]|javascript:/i.exec(css) ?? []
  if (found !== undefined) throw invalid(`The CSS contains ${found}, which is not allowed.`)
}

/** PNG or JPEG [Cognito developer guide, 2023]; the text is not recorded. */
function checkImage(image: string): void {
  if (image === '') return
  const start = Buffer.from(image, 'base64').subarray(0, 4).toString('hex')
  if (start !== '89504e47' && !start.startsWith('ffd8ff')) {
    throw invalid('The image must be a PNG or a JPEG file.')
  }
}

function formatImageUrl(pool: Pool, target: string, stamp: string, call: Call): string {
  const host = listDomains(pool, call)[0]?.cloudFront
  return `https://${host}/${pool.id}/${target}/${stamp}/assets/images/image.jpg`
}
