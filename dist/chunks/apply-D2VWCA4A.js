import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{approved,carryOut,exitOf,readPlanFile,refusal,run}from"./chunk-M3HX6XFK.js";import"./chunk-2S7HSLOB.js";import"./chunk-MTR2SQJ7.js";import"./chunk-GPJLDO4Z.js";import"./chunk-HAFHVCE3.js";import"./chunk-YUREZOUI.js";import"./chunk-ZPOATI6I.js";import"./chunk-VAY6X3XS.js";import"./chunk-WTLPXSN5.js";import"./chunk-X5PMSS7Q.js";export{approved,carryOut,exitOf,readPlanFile,refusal,run};
