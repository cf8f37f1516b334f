import{C as exits,f as elapsed,h as safe,m as plain,t as main,y as runError}from"./start-C-2CKts6.js";import{t as exportsFor}from"./sandbox-D4saWLPO.js";import"node:fs";import{tmpdir}from"node:os";import{join}from"node:path";import{mkdtemp,rm,writeFile}from"node:fs/promises";const quickstart=()=>`# yaml-language-server: $schema=../../schemas/cognito.schema.json
# Email sign-in, no MFA, one public app client, a prefix domain.
version: 1
stack: quickstart
region: eu-west-1

userPools:
  customers:
    name: quickstart-customers
    # people sign in with their address, however they write it
    usernameAttributes: [email]
    usernameConfiguration: { caseSensitive: false }
    # a code is sent to the address when somebody signs up
    autoVerifiedAttributes: [email]
    attributes:
      email: { required: true, mutable: true }
    # Cognito's own sender: fine to begin with, 50 messages a day
    email: { emailSendingAccount: COGNITO_DEFAULT }
    # the sign-in pages: https://PREFIX.auth.REGION.amazoncognito.com
    domain:
      prefix: quickstart-login-7f3a
    clients:
      # a public app: no secret, tokens by the authorization-code grant
      web:
        explicitAuthFlows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
        allowedOAuthFlows: [code]
        allowedOAuthScopes: [openid, phone]
        callbackUrls: ["http://localhost"]
`,callback=`https://temporary.example.com/callback`,regionOf=e=>/^region:\s*"?([a-z0-9-]+)/m.exec(e)?.[1]??`us-east-1`,isolate=(e,t)=>{let n=Object.entries(e).filter(([e])=>e.startsWith(`AWS_`)),clear=()=>{for(let t of Object.keys(e))t.startsWith(`AWS_`)&&delete e[t]};clear();for(let[n,r]of t)e[n]=r;return()=>{clear();for(let[t,r]of n)e[t]=r}},demo=async e=>{let{io:t,parts:n,out:r}=e,i=t.now(),a=await mkdtemp(join(tmpdir(),`cogsync-demo-`)),{startSandbox:o}=await n.sandbox(),s=quickstart(),c=regionOf(s),l=await o({port:0,seed:7}),u=isolate(process.env,[...exportsFor(l.url,l.account,c),[`AWS_CONFIG_FILE`,join(a,`no-config`)],[`AWS_SHARED_CREDENTIALS_FILE`,join(a,`no-credentials`)],[`AWS_EC2_METADATA_DISABLED`,`true`],[`AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED`,`true`]]),tell=t=>e.print(`\n${r.bold(r.cyan(`# ${t}`))}\n`),shown=t=>e.print(`${r.dim(`$`)} ${r.bold(t)}\n`),step=async(i,o)=>{shown(`cogsync ${i}`);let s={...t.env,COGSYNC_CONFIG:void 0,...r===plain?{NO_COLOR:`1`}:{}},c=await main(i.split(` `),{...t,cwd:a,env:s,interactive:!1},n);if(c!==exits.ok&&e.print(r.dim(`(exit code ${c})\n`)),c!==o)throw runError({exit:1,code:`demo-failed`,message:`the tour expected exit code ${o} from cogsync ${i}, and it was ${c}`,hint:`please report this as a bug`})};try{await writeFile(join(a,`cognito.yaml`),s),e.print(`${r.bold(`cogsync in a few seconds`)}, on a local AWS at ${l.url}. No account is involved, nothing is kept.\n`),tell(`This is the file. It says what should exist.`),shown(`cat cognito.yaml`),e.print(`${s.trimEnd()}\n`),tell(`What would change? Nothing exists yet.`),await step(`plan`,exits.ok),tell(`Make it so.`),await step(`apply --yes`,exits.ok),tell(`Again: there must be nothing left to do, and nothing is written.`);let t=l.writes();if(await step(`apply --yes`,exits.ok),l.writes()!==t)throw runError({exit:1,code:`demo-failed`,message:`the second apply wrote something`,hint:`please report this as a bug`});tell(`Now somebody clicks in the console: one more callback URL, and a shorter password.`);let i=await(await n.console()).openConsole(c);try{await i.addCallbackUrl(callback),await i.lowerPasswordLength(6),e.print(`console> add callback URL ${callback}\nconsole> set password minimum length to 6\n`),tell(`Does AWS still have what the file says?`),await step(`drift`,exits.differences),tell(`Repair it.`),await step(`apply --yes`,exits.ok),tell(`And now?`),await step(`drift`,exits.ok);let t=await i.appIds();tell(`What an app needs:`);let n=[[`user pool id`,t.userPoolId],[`app client id`,t.clientId],[`sign-in pages`,t.domainUrl],[`issuer`,t.issuer]];e.print(n.map(([e,t])=>`  ${e.padEnd(14)} ${r.green(safe(t))}\n`).join(``))}finally{i.close()}}finally{u(),await l.close(),await rm(a,{recursive:!0,force:!0})}return e.print(`
${r.bold(`That was the whole life of a user pool, in ${elapsed(t.now()-i)}. All of it is gone again.`)}

On a real account (credentials as the AWS CLI finds them):
  ${r.bold(`npx cogsync init`)}       write a cognito.yaml, then edit it
  ${r.bold(`npx cogsync plan`)}       see what would be made
  ${r.bold(`npx cogsync apply`)}      make it

To go on rehearsing instead: ${r.bold(`npx cogsync sandbox`)}
`),exits.ok};export{demo};