import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{approved,carryOut,exitOf,readPlanFile,refusal,run}from"./chunk-VKBLA3PZ.js";import"./chunk-7QGVETD6.js";import"./chunk-NJMCE5YU.js";import"./chunk-KE5HSXHI.js";import"./chunk-HAFHVCE3.js";import"./chunk-LOICWQNX.js";import"./chunk-LUQJ3B4V.js";import"./chunk-VAY6X3XS.js";import"./chunk-WTLPXSN5.js";import"./chunk-X5PMSS7Q.js";export{approved,carryOut,exitOf,readPlanFile,refusal,run};
