// Who may ask the sandbox, under which name, and how much: decided before a body is read.
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { isLoopback, isLoopbackOrigin } from '../../src/sandbox/gate.ts'
import { withSandbox } from './fixture.ts'
import { sendRaw } from './raw.ts'

const signature =
  'Authorization: AWS4-HMAC-SHA256 Credential=123456789012/20261121/eu-west-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=0'
const target = 'X-Amz-Target: AWSCognitoIdentityProviderService.ListUserPools'
const body = '{"MaxResults":1}'

/** A signed request that ends its connection. */
const request = (line: string, ...headers: string[]) =>
  [line, ...headers, signature, target, 'Connection: close', `Content-Length: ${body.length}`, '', body].join(
    '\r\n',
  )

const here = [
  '127.0.0.1',
  '127.0.0.1:4747',
  '127.255.0.9:80',
  'localhost',
  'LocalHost:4747',
  'shop-login.auth.eu-west-1.localhost:4747',
  '[::1]',
  '[::1]:4747',
]

const elsewhere = [
  'evil.example',
  'evil.example:4747',
  'localhost.evil.example',
  'evil.example.localhost.',
  'evillocalhost',
  'localhost.',
  '.localhost',
  'a..localhost',
  '127.0.0.1.evil.example',
  '127.0.0.1.',
  '127.1',
  '127.0.0.256',
  '127.0.0.01',
  '0x7f.0.0.1',
  '2130706433',
  '0.0.0.0:4747',
  '192.168.0.1',
  '128.0.0.1',
  '::1',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::1%25lo]',
  '[::1].evil.example',
  'localhost@evil.example',
  'evil.example@localhost',
  'localhost:4747@evil.example',
  'localhost:',
  'localhost:4747:4747',
  'localhost evil.example',
  'localhost/evil.example',
  'localhost,evil.example',
  'ⅼocalhost',
  '',
]

test.each(here)('answers as %s', host =>
  withSandbox(async ({ sandbox }) => {
    const { status } = await sendRaw(sandbox.url, request('POST / HTTP/1.1', `Host: ${host}`))
    expect(status).toBe(200)
  }),
)

test.each(elsewhere)('does not answer as %j', host =>
  withSandbox(async ({ sandbox }) => {
    const { status } = await sendRaw(sandbox.url, request('POST / HTTP/1.1', `Host: ${host}`))
    expect([400, 421]).toContain(status)
    expect(sandbox.requests).toEqual([])
  }),
)

test.each([
  ['no Host', ['POST / HTTP/1.1']],
  ['no Host in HTTP/1.0', ['POST / HTTP/1.0']],
  ['two Hosts', ['POST / HTTP/1.1', 'Host: localhost', 'Host: evil.example']],
  ['two Hosts, the foreign one first', ['POST / HTTP/1.1', 'Host: evil.example', 'Host: localhost']],
  ['a target with a host of its own', ['POST http://evil.example/ HTTP/1.1', 'Host: localhost']],
  ['a target with a loopback host', ['POST http://localhost/ HTTP/1.1', 'Host: evil.example']],
  ['a target that is no path', ['POST evil.example HTTP/1.1', 'Host: localhost']],
  ['a foreign Host in HTTP/1.0', ['POST / HTTP/1.0', 'Host: evil.example']],
] as [string, [string, ...string[]]][])('refuses a request with %s', (_what, [line, ...headers]) =>
  withSandbox(async ({ sandbox }) => {
    const { status } = await sendRaw(sandbox.url, request(line, ...headers))
    expect([400, 403, 421]).toContain(status)
    expect(sandbox.requests).toEqual([])
  }),
)

const pages = [
  'http://localhost:3000',
  'https://127.0.0.1',
  'http://shop.localhost:5173',
  'http://[::1]:3000',
]
const foreignPages = [
  'https://evil.example',
  'http://localhost.evil.example',
  'http://localhost@evil.example',
  'http://evil.example#localhost',
  'http://evil.example:80/localhost',
  'file://',
  'file://localhost',
  'chrome-extension://localhost',
  'null',
  '',
  '*',
  'localhost',
  '//localhost',
]

test.each(pages)('lets a page of %s ask and read the answer', origin =>
  withSandbox(async ({ sandbox }) => {
    const { status, text } = await sendRaw(
      sandbox.url,
      request('POST / HTTP/1.1', 'Host: localhost', `Origin: ${origin}`, 'Sec-Fetch-Site: cross-site'),
    )
    expect(status).toBe(200)
    expect(text.toLowerCase()).toContain(`access-control-allow-origin: ${origin}\r\n`)
  }),
)

test.each(foreignPages)('refuses a page of %j', origin =>
  withSandbox(async ({ sandbox }) => {
    const { status, text } = await sendRaw(
      sandbox.url,
      request('POST / HTTP/1.1', 'Host: localhost', `Origin: ${origin}`),
    )
    expect(status).toBe(403)
    expect(text.toLowerCase()).not.toContain('access-control-')
    expect(sandbox.requests).toEqual([])
  }),
)

test.each([
  ['a second Origin that is foreign', ['Origin: http://localhost', 'Origin: https://evil.example']],
  ['no Origin from another site', ['Sec-Fetch-Site: cross-site']],
])('refuses a request with %s', (_what, headers) =>
  withSandbox(async ({ sandbox }) => {
    const { status } = await sendRaw(sandbox.url, request('POST / HTTP/1.1', 'Host: localhost', ...headers))
    expect(status).toBe(403)
    expect(sandbox.requests).toEqual([])
  }),
)

