import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{exits}from"./chunk-HAFHVCE3.js";import{safeJson}from"./chunk-LUQJ3B4V.js";import{sdkVersion,tool,version}from"./chunk-VAY6X3XS.js";import"./chunk-X5PMSS7Q.js";var run=async session=>{let versions={cogsync:version,node:process.versions.node,sdk:sdkVersion(),platform:`${process.platform} ${process.arch}`};return session.print(session.json?`${safeJson({format:1,tool,command:"version",exitCode:0,...versions})}
`:`cogsync ${versions.cogsync}
node    ${versions.node}
aws-sdk ${versions.sdk}
`),exits.ok};export{run};
