import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{systemClock,withRetries}from"./chunk-3VVF345E.js";import"./chunk-QVOCIUTA.js";import"./chunk-X5PMSS7Q.js";export{systemClock,withRetries};
