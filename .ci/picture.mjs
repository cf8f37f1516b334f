// Pictures of comments as GitHub shows them: node .ci/picture.mjs <file.md> <file.png> [--open]. Needs chromium.
// Not part of the tests: somebody looks at them.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { marked } from 'marked'

const css = `
body { margin: 0; padding: 16px; width: 880px; background: #fff; color: #1f2328;
  font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif, "Noto Color Emoji" }
.box { border: 1px solid #d1d9e0; border-radius: 6px }
.head { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0; padding: 8px 16px; color: #59636e }
.body { padding: 16px }
.body > :first-child { margin-top: 0 } .body > :last-child { margin-bottom: 0 }
h3 { font-size: 1.25em; margin: 24px 0 16px; font-weight: 600 }
p, ul, table, pre, details { margin: 0 0 16px }
ul { padding-left: 2em }
a { color: #0969da; text-decoration: none }
code { font: 85% ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; background: #818b981f;
  border-radius: 6px; padding: .2em .4em }
pre { background: #f6f8fa; border-radius: 6px; padding: 16px; overflow: hidden; line-height: 1.45 }
pre code { background: none; padding: 0 }
table { border-collapse: collapse } th, td { border: 1px solid #d1d9e0; padding: 6px 13px; vertical-align: top }
th { font-weight: 600; text-align: left } tr:nth-child(2n) td { background: #f6f8fa }
.alert { border-left: 4px solid; padding: 8px 16px; margin: 0 0 16px } .alert p { margin: 0 }
.alert .title { font-weight: 500; margin-bottom: 4px }
.CAUTION { border-color: #cf222e } .CAUTION .title { color: #cf222e }
.WARNING { border-color: #9a6700 } .WARNING .title { color: #9a6700 }
.IMPORTANT { border-color: #8250df } .IMPORTANT .title { color: #8250df }
.add { background: #dafbe1; color: #116329; display: block } .del { background: #ffebe9; color: #82071e; display: block }
.meta { color: #0550ae; display: block } .ctx { display: block }
`

const [from, to, ...flags] = process.argv.slice(2)
const alert = /<blockquote>\s*<p>\[!(\w+)\]\s*([\s\S]*?)<\/p>\s*<\/blockquote>/g
const word = name => name[0] + name.slice(1).toLowerCase()
const diff = html =>
  html.replace(/<code class="language-diff">([\s\S]*?)<\/code>/g, (_, text) => {
    const kinds = { '+': 'add', '-': 'del', '#': 'meta', '!': 'del' }
    const lines = text.trimEnd().split('\n')
    return `<code>${lines.map(line => `<span class="${kinds[line[0]] ?? 'ctx'}">${line || ' '}</span>`).join('')}</code>`
  })
const html = diff(marked.parse(readFileSync(from, 'utf8'), { gfm: true }))
  .replace(
    alert,
    (_, name, text) => `<div class="alert ${name}"><p class="title">${word(name)}</p><p>${text}</p></div>`,
  )
  .replaceAll('<details>', flags.includes('--open') ? '<details open>' : '<details>')

const folder = mkdtempSync(join(tmpdir(), 'cogsync-picture-'))
const page = join(folder, 'page.html')
const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--hide-scrollbars',
]
const alone = ['--disable-background-networking', '--disable-component-update', '--disable-sync']
const chromium = (...more) =>
  execFileSync(
    process.env.CHROMIUM ?? 'chromium',
    [...quiet, ...alone, `--user-data-dir=${folder}/profile`, ...more],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  ).toString()
try {
  const script = '<script>document.title = document.documentElement.scrollHeight</script>'
  writeFileSync(
    page,
    `<!doctype html><meta charset="utf-8"><style>${css}</style><div class="box"><div class="head"><b>github-actions</b> bot commented</div><div class="body">${html}</div></div>${script}`,
  )
  const height = Number(
    /<title>(\d+)<\/title>/.exec(chromium('--window-size=912,100', '--dump-dom', `file://${page}`))?.[1] ??
      1200,
  )
  chromium(
    `--window-size=912,${height + 16}`,
    '--force-device-scale-factor=1',
    `--screenshot=${to}`,
    `file://${page}`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
