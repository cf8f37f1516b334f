// What Cognito would refuse of classic UI customization.
import type { JsonObject } from '../../model.ts'
import { isFile } from '../../table/files.ts'
import type { Values } from '../../table/kind.ts'
import { checkWith, mapOf, rule } from '../../table/rule.ts'
import { markedCss } from './fields.ts'

const [cssField, logoField] = ['uiCustomization.css', 'uiCustomization.imageFile']
/** [G23] */
const maxCss = 3 * 1024
const maxLogo = 100 * 1024
/** a request has 135 KB, of which a little is ids and braces [G23] */
const maxRequest = 134 * 1024

const said = (values: Values): JsonObject => mapOf(values, 'uiCustomization') ?? {}

const cssOf = (values: Values): string | undefined => {
  const { css } = said(values)
  return typeof css === 'string' ? css : undefined
}

const logoOf = (values: Values) => {
  const { imageFile } = said(values)
  return isFile(imageFile) ? imageFile : undefined
}

/** The bytes of the CSS as it is sent. */
const sizeOfCss = (values: Values): number => {
  const css = markedCss(cssOf(values), logoOf(values))
  return Buffer.byteLength(typeof css === 'string' ? css : '')
}

/** Without comments. One that never ends is none: AWS is left to say so. */
const bare = (css: string): string => {
  const kept: string[] = []
  let at = 0
  for (;;) {
    const begins = css.indexOf('/*', at)
    const ends = begins < 0 ? -1 : css.indexOf('*/', begins + 2)
    if (ends < 0) return [...kept, css.slice(at)].join('')
    kept.push(css.slice(at, begins))
    at = ends + 2
  }
}

/** What stands before the braces. */
const selectorsIn = (css: string): string[] =>
  bare(css)
    .split('}')
    .flatMap(rule => (rule.includes('{') ? [rule.slice(0, rule.indexOf('{')).trim()] : []))

export const checkUiCustomization = checkWith([
  rule('COG2961', values => (sizeOfCss(values) > maxCss ? String(sizeOfCss(values)) : undefined), {
    field: cssField,
    message: wrong =>
      `the CSS has ${wrong} bytes with the comment that tells the logo, and AWS takes ${maxCss}`,
    hint: 'make it shorter, for example without comments',
  }),
  rule(
    'COG2962',
    values => {
      const logo = logoOf(values)
      return logo !== undefined && logo.size > maxLogo ? `${logo.$file} has ${logo.size} bytes` : undefined
    },
    {
      field: logoField,
      message: wrong => `${wrong}, and AWS takes ${maxLogo} at most`,
      hint: 'make the image smaller',
    },
  ),
  rule(
    'COG2963',
    values => {
      const strange = selectorsIn(cssOf(values) ?? '')
        .filter(selector => !selector.startsWith('@'))
        .find(selector => !selector.includes('-customizable'))
      return strange
    },
    {
      field: cssField,
      message: wrong => `\`${wrong}\` cannot be styled`,
      hint: "use Cognito's own classes, such as .banner-customizable and .submitButton-customizable",
    },
  ),
  rule(
    'COG2964',
    values => /@(?:import|supports|page|media)\b|<\/?[a-z]|javascript:/i.exec(bare(cssOf(values) ?? ''))?.[0],
    {
      field: cssField,
      message: wrong => `the CSS holds ${wrong}, which AWS refuses`,
      hint: 'leave out HTML, scripts, @import, @supports, @page and @media',
    },
  ),
  rule(
    'COG2965',
    values => {
      const logo = logoOf(values)
      return logo !== undefined && logo.$file !== '' && !/\.(?:png|jpe?g)$/i.test(logo.$file)
        ? logo.$file
        : undefined
    },
    {
      field: logoField,
      message: wrong => `${wrong} is neither a PNG nor a JPEG`,
      hint: 'use a .png, .jpg or .jpeg file',
    },
  ),
  rule(
    'COG2966',
    values => {
      const logo = logoOf(values)
      const size = Math.ceil((logo?.size ?? 0) / 3) * 4 + sizeOfCss(values)
      return logo !== undefined && logo.size <= maxLogo && size > maxRequest ? String(size) : undefined
    },
    {
      field: logoField,
      message: wrong =>
        `CSS and encoded logo come to ${wrong} bytes, and a request has ${maxRequest} for them`,
      hint: 'make the image smaller',
    },
  ),
  rule(
    'COG2967',
    (values, context) =>
      mapOf(values, 'uiCustomization') !== undefined &&
      context.peers('userPool').length > 0 &&
      context.peers('userPoolDomain').length === 0,
    {
      field: 'uiCustomization',
      message: 'a pool without a domain has no pages to customize',
      hint: 'state `domain` on the pool',
    },
  ),
])
