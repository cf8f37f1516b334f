import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{exportsFor,run}from"./chunk-J3I5FGLC.js";import"./chunk-HAFHVCE3.js";import"./chunk-ZPOATI6I.js";import"./chunk-WTLPXSN5.js";import"./chunk-X5PMSS7Q.js";export{exportsFor,run};
