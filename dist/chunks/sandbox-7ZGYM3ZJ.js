import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{exportsFor,run}from"./chunk-TZDNCRQZ.js";import"./chunk-HAFHVCE3.js";import"./chunk-LUQJ3B4V.js";import"./chunk-WTLPXSN5.js";import"./chunk-X5PMSS7Q.js";export{exportsFor,run};
