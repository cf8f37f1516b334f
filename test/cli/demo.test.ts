// The quickstart tour, whole, and the sandbox command, through real HTTP.
import { describe, expect, test, vi } from 'vitest'
import { openConsole } from '../../src/cli/console.ts'
import { realParts } from '../../src/cli/real-parts.ts'
import { run } from './fake.ts'

const parts = realParts
const pipeline = await realParts.pipeline()

describe('sandbox --demo', () => {
  test('shows the whole life of a pool, in seconds, and leaves the environment as it was', async () => {
    vi.stubEnv('AWS_PROFILE', 'somebody-elses')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'somebody-elses')
    vi.stubEnv('AWS_ENDPOINT_URL_IAM', 'http://127.0.0.1:1')
    const began = performance.now()
    const { code, stdout, stderr } = await run('sandbox --demo', { parts, pipeline })
    expect({ code, stderr }).toMatchObject({ code: 0 })
    expect(performance.now() - began).toBeLessThan(15_000)
    expect(process.env['AWS_PROFILE']).toBe('somebody-elses')
    expect(process.env['AWS_SECRET_ACCESS_KEY']).toBe('somebody-elses')
    // what the file says is the example's affair; here counts how the tour goes
    const tour = stdout.replace(/^\$ cat[\s\S]*?(?=^# What would)/m, '').split('\n')
    const told = tour.filter(line =>
      /^([$#] |console>|\(exit|No |Plan:|Applied:|Drift:| {2}(user pool id|issuer) )/.test(line),
    )
    expect(
      told.map(line => line.replace(/ \d+ requests.*/, '').replace(/eu-west-1_\w+/, 'ID')),
    ).toMatchInlineSnapshot(`
      [
        "# This is the file. It says what should exist.",
        "# What would change? Nothing exists yet.",
        "$ cogsync plan",
        "Plan: 3 to create, 0 to update, 0 to delete.",
        "# Make it so.",
        "$ cogsync apply --yes",
        "Plan: 3 to create, 0 to update, 0 to delete.",
        "Applied: 3 created.",
        "# Again: there must be nothing left to do, and nothing is written.",
        "$ cogsync apply --yes",
        "No changes. What the file says is what AWS has.",
        "# Now somebody clicks in the console: one more callback URL, and a shorter password.",
        "console> add callback URL https://temporary.example.com/callback",
        "console> set password minimum length to 6",
        "# Does AWS still have what the file says?",
        "$ cogsync drift",
        "Drift: 2 resources differ from the file.",
        "(exit code 2)",
        "# Repair it.",
        "$ cogsync apply --yes",
        "Plan: 0 to create, 2 to update, 0 to delete.",
        "Applied: 2 updated.",
        "# And now?",
        "$ cogsync drift",
        "No drift. What AWS has is what the file says.",
        "# What an app needs:",
        "  user pool id   ID",
        "  issuer         https://cognito-idp.eu-west-1.amazonaws.com/ID",
      ]
    `)
    delete process.env['AWS_PROFILE']
    delete process.env['AWS_ENDPOINT_URL_IAM']
  })
  test('fails when a step does not come out as it should', async () => {
    const silent = {
      openConsole: async (region: string) => ({
        ...(await openConsole(region)),
        addCallbackUrl: async () => {},
        lowerPasswordLength: async () => {},
      }),
    }
    const { code, stderr } = await run('sandbox --demo', {
      parts: { ...parts, console: async () => silent },
      pipeline,
    })
    expect(code).toBe(1)
    expect(stderr).toContain('the tour expected exit code 2 from cogsync drift, and it was 0')
  })
})

describe('sandbox', () => {
  test('prints what a shell needs, logs requests, and stops on Ctrl-C', async () => {
    let interrupt = () => {}
    let listening = () => {}
    const ready = new Promise<void>(resolve => (listening = resolve))
    const running = run('sandbox --port 0 --account 111122223333', {
      parts,
      onListen: handler => {
        interrupt = handler
        listening()
      },
    })
    await ready
    interrupt()
    const { code, stdout, stderr } = await running
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+\nexport AWS_ACCESS_KEY_ID=111122223333\nexport AWS_SECRET_ACCESS_KEY=sandbox\nexport AWS_REGION=eu-west-1\nexport AWS_DEFAULT_REGION=eu-west-1\n$/,
    )
    expect(stderr).toContain('The sandbox has stopped.')
  })
  test('says so when the port is taken', async () => {
    const { startSandbox } = await realParts.sandbox()
    const other = await startSandbox({ port: 0 })
    const { port } = new URL(other.url)
    expect(await run(`sandbox --port ${port}`, { parts })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`port ${port} is in use`),
    })
    await other.close()
  })
})
