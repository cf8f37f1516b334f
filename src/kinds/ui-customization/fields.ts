// Classic UI customization: what a pool and a client have in common.
//
// CSS and logo travel together: each request replaces both [G23], and AWS gives the logo back only as an address.
// So the CSS, which comes back as it was sent [LIVE-drift], carries the logo's hash in a comment at its end.
import type { SetUICustomizationRequest } from '@aws-sdk/client-cognito-identity-provider'
import { z } from 'zod'
import type { JsonObject, Term } from '../../model.ts'
import { type FileTerm, file, isFile, unknownFile, unnamed } from '../../table/files.ts'
import type { Codec, Field, Leaf, Reader } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'

const row = rows<Leaf<SetUICustomizationRequest>>()

const markBegins = '/* cogsync: logo of '
const mark = /^\/\* cogsync: logo of (\d+) bytes, sha256 ([0-9a-f]{64}) \*\/$/

/** The comment at the end, taken apart: looked for from behind, since CSS may be long. */
const markIn = (css: string): RegExpExecArray | null =>
  mark.exec(css.slice(Math.max(0, css.lastIndexOf(markBegins))).trimEnd())

const withoutMark = (css: string): string =>
  (markIn(css) === null ? css : css.slice(0, css.lastIndexOf(markBegins))).trim()

const markOf = ({ size, sha256 }: FileTerm): string =>
  `/* cogsync: logo of ${size} bytes, sha256 ${sha256} */`

/** The CSS as it is sent: the stated text, and what tells the logo. */
export const markedCss = (css: Term | undefined, logo: Term | undefined): Term | undefined => {
  if (css !== undefined && css !== null && typeof css !== 'string') return css
  const text = withoutMark(css ?? '')
  const lines = [...(text === '' ? [] : [text]), ...(isFile(logo) ? [markOf(logo)] : [])]
  return lines.length === 0 ? undefined : lines.join('\n')
}

const together: Codec = {
  toWire: value => {
    const { css, imageFile } = value as JsonObject
    return { CSS: markedCss(css, imageFile), ImageFile: isFile(imageFile) ? imageFile : undefined }
  },
  fromWire: wires => {
    const { CSS, ImageFile } = wires
    const css = typeof CSS === 'string' ? withoutMark(CSS) : CSS
    const said = {
      ...(css !== undefined && css !== '' && { css }),
      ...(ImageFile !== undefined && { imageFile: ImageFile }),
    }
    return Object.keys(said).length === 0 ? undefined : said
  },
  canonical: value => {
    const { css, ...rest } = value as JsonObject
    return { ...rest, ...(css !== undefined && { css: typeof css === 'string' ? withoutMark(css) : css }) }
  },
  fold: value =>
    Object.fromEntries(
      Object.entries(value as JsonObject).flatMap(([key, item]) =>
        item === null || item === '' ? [] : [[key, unnamed(item) as Term]],
      ),
    ),
  toFile: wires => {
    const css = typeof wires['CSS'] === 'string' ? withoutMark(wires['CSS']) : ''
    return css === '' ? undefined : { css }
  },
}

const css = (color: string) => `.banner-customizable { background-color: ${color}; }`

export const fields: readonly Field[] = [
  row({
    path: 'uiCustomization',
    wire: ['CSS', 'ImageFile'],
    codec: together,
    shape: 'declared',
    carry: true,
    schema: () => z.strictObject({ css: z.string().nullish(), imageFile: file().nullish() }),
    unset: null,
    examples: [
      { css: css('#123456'), imageFile: '${file:branding/logo.png}' },
      { css: css('#654321'), imageFile: '${file:branding/logo.png}' },
    ],
    doc: 'CSS and logo of the classic sign-in pages (`domain.managedLoginVersion: 1`), as in `css: "${file:login.css}"` and `imageFile: "${file:logo.png}"`. What is left out stays; `null` takes it away. AWS replaces both at once and never gives the logo back, so cogsync notes its hash in a comment at the end of the CSS. A logo that is only in AWS cannot be kept when the CSS changes: such a change is blocked until `imageFile` is stated.',
  }),
]

/** Without a customization of its own, a client reads as its pool's, or as nothing at all [D]. */
export const reader: Reader = {
  operations: ['cognito-idp:GetUICustomization'],
  get: async (aws, ids) => {
    const { UICustomization } = await aws.send('cognito-idp:GetUICustomization', ids)
    const { ClientId, CSS, ImageUrl } = (UICustomization ?? {}) as JsonObject
    const own = ClientId === (ids['ClientId'] ?? 'ALL')
    const known = markIn(typeof CSS === 'string' ? CSS : '')
    const logo = known ? { $file: '', sha256: String(known[2]), size: Number(known[1]) } : unknownFile()
    return {
      ids,
      name: 'uiCustomization',
      wire: own
        ? { ...(CSS !== undefined && { CSS }), ...(ImageUrl !== undefined && { ImageFile: logo }) }
        : {},
    }
  },
}
