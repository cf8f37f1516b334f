import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{systemClock,withRetries}from"./chunk-XJNXYANB.js";import"./chunk-QAEPR3KZ.js";import"./chunk-X5PMSS7Q.js";export{systemClock,withRetries};
