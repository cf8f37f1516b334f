import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{approved,exitOf,readPlanFile,run}from"./chunk-MELM6BEN.js";import"./chunk-PSSRI425.js";import"./chunk-MU2JVLIA.js";import"./chunk-47PHL6EY.js";import"./chunk-HAFHVCE3.js";import"./chunk-YUREZOUI.js";import"./chunk-ZPOATI6I.js";import"./chunk-VAY6X3XS.js";import"./chunk-WTLPXSN5.js";import"./chunk-X5PMSS7Q.js";export{approved,exitOf,readPlanFile,run};