test('an origin that is allowed may send what needs no signature, and nothing that has one', () =>
  withSandbox(
    async ({ sandbox }) => {
      const ask = (url: string, headers: Record<string, string>) =>
        fetch(url, {
          method: 'POST',
          body,
          headers: {
            'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools',
            origin: 'https://shop.example',
            ...headers,
          },
        })
      const unsigned = await ask(sandbox.url, {})
      expect(await unsigned.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' })
      expect(unsigned.headers.get('access-control-allow-origin')).toBe('https://shop.example')
      const authorization = signature.slice('Authorization: '.length)
      const signed = [
        await ask(sandbox.url, { authorization }),
        await ask(`${sandbox.url}/?X-Amz-Credential=123456789012%2F20261121%2Feu-west-1`, {}),
        await ask(sandbox.url, { authorization, origin: 'https://other.example' }),
      ]
      expect(signed.map(({ status }) => status)).toEqual([403, 403, 403])
    },
    { allowOrigins: ['https://shop.example'] },
  ))

test('tells a browser before it sends anything', () =>
  withSandbox(
    async ({ sandbox }) => {
      const ask = (origin: string) =>
        fetch(sandbox.url, {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'authorization,content-type,x-amz-target,cookie',
          },
        })
      const answers = await Promise.all(
        ['http://localhost:3000', 'https://shop.example', 'https://evil.example'].map(ask),
      )
      expect(
        answers.map(({ status, headers }) => [status, headers.get('access-control-allow-headers')]),
      ).toEqual([
        [204, 'authorization, content-type, x-amz-target'],
        [204, 'content-type, x-amz-target'],
        [403, null],
      ])
      expect(sandbox.requests).toEqual([])
    },
    { allowOrigins: ['https://shop.example'] },
  ))

test('refuses before a body is read: whoever waits for leave to send one is not given it', () =>
  withSandbox(async ({ sandbox }) => {
    const head = (host: string) =>
      [
        'POST / HTTP/1.1',
        `Host: ${host}`,
        signature,
        target,
        'Expect: 100-continue',
        'Content-Length: 16',
        '',
        '',
      ].join('\r\n')
    const { text } = await sendRaw(sandbox.url, head('evil.example'))
    expect(text).toMatch(/^HTTP\/1\.1 421 /)
    const { text: served } = await sendRaw(
      sandbox.url,
      head('localhost').replace('\r\nExpect', '\r\nConnection: close\r\nExpect'),
      body,
    )
    expect(served).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /)
  }))

test('answers a refusal in the form that the client reads', () =>
  withSandbox(async ({ sandbox }) => {
    const { text } = await sendRaw(
      sandbox.url,
      [
        'POST / HTTP/1.1',
        'Host: evil.example',
        'Content-Type: application/x-www-form-urlencoded',
        '',
        '',
      ].join('\r\n'),
    )
    expect(text).toMatch(/<Error><Type>Sender<\/Type><Code>HostNotAllowed<\/Code>/)
    const { text: json } = await sendRaw(sandbox.url, request('POST / HTTP/1.1', 'Host: evil.example'))
    expect(json).toContain('"__type":"HostNotAllowed"')
  }))

const megabyte = 1024 * 1024

test.each([
  ['that is announced', ['Content-Length: 5000000', '', 'x'.repeat(1000)]],
  [
    'that is not announced',
    ['Transfer-Encoding: chunked', '', '500000', 'x'.repeat(5 * megabyte), '0', '', ''],
  ],
])('refuses a body of more than 4 MB %s, and closes the connection', (_how, rest) =>
  withSandbox(async ({ sandbox }) => {
    const { status, text } = await sendRaw(
      sandbox.url,
      ['POST / HTTP/1.1', 'Host: localhost', signature, target, ...rest].join('\r\n'),
    )
    expect(status).toBe(413)
    expect(text).toMatch(/connection: close\r\n/i)
    expect(sandbox.requests).toEqual([])
  }),
)

test('takes a body of 4 MB', () =>
  withSandbox(async ({ sandbox }) => {
    const padded = `{"MaxResults":1}${' '.repeat(4 * megabyte - body.length)}`
    const { status } = await sendRaw(
      sandbox.url,
      [
        'POST / HTTP/1.1',
        'Host: localhost',
        signature,
        target,
        'Connection: close',
        `Content-Length: ${padded.length}`,
        '',
        padded,
      ].join('\r\n'),
    )
    expect(status).toBe(200)
  }))

test('cuts off whoever goes on sending', () =>
  withSandbox(async ({ sandbox }) => {
    const { port, hostname } = new URL(sandbox.url)
    const socket = connect(Number(port), hostname)
    const part = Buffer.from(`100000\r\n${'x'.repeat(megabyte)}\r\n`)
    let text = ''
    let closed = false
    const send = () => {
      while (!closed && socket.write(part));
    }
    socket.on('drain', send)
    socket.on('data', chunk => {
      text += chunk
    })
    socket.on('error', () => undefined)
    socket.write(
      ['POST / HTTP/1.1', 'Host: localhost', signature, target, 'Transfer-Encoding: chunked', '', ''].join(
        '\r\n',
      ),
    )
    send()
    await new Promise<void>(resolve => socket.on('close', () => resolve()))
    closed = true
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
    expect(sandbox.requests).toEqual([])
  }))

test('tells loopback from everything else by its form alone', () => {
  expect(here.filter(host => !isLoopback(host))).toEqual([])
  expect(elsewhere.filter(isLoopback)).toEqual([])
  expect([...pages, ...foreignPages].filter(isLoopbackOrigin)).toEqual(pages)
})
