import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{document,planNow,sayRemarks,stateOf,worst}from"./chunk-7QGVETD6.js";import{renderPlan}from"./chunk-NJMCE5YU.js";import{isEmpty}from"./chunk-KE5HSXHI.js";import{exits}from"./chunk-HAFHVCE3.js";import{count}from"./chunk-LOICWQNX.js";import{safe}from"./chunk-LUQJ3B4V.js";import"./chunk-VAY6X3XS.js";import"./chunk-WTLPXSN5.js";import"./chunk-X5PMSS7Q.js";import{writeFile}from"node:fs/promises";import{resolve}from"node:path";var run=async(session,options)=>{let seen=await planNow(session,options),{plan,remarks,lineAt,placeOf,title}=seen,unlisted=plan.unlisted.some(each=>each.drift),drift=!isEmpty(plan)||unlisted,taken=options.accept&&drift?await accept(session,seen):void 0,settled=taken!==void 0&&taken.kept.length===0&&!unlisted,exit=worst(stateOf(plan),drift&&!settled?exits.differences:exits.ok);if(sayRemarks(session,remarks,lineAt),session.json){let{accepted,kept}=taken??{};return session.print(document(session,exit,{drift,...taken&&{accepted,kept},diagnostics:remarks,plan})),exit}return session.print(renderPlan(plan,{style:session.out,title,lineAt,placeOf,drift:!0})),taken&&report(session,seen.settings.config,taken),exit},accept=async(session,{pipeline,settings,spec,plan,observation})=>{if(stateOf(plan)!==exits.ok)return;let taken=await pipeline.acceptDrift({spec,plan,observation},settings);return taken.accepted.length>0&&await writeFile(resolve(session.io.cwd,settings.config),taken.text),taken},report=(session,config,{accepted,kept})=>{session.say(accepted.length>0?`
Wrote ${count(accepted.length,"setting")} into ${safe(config)} as AWS has ${accepted.length===1?"it":"them"}. Look at the difference, then commit it.
`:`
Nothing could be written into the file.
`),kept.length>0&&session.say(`
Not written:
${kept.map(({address,path,why})=>`  ${safe(address)} ${safe(path)}: ${safe(why)}
`).join("")}`)};export{run};
