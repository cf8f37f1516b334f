import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{exits}from"./chunk-HAFHVCE3.js";import{safe}from"./chunk-ZPOATI6I.js";import{runError}from"./chunk-WTLPXSN5.js";var exportsFor=(url,account,region)=>[["AWS_ENDPOINT_URL",url],["AWS_ACCESS_KEY_ID",account],["AWS_SECRET_ACCESS_KEY","sandbox"],["AWS_REGION",region],["AWS_DEFAULT_REGION",region]],logLine=(session,{service,operation,status,error,write})=>{let{err}=session;return`${(status===0||status>=400?err.red:err.dim)(String(status||"dropped").padEnd(4))}${write?err.yellow("write"):err.dim("read ")} ${safe(`${service}:${operation}`)}${error?`  ${err.red(safe(error))}`:""}
`},follow=(session,{requests})=>{let shown=0,flush=()=>{for(;shown<requests.length;)session.say(logLine(session,requests[shown++]))},timer=setInterval(flush,100);return()=>{clearInterval(timer),flush()}},start=async(session,options)=>{let{startSandbox}=await session.parts.sandbox(),{port=4747,account,data,latency}=options;try{return await startSandbox({port,...account===void 0?{}:{account},...data===void 0?{}:{data},...latency===void 0?{}:{latency}})}catch(error){throw error.code!=="EADDRINUSE"?error:runError({exit:1,code:"port-in-use",message:`port ${port} is in use`,hint:"choose another with --port, or any free one with --port 0"},error)}},run=async(session,options)=>{if(options.demo)return(await import("./demo-PS2TVNA4.js")).demo(session);let sandbox=await start(session,options),region=session.io.env.AWS_REGION||"eu-west-1",lines=exportsFor(sandbox.url,sandbox.account,region).map(([name,value])=>`export ${name}=${value}
`);session.print(lines.join("")),session.say(`
The sandbox is up: a local AWS for Cognito, IAM roles, STS and what Cognito uses of Lambda, WAF, SSM and Secrets Manager, at ${sandbox.url}.
`),session.say(`Paste the lines above into another shell, and cogsync, the AWS CLI and Terraform talk to it.
`),session.say(`${options.data===void 0?"What it holds is gone when it stops":`What it holds is kept in ${safe(options.data)}`}. Ctrl-C stops it.

`);let flush=follow(session,sandbox);return await new Promise(resolve=>{let undo=session.io.onInterrupt(()=>{undo(),resolve()})}),flush(),await sandbox.close(),session.say(`
The sandbox has stopped.
`),exits.ok};export{exportsFor,run};
