import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{exportsFor}from"./chunk-TZDNCRQZ.js";import{main}from"./chunk-C3S35DNU.js";import"./chunk-TVA3PLOU.js";import{exits}from"./chunk-HAFHVCE3.js";import{elapsed,plain}from"./chunk-LOICWQNX.js";import{safe}from"./chunk-LUQJ3B4V.js";import"./chunk-VAY6X3XS.js";import{runError}from"./chunk-WTLPXSN5.js";import"./chunk-X5PMSS7Q.js";import{mkdtemp,rm,writeFile}from"node:fs/promises";import{tmpdir}from"node:os";import{join}from"node:path";var quickstart=()=>`# yaml-language-server: $schema=../../schemas/cognito.schema.json
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
`;var callback="https://temporary.example.com/callback",shortLength=6,regionOf=file=>/^region:\s*"?([a-z0-9-]+)/m.exec(file)?.[1]??"us-east-1",isolate=(env,variables)=>{let before=Object.entries(env).filter(([name])=>name.startsWith("AWS_")),clear=()=>{for(let name of Object.keys(env))name.startsWith("AWS_")&&delete env[name]};clear();for(let[name,value]of variables)env[name]=value;return()=>{clear();for(let[name,value]of before)env[name]=value}},demo=async session=>{let{io,parts,out}=session,began=io.now(),folder=await mkdtemp(join(tmpdir(),"cogsync-demo-")),{startSandbox}=await parts.sandbox(),file=quickstart(),region=regionOf(file),sandbox=await startSandbox({port:0,seed:7}),restore=isolate(process.env,[...exportsFor(sandbox.url,sandbox.account,region),["AWS_CONFIG_FILE",join(folder,"no-config")],["AWS_SHARED_CREDENTIALS_FILE",join(folder,"no-credentials")],["AWS_EC2_METADATA_DISABLED","true"],["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED","true"]]),tell=text=>session.print(`
${out.bold(out.cyan(`# ${text}`))}
`),shown=text=>session.print(`${out.dim("$")} ${out.bold(text)}
`),step=async(command,expected)=>{shown(`cogsync ${command}`);let env={...io.env,COGSYNC_CONFIG:void 0,...out===plain?{NO_COLOR:"1"}:{}},code=await main(command.split(" "),{...io,cwd:folder,env,interactive:!1},parts);if(code!==exits.ok&&session.print(out.dim(`(exit code ${code})
`)),code!==expected)throw runError({exit:1,code:"demo-failed",message:`the tour expected exit code ${expected} from cogsync ${command}, and it was ${code}`,hint:"please report this as a bug"})};try{await writeFile(join(folder,"cognito.yaml"),file),session.print(`${out.bold("cogsync in a few seconds")}, on a local AWS at ${sandbox.url}. No account is involved, nothing is kept.
`),tell("This is the file. It says what should exist."),shown("cat cognito.yaml"),session.print(`${file.trimEnd()}
`),tell("What would change? Nothing exists yet."),await step("plan",exits.ok),tell("Make it so."),await step("apply --yes",exits.ok),tell("Again: there must be nothing left to do, and nothing is written.");let writes=sandbox.writes();if(await step("apply --yes",exits.ok),sandbox.writes()!==writes)throw runError({exit:1,code:"demo-failed",message:"the second apply wrote something",hint:"please report this as a bug"});tell("Now somebody clicks in the console: one more callback URL, and a shorter password.");let somebody=await(await parts.console()).openConsole(region);try{await somebody.addCallbackUrl(callback),await somebody.lowerPasswordLength(shortLength),session.print(`console> add callback URL ${callback}
console> set password minimum length to ${shortLength}
`),tell("Does AWS still have what the file says?"),await step("drift",exits.differences),tell("Repair it."),await step("apply --yes",exits.ok),tell("And now?"),await step("drift",exits.ok);let ids=await somebody.appIds();tell("What an app needs:");let lines=[["user pool id",ids.userPoolId],["app client id",ids.clientId],["sign-in pages",ids.domainUrl],["issuer",ids.issuer]];session.print(lines.map(([name,value])=>`  ${name.padEnd(14)} ${out.green(safe(value))}
`).join(""))}finally{somebody.close()}}finally{restore(),await sandbox.close(),await rm(folder,{recursive:!0,force:!0})}return session.print(`
${out.bold(`That was the whole life of a user pool, in ${elapsed(io.now()-began)}. All of it is gone again.`)}

On a real account (credentials as the AWS CLI finds them):
  ${out.bold("npx cogsync init")}       write a cognito.yaml, then edit it
  ${out.bold("npx cogsync plan")}       see what would be made
  ${out.bold("npx cogsync apply")}      make it

To go on rehearsing instead: ${out.bold("npx cogsync sandbox")}
`),exits.ok};export{demo};
