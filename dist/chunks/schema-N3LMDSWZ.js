import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{exits}from"./chunk-HAFHVCE3.js";import{safeJson}from"./chunk-LUQJ3B4V.js";import"./chunk-X5PMSS7Q.js";var run=async session=>(session.print(`${safeJson(await session.parts.schema())}
`),exits.ok);export{run};
